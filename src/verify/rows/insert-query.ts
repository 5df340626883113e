import { domainCondition } from "./condition-hints.ts";
import type { InsertPlan } from "./insert-plan.ts";
import { RowSource } from "./row-source.ts";
import { quoteIdentifier, ROW, tableText } from "./sql-text.ts";
import type { ColumnShape } from "./table-shape.ts";

/**
 * One statement that fills a table: rows of literals, joined to the rows that their foreign keys
 * point to, of which those stay that satisfy the table's own conditions. `only` is a condition on
 * the number of a row. Throws CannotFill.
 */
export function insertQuery(plan: InsertPlan, only?: string): string {
  const { table, recipe } = plan;
  const source = new RowSource(plan);
  if (source.columns.length === 0) {
    const one = only === undefined ? "" : ` WHERE row = ${only} + 1`;
    return `INSERT INTO ${tableText(table)} SELECT FROM generate_series(1, ${recipe.rows}) AS row${one}`;
  }
  const names = source.columns.map(({ name }) => quoteIdentifier(name)).join(", ");
  const conditions = [
    ...source.columns
      .filter(({ isRequired }) => isRequired)
      // A composite value that holds a NULL is neither NULL nor NOT NULL.
      .map(({ name }) => `${quoteIdentifier(name)} IS DISTINCT FROM NULL`),
    ...table.conditions.map((condition) => `(${condition}) IS NOT FALSE`),
    ...source.columns.flatMap((column) => domainConditions(column)),
    ...source.conditions,
    ...(only === undefined ? [] : [`${ROW} = ${only}`]),
  ];
  const where = conditions.length === 0 ? "" : `\nWHERE ${conditions.join("\n  AND ")}`;
  const conflict = table.isDeferrable ? "" : "\nON CONFLICT DO NOTHING";
  // Keys that are given may be those of an identity column.
  const overriding = plan.given === undefined ? "" : " OVERRIDING SYSTEM VALUE";
  return `INSERT INTO ${tableText(table)} (${names})${overriding}
${source.preparations}SELECT ${names} FROM (
${source.query}
) AS ${quoteIdentifier(table.name)}${where}
ORDER BY ${ROW} LIMIT ${recipe.rows}${conflict}`;
}

function domainConditions({ name, domainConditions: conditions }: ColumnShape): string[] {
  return conditions.map((condition) => `(${domainCondition(condition, name)}) IS NOT FALSE`);
}
