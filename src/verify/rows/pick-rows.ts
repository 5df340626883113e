import { ColumnValues } from "./column-values.ts";
import type { InsertPlan } from "./insert-plan.ts";
import { quoteIdentifier, quoteLiteral, tableText } from "./sql-text.ts";

/** Rows of a table that are given other values. */
const MOST_PICKED = 6;

/**
 * Queries that give rows which a table already held the values that a migration picks rows by: no
 * more of them may fit in, because each row of another table has one. Each may be refused.
 */
export function pickQueries({ table, recipe }: InsertPlan): string[] {
  if (recipe.offset === 0 || (table.statements ?? []).length === 0) return [];
  const referring = new Set(table.foreignKeys.flatMap(({ columns }) => columns));
  const columns = table.columns.flatMap((column) => {
    const { picked, isUnique } = new ColumnValues(column, table);
    // What a key points to is not any value.
    const usable = referring.has(column.number) ? picked.filter((one) => one === null) : picked;
    return usable.length === 0 ? [] : [{ column, usable, isUnique }];
  });
  const most = Math.max(0, ...columns.map(({ usable }) => usable.length));
  return Array.from({ length: Math.min(MOST_PICKED, most) }, (_, row) => {
    const sets = columns
      .filter(({ usable, isUnique }) => !isUnique || row < usable.length)
      .map(({ column, usable }) => {
        const value = usable[row % usable.length] ?? null;
        const text = value === null ? "NULL" : `${quoteLiteral(value)}::${column.type}`;
        return `${quoteIdentifier(column.name)} = ${text}`;
      });
    const own = tableText(table);
    return `UPDATE ONLY ${own} SET ${sets.join(", ")} WHERE ctid = (SELECT ctid FROM ONLY ${own} ORDER BY ctid OFFSET ${row} LIMIT 1)`;
  });
}
