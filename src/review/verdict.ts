import type { Review, ReviewedMigration, ReviewVerdict, Unverified } from "../core/review.ts";
import type { Settings } from "../core/settings.ts";
import type { Verification } from "../core/verification.ts";

/** Why a verification did not pass, in a few words; undefined when it did. */
export function failureOf(
  verification: Verification,
  down: Settings["verify"]["down"],
): string | undefined {
  const { up, upAgain } = verification;
  if (up.outcome === "failed") return "up fails";
  switch (verification.down.verdict) {
    case "fails":
      return "down fails";
    case "partial":
      return "down does not restore the schema";
    case "schema-only":
      return "down does not bring the data back";
    case "no-op":
      return "down does nothing";
    case "missing":
      return down === "required" ? "down is missing" : undefined;
    case "exact":
    case "cosmetic":
    case "not-run":
      return upAgain.outcome === "failed" ? "up fails the second time" : undefined;
  }
}

/** The counts of a review and what they come to. */
export function decide(
  migrations: readonly ReviewedMigration[],
  unverified: readonly Unverified[],
  settings: Settings,
): { verdict: ReviewVerdict; summary: Omit<Review["summary"], "durationMs"> } {
  const findings = migrations.flatMap((migration) => migration.findings);
  const count = (severity: string): number =>
    findings.filter((finding) => finding.severity === severity).length;
  const summary = {
    migrations: migrations.length,
    errors: count("error"),
    warnings: count("warning"),
    infos: count("info"),
    suppressed: migrations.reduce((sum, { suppressed }) => sum + suppressed.length, 0),
    failedVerifications: migrations.filter(
      ({ verification }) =>
        verification !== undefined && failureOf(verification, settings.verify.down) !== undefined,
    ).length,
  };
  return { verdict: verdictOf(summary, unverified, settings.failOn), summary };
}

function verdictOf(
  summary: { errors: number; warnings: number; failedVerifications: number },
  unverified: readonly Unverified[],
  failOn: Settings["failOn"],
): ReviewVerdict {
  if (failOn !== "never") {
    const counted = summary.errors + (failOn === "warning" ? summary.warnings : 0);
    if (counted > 0 || summary.failedVerifications > 0) return "fail";
  }
  return unverified.length > 0 ? "unverified" : "pass";
}
