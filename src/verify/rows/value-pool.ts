import type { ColumnValues, Recipe } from "./column-values.ts";
import { domainCondition, speaksOf } from "./condition-hints.ts";
import { mix } from "./mix.ts";
import { quoteIdentifier, quoteLiteral, ROW } from "./sql-text.ts";
import type { TableShape } from "./table-shape.ts";

/** The values of a column of which those are taken that its own conditions accept. */
export interface ValuePool {
  readonly number: number;
  /** The accepted values, numbered, for WITH. */
  readonly numbered: string;
  readonly place: string;
  readonly placeOf: (row: number) => string;
  readonly join: string;
}

/** Undefined for a column that has no condition of its own. */
export function valuePool(
  values: ColumnValues,
  table: TableShape,
  recipe: Recipe,
): ValuePool | undefined {
  const { column } = values;
  const conditions = [
    ...column.domainConditions.map((condition) => domainCondition(condition, column.name)),
    ...table.conditions.filter((condition) => isAbout(condition, column.name, table)),
  ];
  if (conditions.length === 0 || !values.isKnown) return undefined;
  const alias = `u${column.number}`;
  const name = quoteIdentifier(column.name);
  const rows = values
    .candidates(recipe)
    .map((value, at) => `(${at}, ${quoteLiteral(value)}${at === 0 ? `::${column.type}` : ""})`);
  const accepted = conditions.map((condition) => `(${condition}) IS NOT FALSE`).join(" AND ");
  const numbered = `${alias} AS MATERIALIZED (SELECT ${name} AS value, row_number() OVER (ORDER BY ${ROW}) - 1 AS ${ROW} FROM (VALUES ${rows.join(", ")}) AS ${quoteIdentifier(table.name)} (${ROW}, ${name}) WHERE ${accepted})`;
  const place = `q${column.number}`;
  const placeOf = (row: number): string => {
    if (values.isNull(row, recipe)) return row === 0 ? "NULL::bigint" : "NULL";
    const isInOrder = values.isUnique || row < 6;
    const at = isInOrder ? row : mix(1000, recipe.seed, row, column.number);
    return row === 0 ? `${at}::bigint` : String(at);
  };
  // A unique column takes each value once: rows without one are refused or stay NULL.
  const modulo = values.isUnique ? "" : ` % (SELECT greatest(count(*), 1) FROM ${alias})`;
  const join = `LEFT JOIN ${alias} ON ${alias}.${ROW} = v.${place}${modulo}`;
  return { number: column.number, numbered, place, placeOf, join };
}

/** Whether a condition speaks of this column and no other. */
function isAbout(condition: string, name: string, { columns }: TableShape): boolean {
  return (
    speaksOf(condition, name) &&
    columns.every((other) => other.name === name || !speaksOf(condition, other.name)) &&
    !condition.includes("satisfies_hash_partition")
  );
}
