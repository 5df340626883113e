import { speaksOf } from "./condition-hints.ts";
import { mix } from "./mix.ts";
import type { TableShape } from "./table-shape.ts";

/**
 * The columns that may be NULL and of which one condition speaks together with this one: often it says
 * which of them have a value, as `num_nonnulls(a, b, c) = 1`. At most one where there is none.
 */
export function nullGroup(number: number, { columns, conditions }: TableShape): readonly number[] {
  const optional = columns.filter(({ isRequired }) => !isRequired);
  const groups = conditions.map((condition) =>
    optional.filter(({ name }) => speaksOf(condition, name)).map((column) => column.number),
  );
  const own = groups.filter((group) => group.includes(number));
  return own.toSorted((a, b) => b.length - a.length)[0] ?? [];
}

/** Whether a column of a group has a value in the nth row that is tried: one has alone, then some have. */
export function hasValueInGroup(
  number: number,
  group: readonly number[],
  n: number,
  seed: number,
): boolean {
  if (n % 2 === 0) return group[(n / 2) % group.length] === number;
  return mix(2, seed, n, number, 11) === 1;
}

/** The size of the largest group of a table. */
export function largestGroup(table: TableShape): number {
  const sizes = table.columns.map(({ number }) => nullGroup(number, table).length);
  return Math.max(0, ...sizes);
}
