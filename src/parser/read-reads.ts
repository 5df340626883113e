import type { FuncCall } from "@pgsql/types";
import type { ObjectName } from "../core/name.ts";
import type { ReadRows } from "../core/operations/rows.ts";
import { listedName, relationName } from "./names.ts";
import { addName, valueFunction } from "./read-expression.ts";
import { walk } from "./walk.ts";

/** Every table and function that a query names, each once and in order; the names that WITH declares left out. */
export function readReads(...trees: readonly (object | undefined)[]): ReadRows {
  const tables: ObjectName[] = [];
  const functions: ObjectName[] = [];
  for (const tree of trees) {
    walk(tree, {
      node(kind, body) {
        if (kind === "FuncCall") addName(functions, listedName((body as FuncCall).funcname));
        else if (kind === "SQLValueFunction") addName(functions, valueFunction(body));
        return kind !== "TypeName";
      },
      table(relation) {
        addName(tables, relationName(relation));
      },
    });
  }
  return { tables, functions };
}

/** What several queries name together. */
export function joinReads(reads: readonly ReadRows[]): ReadRows {
  const tables: ObjectName[] = [];
  const functions: ObjectName[] = [];
  for (const read of reads) {
    for (const table of read.tables) addName(tables, table);
    for (const name of read.functions) addName(functions, name);
  }
  return { tables, functions };
}
