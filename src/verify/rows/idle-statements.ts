import { displayName, type ObjectName } from "../../core/name.ts";
import type { Operation, OperationOf } from "../../core/operation.ts";
import { placeIn } from "../../core/statement.ts";
import type { IdleStatement } from "../../core/verification.ts";
import type { Catalog } from "../catalog.ts";
import type { QueryRun } from "../query-sender.ts";
import type { ScriptRun } from "../script-run.ts";
import type { State } from "../state.ts";
import { isUntouched, type RowsFate } from "./compare-rows.ts";
import { tableKey } from "./foreign-key-paths.ts";
import { partitionRoots } from "./partition-roots.ts";
import type { TableSnapshot } from "./row-snapshot.ts";
import { isImpossible } from "./impossible-filter.ts";

/** What a script that ran to its end made of a database. */
export interface ScriptCourse {
  readonly before: State;
  readonly after: State;
  /** What became of the rows that were there before it. */
  readonly fates: readonly RowsFate[];
}

const COMMANDS = {
  "delete-rows": "DELETE",
  "insert-rows": "INSERT",
  "merge-rows": "MERGE",
  "update-rows": "UPDATE",
} as const;

type RowChange = OperationOf<keyof typeof COMMANDS>;

/** Statements that are told of one script. */
const MOST_TOLD = 20;

/**
 * The statements of a script that change rows and changed none, though their table held some before
 * it: nobody saw what they do to rows that they pick.
 */
export function idleStatements(
  { script }: ScriptRun,
  ran: readonly QueryRun[],
  course: ScriptCourse,
): IdleStatement[] {
  const tables = new Tables(course);
  return ran
    .flatMap((run) => {
      const changes = run.query.statements
        .flatMap((at) => script.statements[at]?.operations ?? [])
        .filter(isRowChange);
      if (run.changes === undefined ? changes.some((one) => tables.isTouched(one)) : sum(run) > 0)
        return [];
      return changes.flatMap((operation): IdleStatement[] => {
        const held = tables.heldFor(operation);
        const { start, end } = operation.span;
        if (held === undefined || isImpossible(script.text.slice(start, end), held.required))
          return [];
        return [
          {
            line: placeIn(script, operation.span).line,
            command: COMMANDS[operation.kind],
            table: displayName(held.table),
            rows: held.rows,
            ...(tables.isOnOld(operation) ? { onOld: true } : {}),
          },
        ];
      });
    })
    .slice(0, MOST_TOLD);
}

function isRowChange(operation: Operation): operation is RowChange {
  if (!(operation.kind in COMMANDS)) return false;
  // Values that stand in the script are written whatever the tables hold.
  return operation.kind !== "insert-rows" || operation.query !== undefined;
}

function sum({ changes }: QueryRun): number {
  return changes?.size ?? 0;
}

interface Held {
  readonly table: ObjectName;
  readonly rows: number;
  /** Names of the columns that hold no NULL. */
  readonly required: ReadonlySet<string>;
}

/** The tables of before a script, under the names that they have before and after it. */
class Tables {
  readonly #course: ScriptCourse;
  readonly #roots: ReadonlyMap<string, string>;

  constructor(course: ScriptCourse) {
    this.#course = course;
    this.#roots = partitionRoots(course.before.catalog);
  }

  /** The table that a statement picks rows of; undefined where it held none. */
  heldFor(operation: RowChange): Held | undefined {
    const names = operation.kind === "insert-rows" ? operation.reads.tables : [operation.table];
    const held = names.map((name) => this.#held(name));
    // Where one of those that are read holds nothing, there is nothing to be picked.
    const [first] = held;
    return held.every((one) => one !== undefined) ? first : undefined;
  }

  /** Whether the rows of its table, or what is in them, are others after the script, or nobody can tell. */
  isTouched({ table }: RowChange): boolean {
    const oids = new Set(this.#parts(table).map(({ oid }) => oid));
    const touched = this.#course.fates.some(
      (fate) => oids.has(fate.match.before.oid) && !isUntouched(fate),
    );
    return oids.size === 0 || touched;
  }

  /** Whether it writes to what was there before the script. What only the script made goes with it. */
  isOnOld(operation: RowChange): boolean {
    const parts = this.#parts(operation.table);
    if (operation.kind !== "update-rows") return parts.length > 0;
    const { after } = this.#course;
    return parts.some(({ oid, columns }) => {
      const numbers = new Set(columns.map(({ number }) => number));
      const now = after.rows.tables.get(oid)?.columns ?? [];
      return operation.columns.some(
        (column) =>
          columns.some(({ name }) => name === column) ||
          now.some(({ name, number }) => name === column && numbers.has(number)),
      );
    });
  }

  #held(name: ObjectName): Held | undefined {
    const parts = this.#parts(name);
    const rows = parts.reduce((count, part) => count + (part.digest?.rows ?? part.rows.length), 0);
    if (rows === 0) return undefined;
    return { table: name, rows, required: requiredColumns(this.#course.before.catalog, name) };
  }

  /** The tables of before that hold the rows of a table. */
  #parts(name: ObjectName): TableSnapshot[] {
    const wanted = keyOf(name);
    const { before, after } = this.#course;
    return [...before.rows.tables.values()].filter((table) => {
      const now = after.rows.tables.get(table.oid);
      return (
        this.#isPart(tableKey(table), wanted) || (now !== undefined && tableKey(now) === wanted)
      );
    });
  }

  #isPart(key: string, wanted: string): boolean {
    const root = this.#roots.get(key);
    return key === wanted || (root !== undefined && root !== key && this.#isPart(root, wanted));
  }
}

function keyOf({ schema = "public", name }: ObjectName): string {
  return tableKey({ schema, name });
}

function requiredColumns(catalog: Catalog, table: ObjectName): ReadonlySet<string> {
  const { schema = "public", name } = table;
  return new Set(
    catalog.flatMap((one) =>
      one.kind === "column" &&
      one.parent === name &&
      one.schema === schema &&
      one.properties["not null"] !== undefined
        ? one.name
        : [],
    ),
  );
}
