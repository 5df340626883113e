import type { Catalog } from "../catalog.ts";
import type { RowsFate } from "./compare-rows.ts";
import { holdsRows, type RowSnapshot, type SnapshotRow } from "./row-snapshot.ts";
import { lostColumns } from "./row-words.ts";

/** What is there before an up, after it, and when its down has run. */
export interface Course {
  readonly before: { readonly rows: RowSnapshot };
  readonly after: { readonly rows: RowSnapshot };
  readonly undone: { readonly catalog: Catalog };
  /** Whether the down gives rows of a table values. */
  readonly downWrites: (fate: RowsFate) => boolean;
}

/** Whether an up, by what became of the rows in it, lost values of which they cannot tell whether the down brings them back. */
export function losesUnseen(fates: readonly RowsFate[], course: Course): boolean {
  return fates.some((fate) => {
    const { before, after } = fate.match;
    if (after === undefined || !holdsRows(after)) return false;
    const lost = new Set(lostColumns(fate));
    return before.columns.some(({ name }, place) => {
      if (!lost.has(name)) return false;
      const values = valuesAt(before.rows, place);
      if (isOneValue(values)) return !course.downWrites(fate);
      return isCount(values) && isNumberedAgain(course, fate, name, values);
    });
  });
}

/**
 * Every row holds the same value, as rows do that are older than the column. A default with that value
 * brings these rows back, and nobody's others.
 */
function isOneValue(values: readonly string[]): boolean {
  return new Set(values).size === 1;
}

/** Whether they are 1, 2, 3 and so on without a gap, which real keys seldom are. */
function isCount(values: readonly string[]): boolean {
  const numbers = new Set(values);
  return values.every((_, at) => numbers.has(String(at + 1)));
}

/** Whether the column is there again with numbers of a sequence, and nothing kept its old ones. */
function isNumberedAgain(
  { before, after, undone }: Course,
  { match }: RowsFate,
  column: string,
  values: readonly string[],
): boolean {
  const { schema, name } = match.before;
  const again = undone.catalog.find(
    (one) =>
      one.kind === "column" && one.schema === schema && one.parent === name && one.name === column,
  );
  const { identity, default: numbers = "" } = again?.properties ?? {};
  if (identity === undefined && !numbers.startsWith("nextval(")) return false;
  const old = values.toSorted().join();
  const added = [...after.rows.tables.values()].filter(({ oid }) => !before.rows.tables.has(oid));
  return !added.some(({ columns, rows }) =>
    columns.some((_, place) => valuesAt(rows, place).toSorted().join() === old),
  );
}

function valuesAt(rows: readonly SnapshotRow[], place: number): string[] {
  return rows.flatMap((row) => row[place] ?? []);
}
