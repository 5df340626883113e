import type { ReadMigration } from "./lint.ts";
import type { Direction, Migration, MigrationScript } from "./migration.ts";
import type { Operation, OperationKind, OperationOf } from "./operation.ts";
import type { RuleContext } from "./rule-context.ts";
import type { Schema } from "./schema.ts";
import type { Script } from "./statement.ts";

/** What the first migrations of a project come to, for those that follow. */
export interface Earlier {
  /** How many they are; all of them unchanged. */
  readonly count: number;
  readonly schema: Schema;
  /** Settings of the session that some of them have set. */
  readonly everSet: ReadonlySet<string>;
  /** How many of them have a down script. */
  readonly downs: number;
}

const NOTHING_EARLIER = { count: 0, downs: 0 };

/** What the migrations of a pull request do, each with those before and after it. */
export class Neighbours {
  readonly #migrations: readonly ReadMigration[];
  /** What all changed migrations do; read once. */
  #changed: ChangedOperations | undefined;
  /** How many of the migrations before each have a down script. */
  readonly #downs: number[] = [];

  /** @param earlier what is known of the first of them without a look at each */
  constructor(
    migrations: readonly ReadMigration[],
    earlier: Pick<Earlier, "count" | "downs"> = NOTHING_EARLIER,
  ) {
    this.#migrations = migrations;
    let { downs } = earlier;
    for (const { migration } of migrations.slice(earlier.count)) {
      this.#downs.push(downs);
      if (typeof migration.down !== "string") downs += 1;
    }
    this.#downs.unshift(...Array.from({ length: earlier.count }, () => 0));
  }

  /** What is kept of the migrations before one. */
  before(index: number, schema: Schema, everSet: ReadonlySet<string>): Earlier {
    const downs = this.#downs[index] ?? 0;
    return { count: index, schema: schema.copy(), everSet: new Set(everSet), downs };
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
      earlierMigrations: (...kinds) => this.#operations().before(index, kinds),
      laterMigrations: (...kinds) => this.#operations().after(index, kinds),
      isDeclaredLater: (table) =>
        this.#migrations
          .slice(index + 1)
          .some(
            ({ change, migration }) =>
              change !== "unchanged" && migration.declares?.some(({ name }) => name === table),
          ),
    };
  }

  #operations(): ChangedOperations {
    this.#changed ??= new ChangedOperations(this.#migrations);
    return this.#changed;
  }
}

/** Operations, each with the index of its migration. */
interface Indexed {
  readonly operations: Operation[];
  readonly migrations: number[];
}

/** The operations of the changed migrations, in order, and by their kinds. */
class ChangedOperations {
  readonly #all: Indexed = { operations: [], migrations: [] };
  readonly #byKind = new Map<OperationKind, Indexed>();

  constructor(migrations: readonly ReadMigration[]) {
    for (const [index, read] of migrations.entries()) {
      // The script of an unchanged one is not even read where that is not needed.
      if (read.change === "unchanged") continue;
      for (const statement of read.up.statements) {
        for (const operation of statement.operations) this.#add(operation, index);
      }
    }
  }

  #add(operation: Operation, migration: number): void {
    const alike = this.#byKind.get(operation.kind) ?? { operations: [], migrations: [] };
    this.#byKind.set(operation.kind, alike);
    for (const { operations, migrations } of [this.#all, alike]) {
      operations.push(operation);
      migrations.push(migration);
    }
  }

  /** Of migrations before the one of this index. */
  before<Kind extends OperationKind>(
    index: number,
    kinds: readonly Kind[],
  ): readonly OperationOf<Kind>[] {
    return this.#some(kinds, ({ operations, migrations }) =>
      operations.slice(0, countBefore(migrations, index)),
    );
  }

  after<Kind extends OperationKind>(
    index: number,
    kinds: readonly Kind[],
  ): readonly OperationOf<Kind>[] {
    return this.#some(kinds, ({ operations, migrations }) =>
      operations.slice(countBefore(migrations, index + 1)),
    );
  }

  #some<Kind extends OperationKind>(
    kinds: readonly Kind[],
    part: (indexed: Indexed) => readonly Operation[],
  ): readonly OperationOf<Kind>[] {
    const lists =
      kinds.length === 0 ? [this.#all] : kinds.flatMap((kind) => this.#byKind.get(kind) ?? []);
    // Each list holds operations of its own kind alone.
    return lists.flatMap(part) as readonly Operation[] as readonly OperationOf<Kind>[];
  }
}

/** How many of these numbers, which ascend, are less than a limit. */
function countBefore(ascending: readonly number[], limit: number): number {
  let low = 0;
  let high = ascending.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ascending[middle] ?? 0) < limit) low = middle + 1;
    else high = middle;
  }
  return low;
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
