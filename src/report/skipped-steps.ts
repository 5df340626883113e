import type { ReviewedMigration } from "../core/review.ts";

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
  const add = (step: SkippedSteps["step"], reason: string, migration: ReviewedMigration): void => {
    const key = `${step}\0${reason}`;
    const group = groups.get(key) ?? { step, reason, migrations: [] };
    group.migrations.push(migration);
    groups.set(key, group);
  };
  for (const migration of migrations) {
    const { up, down, upAgain } = migration.verification ?? {};
    if (up?.outcome !== "passed") continue;
    if (down?.verdict === "not-run") add("down", down.reason ?? "no reason given", migration);
    else if (upAgain?.outcome === "not-run" && down?.verdict !== "fails") {
      add("up again", upAgain.reason ?? "no reason given", migration);
    }
  }
  return [...groups.values()];
}
