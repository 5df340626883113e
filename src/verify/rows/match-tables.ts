import { holdsRows, type RowSnapshot, type TableSnapshot } from "./row-snapshot.ts";

/** A table before, and what it is after. */
export interface TableMatch {
  readonly before: TableSnapshot;
  /** Absent: it is gone. */
  readonly after?: TableSnapshot;
  /** For each column before, its place after; -1 where it is gone. Empty where the table holds no rows after. */
  readonly columns: readonly number[];
}

/**
 * Follows every table that held rows or holds some now: by its identity, so that a renamed one is the same; by its name
 * where it was dropped and made anew. Columns likewise.
 */
export function matchTables(before: RowSnapshot, after: RowSnapshot): TableMatch[] {
  const byName = new Map([...after.tables.values()].map((table) => [nameOf(table), table]));
  return [...before.tables.values()].flatMap((table): TableMatch[] => {
    const same = after.tables.get(table.oid);
    const found = same ?? byName.get(nameOf(table));
    if (!holdsRows(table) && (found === undefined || !holdsRows(found))) return [];
    if (found === undefined) return [{ before: table, columns: [] }];
    return [
      { before: table, after: found, columns: matchColumns(table, found, same !== undefined) },
    ];
  });
}

function matchColumns(before: TableSnapshot, after: TableSnapshot, isSame: boolean): number[] {
  return before.columns.map(({ number, name }) => {
    const kept = isSame ? after.columns.findIndex((column) => column.number === number) : -1;
    return kept >= 0 ? kept : after.columns.findIndex((column) => column.name === name);
  });
}

function nameOf({ schema, name }: TableSnapshot): string {
  return JSON.stringify([schema, name]);
}
