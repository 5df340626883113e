import type { InsertPlan } from "./insert-plan.ts";
import { parentText } from "./parent-join.ts";
import { quoteIdentifier, tableText } from "./sql-text.ts";
import type { TableShape } from "./table-shape.ts";

/** Points some rows to others, where a cycle of foreign keys, or a table's own, had to wait. */
export function laterQueries({ table, later, recipe }: InsertPlan): string[] {
  return [...later].map((key) => {
    const own = key.columns.map((number) => quoteIdentifier(nameOf(table, number)));
    const targets = key.targetColumns.map(quoteIdentifier);
    const from = parentText(key);
    const parent = `SELECT ${targets.join(", ")} FROM ${from} ORDER BY ${targets.join(", ")} LIMIT 1`;
    const some = `SELECT ctid FROM ONLY ${tableText(table)} ORDER BY ctid OFFSET 1 LIMIT ${Math.ceil(recipe.rows / 3)}`;
    return `UPDATE ONLY ${tableText(table)} SET (${own.join(", ")}) = (${parent}) WHERE ctid IN (${some})`;
  });
}

function nameOf({ columns }: TableShape, number: number): string {
  return columns.find((column) => column.number === number)?.name ?? "";
}
