import type { ColumnRef, CommonTableExpr, FuncCall, RangeVar } from "@pgsql/types";
import type { ObjectName } from "../core/name.ts";
import type { ReadRows } from "../core/operations/rows.ts";
import { listedName, relationName } from "./names.ts";
import { stringOf } from "./node.ts";
import { addName, valueFunction } from "./read-expression.ts";
import { walk, type Visitor } from "./walk.ts";

/**
 * Every table and function that a query names, each once and in order. Names that WITH declares,
 * in it or around it, are left out, and so is the table that it changes.
 */
export function readReads(
  tree: object | undefined,
  withQueries: readonly CommonTableExpr[] = NONE,
  target?: RangeVar,
): ReadRows {
  const tables: ObjectName[] = [];
  const functions: ObjectName[] = [];
  const columns = new Set<string>();
  const visitor: Visitor = {
    node(kind, body) {
      if (kind === "ColumnRef") columns.add(columnName(body));
      else if (kind === "FuncCall") addName(functions, listedName((body as FuncCall).funcname));
      else if (kind === "SQLValueFunction") addName(functions, valueFunction(body));
      return kind !== "TypeName";
    },
    table(relation) {
      if (relation !== target) addName(tables, relationName(relation));
    },
  };
  const scope =
    withQueries.length === 0 ? undefined : withQueries.map(({ ctename }) => ctename ?? "");
  walk(tree, visitor, scope === undefined ? undefined : new Set(scope));
  return { tables, functions, columns: [...columns] };
}

const NONE: readonly never[] = [];

/** The name without its table; `*` for a star. */
function columnName({ fields }: ColumnRef): string {
  return stringOf(fields?.at(-1)) ?? "*";
}

/** What several queries name together. */
export function joinReads(reads: readonly ReadRows[]): ReadRows {
  const tables: ObjectName[] = [];
  const functions: ObjectName[] = [];
  const columns = new Set<string>();
  for (const read of reads) {
    for (const column of read.columns ?? []) columns.add(column);
    for (const table of read.tables) addName(tables, table);
    for (const name of read.functions) addName(functions, name);
  }
  return { tables, functions, columns: [...columns] };
}
