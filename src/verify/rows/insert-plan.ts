import type { Recipe } from "./column-values.ts";
import { largestGroup } from "./null-group.ts";
import type { ColumnShape, ForeignKeyShape, TableShape } from "./table-shape.ts";

/** How a table is filled. */
export interface InsertPlan {
  readonly table: TableShape;
  /** Foreign keys that are left NULL, because what they point to is not there yet. */
  readonly later: ReadonlySet<ForeignKeyShape>;
  readonly recipe: Recipe;
  /** Columns whose values are given, whatever else is known of them. */
  readonly given?: readonly GivenColumn[];
}

/** A column with its value in each row, counted from 0. */
export interface GivenColumn {
  readonly column: ColumnShape;
  readonly at: (row: number) => string;
}

/** What cannot be done, in words. */
export class CannotFill extends Error {}

/** How many rows are tried so that enough of them satisfy the conditions. */
export function candidateRows({ table, recipe }: InsertPlan): number {
  const isConditioned =
    table.conditions.length > 0 ||
    table.columns.some(({ domainConditions: { length } }) => length > 0);
  // Of so many columns that may be NULL, a condition takes few patterns.
  const patterns = 60 * Math.min(10, largestGroup(table));
  return isConditioned
    ? 4 * recipe.rows + 20 + patterns
    : recipe.rows + (recipe.offset > 0 ? recipe.offset : 2);
}
