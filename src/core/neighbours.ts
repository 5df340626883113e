import type { ReadMigration } from "./lint.ts";
import type { Direction, Migration, MigrationScript } from "./migration.ts";
import type { Operation } from "./operation.ts";
import type { RuleContext } from "./rule-context.ts";
import type { Script } from "./statement.ts";

/** What the pull request's other migrations do, before and after the one of this index. */
export function changedAround(
  migrations: readonly ReadMigration[],
  index: number,
  everSet: ReadonlySet<string>,
): Pick<RuleContext, "earlierMigrations" | "laterMigrations" | "historySets" | "history"> {
  return {
    history: () => ({
      migrations: index,
      downs: migrations
        .slice(0, index)
        .filter(({ migration }) => typeof migration.down !== "string").length,
    }),
    historySets: (setting) => (index === 0 ? undefined : everSet.has(setting)),
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

/** Adds the settings of the session that a script sets. */
export function rememberSettings({ statements }: Script, everSet: Set<string>): void {
  for (const { operations } of statements) {
    for (const operation of operations) {
      if (operation.kind === "set-setting") everSet.add(operation.setting);
    }
  }
}

/** What is known of a migration's files, and of what became of them. */
export function toldOf({ change, faults, sameAsBase }: ReadMigration): {
  readonly change: ReadMigration["change"];
  readonly faults: ReadMigration["faults"];
  readonly isSameAsBase: boolean;
} {
  return { change, faults, isSameAsBase: sameAsBase === true };
}
