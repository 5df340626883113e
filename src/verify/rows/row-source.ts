import { ColumnValues, type Recipe } from "./column-values.ts";
import { candidateRows, CannotFill, type InsertPlan } from "./insert-plan.ts";
import { parentJoin, type ParentJoin } from "./parent-join.ts";
import { quoteIdentifier, quoteLiteral, ROW } from "./sql-text.ts";
import type { ColumnShape } from "./table-shape.ts";
import { valuePool, type ValuePool } from "./value-pool.ts";

/** The rows for a table before its conditions choose among them, as a query with its columns. */
export class RowSource {
  readonly columns: readonly ColumnShape[];
  /** What a row has to hold besides the conditions of the table. */
  readonly conditions: readonly string[];
  readonly #plan: InsertPlan;
  readonly #literals: readonly Literals[];
  readonly #joins: readonly (ParentJoin | ValuePool)[];
  /** The expression of each column, by its number. */
  readonly #expressions: ReadonlyMap<number, string>;

  /** Throws CannotFill. */
  constructor(plan: InsertPlan) {
    const { table, later, given = [] } = plan;
    this.#plan = plan;
    const expressions = new Map<number, string>();
    const conditions: string[] = [];
    const parents: ParentJoin[] = [];
    for (const [index, key] of table.foreignKeys.filter((one) => !later.has(one)).entries()) {
      const parent = parentJoin(key, index, plan, expressions);
      if (typeof parent === "string") conditions.push(parent);
      else {
        parents.push(parent);
        for (const [number, expression] of parent.gives) expressions.set(number, expression);
      }
    }
    this.conditions = conditions;
    const fixed = new Set(given.map(({ column }) => column.number));
    const free = columnsToGive(plan, new Set([...expressions.keys(), ...fixed])).filter(
      ({ number }) => !fixed.has(number),
    );
    this.columns = [...free, ...given.map(({ column }) => column)];
    const own = free
      .filter(({ number }) => !expressions.has(number))
      .map((column) => new ColumnValues(column, table));
    refuseUnknown(own);
    const pools = own.flatMap((values) => valuePool(values, table, plan.recipe) ?? []);
    for (const { number } of pools) expressions.set(number, `u${number}.value`);
    this.#joins = [...parents, ...pools];
    this.#literals = [
      ...own.filter(({ isKnown, column }) => isKnown && !expressions.has(column.number)),
      ...given,
    ];
    for (const { column } of this.#literals) expressions.set(column.number, `v.c${column.number}`);
    this.#expressions = expressions;
  }

  /** Parents and values in order, each with its number. */
  get preparations(): string {
    const parts = this.#joins.flatMap(({ numbered }) => numbered ?? []);
    return parts.length === 0 ? "" : `WITH ${parts.join(",\n")}\n`;
  }

  get query(): string {
    const { recipe } = this.#plan;
    const rows = Array.from({ length: candidateRows(this.#plan) }, (_, row) => {
      const values = this.#literals.map((own) => {
        const value = own.at(row, recipe);
        const text = value === null ? "NULL" : quoteLiteral(value);
        return row === 0 ? `${text}::${own.column.type}` : text;
      });
      const places = this.#joins.map(({ placeOf }) => placeOf(row));
      return `(${[String(row), ...values, ...places].join(", ")})`;
    });
    const names = [
      ROW,
      ...this.#literals.map(({ column }) => `c${column.number}`),
      ...this.#joins.map(({ place }) => place),
    ];
    const selected = this.columns.map(({ number, name, type }) => {
      const expression = this.#expressions.get(number) ?? `NULL::${type}`;
      return `${expression} AS ${quoteIdentifier(name)}`;
    });
    return `  SELECT ${[`v.${ROW}`, ...selected].join(", ")}
  FROM (VALUES ${rows.join(", ")}) AS v (${names.join(", ")})${this.#joins.map(({ join }) => `\n  ${join}`).join("")}`;
  }
}

/** The values of a column, a row after the other. */
interface Literals {
  readonly column: ColumnShape;
  at(row: number, recipe: Recipe): string | null;
}

/** All but those of keys that wait. */
function columnsToGive(
  { table, later }: InsertPlan,
  given: ReadonlySet<number>,
): readonly ColumnShape[] {
  const waiting = new Set([...later].flatMap(({ columns }) => columns));
  const isLeft = ({ number }: ColumnShape): boolean => waiting.has(number) && !given.has(number);
  const missing = table.columns.find((column) => column.isRequired && isLeft(column));
  if (missing !== undefined) {
    throw new CannotFill(`${missing.name} is NOT NULL and points to rows that only come later`);
  }
  return table.columns.filter((column) => !isLeft(column));
}

function refuseUnknown(columns: readonly ColumnValues[]): void {
  const unknown = columns.find(({ isKnown, column }) => !isKnown && column.isRequired);
  if (unknown === undefined) return;
  const { name, type } = unknown.column;
  throw new CannotFill(`no values are known for ${name} of the type ${type}`);
}
