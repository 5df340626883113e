import type { ReadMigration } from "./lint.ts";
import type { Direction, Migration, MigrationScript } from "./migration.ts";
import type { Operation } from "./operation.ts";
import type { RuleContext } from "./rule-context.ts";

/** What the pull request's other migrations do, before and after the one of this index. */
export function changedAround(
  migrations: readonly ReadMigration[],
  index: number,
): Pick<RuleContext, "earlierMigrations" | "laterMigrations"> {
  return {
    earlierMigrations: () => changedOperations(migrations.slice(0, index)),
    laterMigrations: () => changedOperations(migrations.slice(index + 1)),
  };
}

function changedOperations(migrations: readonly ReadMigration[]): Operation[] {
  return migrations
    .filter(({ change }) => change !== "unchanged")
    .flatMap(({ up }) => up.statements.flatMap(({ operations }) => operations));
}

/** The operations of the other half of a migration, or why it has none. */
export function otherHalf(
  read: ReadMigration,
  direction: Direction,
): readonly Operation[] | Exclude<Migration["down"], MigrationScript> {
  const { down } = read.migration;
  if (direction === "up" && typeof down === "string") return down;
  const script = direction === "up" ? read.down : read.up;
  return script?.statements.flatMap(({ operations }) => operations) ?? [];
}
