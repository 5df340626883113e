import type { Review, ReviewedMigration, ReviewVerdict, Unverified } from "../core/review.ts";
import type { Settings } from "../core/settings.ts";
import { failuresOf } from "../report/verification-words.ts";

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
        verification !== undefined && failuresOf(verification, settings.verify.down).length > 0,
    ).length,
  };
  return { verdict: verdictOf(summary, unverified, settings.failOn), summary };
}

function verdictOf(
  summary: { errors: number; warnings: number; failedVerifications: number },
  unverified: readonly Unverified[],
  failOn: Settings["failOn"],
): ReviewVerdict {
  // `failOn` is about findings: what was seen to fail fails.
  if (summary.failedVerifications > 0) return "fail";
  const errors = failOn === "never" ? 0 : summary.errors;
  const warnings = failOn === "warning" ? summary.warnings : 0;
  if (errors + warnings > 0) return "fail";
  return unverified.length > 0 ? "unverified" : "pass";
}
