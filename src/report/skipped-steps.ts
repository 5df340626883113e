import type { ReviewedMigration } from "../core/review.ts";
import type { Verification } from "../core/verification.ts";

/** Steps that were not run, for one reason. */
export interface SkippedSteps {
  readonly step: "down" | "up again";
  /** Untrusted. */
  readonly reason: string;
  readonly migrations: readonly ReviewedMigration[];
}

/** What was not run although the up script passed, by step and reason. After a failure nothing else is expected. */
export function skippedSteps(migrations: readonly ReviewedMigration[]): readonly SkippedSteps[] {
  const groups = new Map<string, SkippedSteps & { readonly migrations: ReviewedMigration[] }>();
  for (const migration of migrations) {
    const skipped =
      migration.verification === undefined ? undefined : skippedStep(migration.verification);
    if (skipped === undefined) continue;
    const key = `${skipped.step}\0${skipped.reason}`;
    const group = groups.get(key) ?? { ...skipped, migrations: [] };
    group.migrations.push(migration);
    groups.set(key, group);
  }
  return [...groups.values()];
}

function skippedStep({
  up,
  down,
  upAgain,
}: Verification): Omit<SkippedSteps, "migrations"> | undefined {
  if (up.outcome !== "passed") return undefined;
  if (down.verdict === "not-run") return { step: "down", reason: down.reason ?? UNKNOWN };
  return upAgain.outcome === "not-run" && down.verdict !== "fails" && down.verdict !== "missing"
    ? { step: "up again", reason: upAgain.reason ?? UNKNOWN }
    : undefined;
}

const UNKNOWN = "no reason given";
