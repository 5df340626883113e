import { CannotFill, type GivenColumn, type InsertPlan } from "./insert-plan.ts";
import { insertQuery } from "./insert-query.ts";
import { quoteIdentifier, tableText } from "./sql-text.ts";
import type { ColumnShape, ForeignKeyShape, TableShape } from "./table-shape.ts";
import { typeValues } from "./type-values.ts";

/** Keys of a cycle: far from those of other rows, and small enough for the smallest integer. */
const FIRST_KEY = 20_000;

/**
 * One statement that fills all tables of a cycle of foreign keys that may not be NULL: PostgreSQL looks
 * at keys when the whole statement has ended. Undefined where a table is in no such cycle. Throws
 * CannotFill.
 * https://www.postgresql.org/docs/current/queries-with.html#QUERIES-WITH-MODIFYING
 */
export function cycleQuery(
  start: InsertPlan,
  plans: readonly InsertPlan[],
): { readonly plans: readonly InsertPlan[]; readonly query: string } | undefined {
  const cycle = cycleOf(start, plans);
  if (cycle === undefined) return undefined;
  const tables = new Map(cycle.map(({ table }) => [table.oid, table]));
  const inserts = cycle.map((plan) => {
    const inside = plan.table.foreignKeys.filter(({ target }) => tables.has(target));
    const later = new Set([...plan.later, ...inside]);
    const recipe = { ...plan.recipe, variety: "plain" } as const;
    return insertQuery({ ...plan, recipe, later, given: givenColumns(plan.table, tables) });
  });
  const parts = inserts.map((insert, at) => `c${at} AS (${insert})`);
  return { plans: cycle, query: `WITH ${parts.join(",\n")} SELECT` };
}

/** Of the columns of one table. */
const MOST_EMPTIED = 100;

/**
 * Queries that take a value of each column that may be NULL from a row of a cycle's table, whose rows
 * all have everything. Each may be refused.
 */
export function emptyingQueries({ table, recipe }: InsertPlan): string[] {
  if (recipe.variety === "plain") return [];
  const own = tableText(table);
  return table.columns
    .filter((column) => !column.isRequired)
    .slice(0, MOST_EMPTIED)
    .map(
      ({ name }) =>
        `UPDATE ONLY ${own} SET ${quoteIdentifier(name)} = NULL WHERE ctid = (SELECT ctid FROM ONLY ${own} ORDER BY ctid OFFSET 1 LIMIT 1)`,
    );
}

/** The shortest way from a table back to itself over keys that may not be NULL. */
function cycleOf(
  start: InsertPlan,
  plans: readonly InsertPlan[],
): readonly InsertPlan[] | undefined {
  const byOid = new Map(plans.map((plan) => [plan.table.oid, plan]));
  const seen = new Set<string>();
  let ways: (readonly InsertPlan[])[] = [[start]];
  while (ways.length > 0) {
    const next: (readonly InsertPlan[])[] = [];
    for (const way of ways) {
      const last = way.at(-1)?.table;
      for (const key of last?.foreignKeys.filter((one) => isRequired(one, last)) ?? []) {
        if (key.target === start.table.oid) return way;
        const plan = byOid.get(key.target);
        if (plan === undefined || seen.has(key.target)) continue;
        seen.add(key.target);
        next.push([...way, plan]);
      }
    }
    ways = next;
  }
  return undefined;
}

function isRequired({ columns }: ForeignKeyShape, table: TableShape): boolean {
  return columns.some(
    (number) => table.columns.find((column) => column.number === number)?.isRequired ?? true,
  );
}

/** The columns of a table that keys of the cycle join: its own, and those that others point to. */
function givenColumns(
  table: TableShape,
  tables: ReadonlyMap<string, TableShape>,
): readonly GivenColumn[] {
  const given = new Map<string, GivenColumn>();
  const inside = table.foreignKeys.filter(({ target }) => tables.has(target));
  for (const { target, columns, targetColumns } of inside) {
    for (const [at, number] of columns.entries()) {
      const own = table.columns.find((column) => column.number === number);
      const parent = tables.get(target);
      if (own === undefined || parent === undefined) throw new CannotFill(UNKNOWN);
      given.set(own.name, { column: own, at: keyOf(parent, targetColumns[at] ?? "") });
    }
  }
  const pointing = [...tables.values()].flatMap(({ foreignKeys }) => foreignKeys);
  const names = pointing
    .filter(({ target }) => target === table.oid)
    .flatMap(({ targetColumns }) => targetColumns);
  for (const [at, name] of [...new Set(names)].entries()) {
    if (given.has(name)) continue;
    const column = table.columns.find((one) => one.name === name) ?? sequenceColumn(name, at);
    given.set(name, { column, at: keyOf(table, name) });
  }
  return [...given.values()];
}

const UNKNOWN = "its foreign keys are a cycle through columns that are made otherwise";

/** The key of the nth row: the same for whoever points to it. */
function keyOf({ columns }: TableShape, name: string): (row: number) => string {
  const column = columns.find((one) => one.name === name);
  const values = column === undefined ? undefined : typeValues(column.baseType, column.modifier);
  if (column !== undefined && values === undefined) throw new CannotFill(UNKNOWN);
  return (row) => values?.nth(FIRST_KEY + row) ?? String(FIRST_KEY + row);
}

/** A column with a sequence is in no list: its values are PostgreSQL's to give, but for these. */
function sequenceColumn(name: string, at: number): ColumnShape {
  return {
    number: 30_000 + at,
    name,
    type: "bigint",
    baseType: "int8",
    kind: "base",
    isArray: false,
    modifier: -1,
    isRequired: true,
    labels: [],
    domainConditions: [],
  };
}
