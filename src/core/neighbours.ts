import type { ReadMigration } from "./lint.ts";
import type { Direction, Migration, MigrationScript } from "./migration.ts";
import type { Operation } from "./operation.ts";
import type { RuleContext } from "./rule-context.ts";
import type { Script } from "./statement.ts";

/** What the migrations of a pull request do, each with those before and after it. */
export class Neighbours {
  readonly #migrations: readonly ReadMigration[];
  /** Operations of all changed migrations, in order; read once. */
  #operations: readonly Operation[] | undefined;
  /** How many of them come before each migration. */
  readonly #starts: number[] = [];
  /** How many of the migrations before each have a down script. */
  readonly #downs: number[] = [];

  constructor(migrations: readonly ReadMigration[]) {
    this.#migrations = migrations;
    let downs = 0;
    for (const { migration } of migrations) {
      this.#downs.push(downs);
      if (typeof migration.down !== "string") downs += 1;
    }
  }

  /** What the context of the migration of this index answers of the others. */
  around(
    index: number,
    everSet: ReadonlySet<string>,
  ): Pick<
    RuleContext,
    "earlierMigrations" | "laterMigrations" | "isDeclaredLater" | "historySets" | "history"
  > {
    return {
      history: () => ({ migrations: index, downs: this.#downs[index] ?? 0 }),
      historySets: (setting) => (index === 0 ? undefined : everSet.has(setting)),
      earlierMigrations: () => this.#changed().slice(0, this.#starts[index]),
      laterMigrations: () => this.#changed().slice(this.#starts[index + 1]),
      isDeclaredLater: (table) =>
        this.#migrations
          .slice(index + 1)
          .some(
            ({ change, migration }) =>
              change !== "unchanged" && migration.declares?.some(({ name }) => name === table),
          ),
    };
  }

  #changed(): readonly Operation[] {
    if (this.#operations !== undefined) return this.#operations;
    const operations: Operation[] = [];
    for (const { change, up } of this.#migrations) {
      this.#starts.push(operations.length);
      if (change === "unchanged") continue;
      for (const statement of up.statements) operations.push(...statement.operations);
    }
    this.#starts.push(operations.length);
    this.#operations = operations;
    return operations;
  }
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
