import type { Review, ReviewedProject, ReviewVerdict, Unverified } from "../core/review.ts";
import type { Settings } from "../core/settings.ts";
import { hasDrift } from "../report/drift-words.ts";
import { failuresOf } from "../report/verification-words.ts";

/** The counts of a review and what they come to. */
export function decide(
  projects: readonly ReviewedProject[],
  unverified: readonly Unverified[],
  settings: Settings,
): { verdict: ReviewVerdict; summary: Omit<Review["summary"], "durationMs"> } {
  const migrations = projects.flatMap((project) => project.migrations);
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
  // Models that say something else weigh as much as a warning, where the base branch is not known to have had that.
  const warnings = summary.warnings + (hasDrift({ projects }) ? 1 : 0);
  const verdict = verdictOf({ ...summary, warnings }, unverified, settings.failOn);
  return { verdict, summary };
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
