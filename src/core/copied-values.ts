import { nameKey, type ObjectName } from "./name.ts";
import type { Operation } from "./operation.ts";
import type { ReadRows } from "./operations/rows.ts";

/**
 * Whether an operation writes rows with values that it reads from a table, or from one column of
 * it: what is dropped after that may live on elsewhere.
 */
export function copiesValues(operation: Operation, table: ObjectName, column?: string): boolean {
  const reads = sourceOf(operation);
  if (reads === undefined) return false;
  const names = (column === undefined ? [] : ownTable(operation)).concat(reads.tables);
  if (!names.some((name) => nameKey(name) === nameKey(table))) return false;
  if (column === undefined || reads.columns === undefined) return true;
  return reads.columns.includes(column) || reads.columns.includes("*");
}

function sourceOf(operation: Operation): ReadRows | undefined {
  switch (operation.kind) {
    case "insert-rows":
    case "create-table-as":
      return operation.query;
    case "update-rows":
    case "merge-rows":
      return operation.reads;
    default:
      return undefined;
  }
}

/** UPDATE reads the columns of its own table without naming it again. */
function ownTable(operation: Operation): ObjectName[] {
  return operation.kind === "update-rows" ? [operation.table] : [];
}
