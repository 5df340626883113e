import type { InsertPlan } from "./insert-plan.ts";
import { hasValueInGroup, nullGroup } from "./null-group.ts";
import { quoteIdentifier, ROW } from "./sql-text.ts";
import type { ForeignKeyShape, TableShape } from "./table-shape.ts";

/** Parents beyond these have no children. */
const MOST_PARENTS = 1000;

/** How the rows of a table come to the rows that one of its foreign keys points to. */
export interface ParentJoin {
  /** Numbered parents, for WITH; absent where they depend on the row. */
  readonly numbered?: string;
  /** The column of a row that says which parent it has. */
  readonly place: string;
  readonly placeOf: (row: number) => string;
  readonly join: string;
  /** The expressions of the columns that it gives, by number. */
  readonly gives: ReadonlyMap<number, string>;
}

/**
 * The join for a key, given what other keys gave already; a condition on the row where they gave
 * every column.
 */
export function parentJoin(
  key: ForeignKeyShape,
  index: number,
  { table, recipe }: InsertPlan,
  given: ReadonlyMap<number, string>,
): ParentJoin | string {
  const pairs = key.columns.map((number, at) => ({
    number,
    target: quoteIdentifier(key.targetColumns[at] ?? ""),
  }));
  const fresh = pairs.filter(({ number }) => !given.has(number));
  const from = parentText(key);
  if (fresh.length === 0) {
    const equal = pairs.map(
      ({ number, target }) => `t.${target} = ${quoteIdentifier(columnOf(table, number).name)}`,
    );
    const isNull = pairs.map(
      ({ number }) => `${quoteIdentifier(columnOf(table, number).name)} IS NULL`,
    );
    return `(${isNull.join(" OR ")} OR EXISTS (SELECT FROM ${from} AS t WHERE ${equal.join(" AND ")}))`;
  }
  const alias = `p${index}`;
  const place = `k${index}`;
  const isOptional = fresh.every(({ number }) => !columnOf(table, number).isRequired);
  const columns = pairs.map(({ target }) => target).join(", ");
  const known = pairs.map(({ target }) => `t.${target} IS NOT NULL`).join(" AND ");
  const own = fresh[0]?.number ?? 0;
  const group = isOptional ? nullGroup(own, table) : [];
  const shared = pairs.filter(({ number }) => given.has(number));
  const base = {
    place,
    placeOf: (row: number) =>
      isOptional && lacksValue(row, own, group, recipe)
        ? "NULL"
        : placeText(row, index, isOptional, recipe),
    gives: new Map(fresh.map(({ number, target }) => [number, `${alias}.${target}`])),
  };
  if (shared.length > 0) {
    const equal = shared.map(({ number, target }) => `t.${target} = ${given.get(number)}`);
    const rows = `SELECT ${columns} FROM ${from} AS t WHERE ${[known, ...equal].join(" AND ")} ORDER BY ${columns} LIMIT 1`;
    return { ...base, join: `LEFT JOIN LATERAL (${rows}) AS ${alias} ON v.${place} IS NOT NULL` };
  }
  const parents = `SELECT ${columns} FROM ${from} AS t WHERE ${known} ORDER BY ${columns} LIMIT ${MOST_PARENTS}`;
  const numbered = `${alias} AS MATERIALIZED (SELECT *, row_number() OVER (ORDER BY ${columns}) - 1 AS ${ROW} FROM (${parents}) AS t)`;
  const modulo = `(SELECT greatest(max(${ROW}), 1) FROM ${alias})`;
  return {
    ...base,
    numbered,
    join: `LEFT JOIN ${alias} ON ${alias}.${ROW} = v.${place} % ${modulo}`,
  };
}

/** The table that a key points to; the rows of its children are no targets. */
export function parentText({
  targetIsPartitioned,
  targetSchema,
  targetName,
}: ForeignKeyShape): string {
  return `${targetIsPartitioned ? "" : "ONLY "}${quoteIdentifier(targetSchema)}.${quoteIdentifier(targetName)}`;
}

/** In rows that are tried for a condition on several columns, not all of them point somewhere. */
function lacksValue(
  row: number,
  number: number,
  group: readonly number[],
  { rows, seed }: InsertPlan["recipe"],
): boolean {
  if (row < rows) return false;
  return group.length > 1 && !hasValueInGroup(number, group, row - rows, seed);
}

/** The first parent has several children, the last has none. */
function placeText(
  row: number,
  index: number,
  isOptional: boolean,
  { variety, rows }: InsertPlan["recipe"],
): string {
  if (isOptional && row === 1 && (variety === "varied" || rows === 1)) return "NULL";
  const place = index === 0 ? Math.max(0, row - 2) : row * index;
  return row === 0 ? `${place}::bigint` : String(place);
}

/** A column of a key by its number: a generated one is in no list, and its value is not ours to give. */
function columnOf({ columns }: TableShape, number: number): { name: string; isRequired: boolean } {
  return columns.find((column) => column.number === number) ?? { name: "", isRequired: true };
}
