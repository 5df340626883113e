import { displayIdentifier } from "../../core/name.ts";
import { matchTables, type TableMatch } from "./match-tables.ts";
import type { RowSnapshot, SnapshotRow, TableSnapshot } from "./row-snapshot.ts";
import { isSameValue } from "./same-value.ts";

/** What became of the rows of one table. */
export interface RowsFate {
  readonly match: TableMatch;
  /** How many rows there were, and how many of them are no longer there. */
  readonly before: number;
  readonly lost: number;
  /** How many rows there are, and how many of them were not there. */
  readonly after: number;
  readonly added: number;
  /** Columns, by their place before, whose values are not what they were, and in how many rows. */
  readonly changed: ReadonlyMap<number, number>;
  /** Keys of a few of the rows that are gone, or that are not what they were. */
  readonly examples: readonly string[];
}

const MOST_EXAMPLES = 3;

/**
 * What became of the rows of every table that held some before; tables in which everything is as it
 * was are among them. A partition whose rows went to another one of its table lost none.
 */
export function compareRows(before: RowSnapshot, after: RowSnapshot): RowsFate[] {
  const fates = matchTables(before, after).map(compareTable);
  return withoutMoves(fates, after);
}

/** Whether nothing became of them. */
export function isUntouched({ lost, added, changed }: RowsFate): boolean {
  return lost + added + changed.size === 0;
}

function compareTable(match: TableMatch): RowsFate {
  const { before, after } = match;
  if (before === after) return untouched(match);
  if (before.digest !== undefined || after?.digest !== undefined) return compareDigests(match);
  const rows = after?.rows ?? [];
  const counts = { match, before: before.rows.length, after: rows.length };
  if (rows.length === 0) {
    const examples = wordsOf(before, before.rows);
    return { ...counts, lost: before.rows.length, added: 0, changed: new Map(), examples };
  }
  return byKey(match, counts) ?? byContent(match, counts);
}

/** Both snapshots hold the same reading of the table. */
function untouched(match: TableMatch): RowsFate {
  const count = rowCount(match.before);
  return {
    match,
    before: count,
    after: count,
    lost: 0,
    added: 0,
    changed: new Map(),
    examples: [],
  };
}

type Counts = Pick<RowsFate, "match" | "before" | "after">;

/** Undefined where no key tells the rows apart on both sides. */
function byKey(match: TableMatch, counts: Counts): RowsFate | undefined {
  const { before, columns } = match;
  const afterKey = before.key.map((place) => columns[place] ?? -1);
  if (afterKey.length === 0 || afterKey.includes(-1)) return undefined;
  const old = new Map(before.rows.map((row) => [valuesKey(row, before.key), row]));
  const now = new Map((match.after?.rows ?? []).map((row) => [valuesKey(row, afterKey), row]));
  if (old.size < counts.before || now.size < counts.after) return undefined;
  const lost = [...old].filter(([key]) => !now.has(key));
  // Every key is another one: it was given anew, which says nothing about the rows.
  if (lost.length === counts.before && counts.after >= counts.before) return undefined;
  const kept = [...old].flatMap(([key, row]): ChangedRow[] => {
    const other = now.get(key);
    return other === undefined ? [] : [{ row, places: changedPlaces(match, row, other) }];
  });
  const isSame = lost.length === 0 && kept.every(({ places }) => places.length === 0);
  if (!isSame && isKeyedAnew(match)) return keyedAnew(match, counts);
  const different = kept.filter(({ places }) => places.length > 0).map(({ row }) => row);
  const added = counts.after - (counts.before - lost.length);
  const examples = wordsOf(before, [...lost.map(([, row]) => row), ...different]);
  return { ...counts, lost: lost.length, added, changed: timesChanged(kept), examples };
}

/** Whether the rows are the same but for their keys: a key that was dropped and numbered again. */
function isKeyedAnew({ before, after, columns }: TableMatch): boolean {
  const places = columns.flatMap((to, place) =>
    to < 0 || before.key.includes(place) ? [] : [place],
  );
  if (places.length === 0 || before.rows.length !== after?.rows.length) return false;
  return goneRows({ before, after, columns }, places).length === 0;
}

/** Of rows that are the same but for their keys: which columns of the key are others, in which rows. */
function keyedAnew(match: TableMatch, counts: Counts): RowsFate {
  const { before, columns } = match;
  const places = columns.flatMap((to, place) => (to < 0 ? [] : [place]));
  const gone = goneRows(match, places);
  const isOther = (place: number): boolean => {
    const others = places.filter((one) => one === place || !before.key.includes(one));
    return goneRows(match, others).length > 0;
  };
  const other = before.key.filter(isOther);
  // Where each column has what it had, they were exchanged between rows.
  const changed = new Map(
    (other.length === 0 ? before.key : other).map((place) => [place, gone.length]),
  );
  return { ...counts, lost: 0, added: 0, changed, examples: wordsOf(before, gone) };
}

/** The rows of which none has these values after. */
function goneRows(
  { before, after, columns }: TableMatch,
  places: readonly number[],
): readonly SnapshotRow[] {
  const others = places.map((place) => columns[place] ?? -1);
  const remaining = new Bag((after?.rows ?? []).map((row) => valuesKey(row, others)));
  return before.rows.filter((row) => !remaining.take(valuesKey(row, places)));
}

interface ChangedRow {
  readonly row: SnapshotRow;
  /** Places of the columns that hold something else. */
  readonly places: readonly number[];
}

function timesChanged(rows: readonly ChangedRow[]): Map<number, number> {
  const times = new Map<number, number>();
  for (const place of rows.flatMap(({ places }) => places)) {
    times.set(place, (times.get(place) ?? 0) + 1);
  }
  return times;
}

/** A few rows, as their keys. */
function wordsOf(table: TableSnapshot, rows: readonly SnapshotRow[]): string[] {
  return rows.slice(0, MOST_EXAMPLES).flatMap((row) => keyWords(table, row));
}

function changedPlaces(match: TableMatch, row: SnapshotRow, other: SnapshotRow): number[] {
  const { before, after, columns } = match;
  return columns.flatMap((to, place) => {
    if (to < 0) return [];
    const types = [before.columns[place]?.type ?? "", after?.columns[to]?.type ?? ""] as const;
    return isSameValue(row[place] ?? null, other[to] ?? null, types) ? [] : [place];
  });
}

/** Rows as bags of values: which are the same, and if none is, which columns hold the same values. */
function byContent(match: TableMatch, counts: Counts): RowsFate {
  const { before, columns } = match;
  const places = columns.flatMap((to, place) => (to < 0 ? [] : [place]));
  const lost = goneRows(match, places);
  const added = counts.after - (counts.before - lost.length);
  if (lost.length === 0 || lost.length !== added) {
    const examples = wordsOf(before, lost);
    return { ...counts, lost: lost.length, added, changed: new Map(), examples };
  }
  const changed = new Map<number, number>();
  for (const place of places) {
    const gone = goneRows(match, [place]).length;
    if (gone > 0) changed.set(place, gone);
  }
  // Each column has the values that it had: they were exchanged between rows.
  const exchanged = changed.size === 0 ? { lost: lost.length, added } : { lost: 0, added: 0 };
  const examples = wordsOf(before, lost);
  return { ...counts, ...exchanged, changed, examples };
}

function rowCount(table: TableSnapshot | undefined): number {
  return table?.digest?.rows ?? table?.rows.length ?? 0;
}

function compareDigests(match: TableMatch): RowsFate {
  const { before, after, columns } = match;
  const counts = { match, before: rowCount(before), after: rowCount(after), examples: [] };
  const lost = Math.max(0, counts.before - counts.after);
  const added = Math.max(0, counts.after - counts.before);
  const changed = new Map<number, number>();
  // A table that grew or shrank past the size of what is kept is compared by its number of rows.
  if (lost + added === 0 && before.digest !== undefined && after?.digest !== undefined) {
    for (const [place, to] of columns.entries()) {
      const differs = before.digest.columns[place] !== after.digest.columns[to];
      if (to >= 0 && differs) changed.set(place, counts.before);
    }
    const isWhole =
      columns.every((to, place) => to === place) && after.columns.length === columns.length;
    if (changed.size === 0 && isWhole && before.digest.hash !== after.digest.hash) {
      return { ...counts, lost: counts.before, added: counts.before, changed };
    }
  }
  return { ...counts, lost, added, changed };
}

/** Rows that a partition no longer has and another one of the same table has now are no loss. */
function withoutMoves(fates: readonly RowsFate[], after: RowSnapshot): RowsFate[] {
  return fates.map((fate) => {
    const { before } = fate.match;
    const tables = new Set(
      [before.root, fate.match.after?.root].filter((root) => root !== undefined),
    );
    if (fate.lost === 0 || before.digest !== undefined) return fate;
    const others = [...after.tables.values()].filter(
      ({ oid, root }) =>
        oid !== fate.match.after?.oid &&
        (tables.has(oid) || (root !== undefined && (tables.has(root) || root === before.oid))),
    );
    const found = new Bag(
      others.flatMap(({ rows, columns }) => rows.map((row) => namedValues(row, columns))),
    );
    const own = new Bag(
      (fate.match.after?.rows ?? []).map((row) =>
        namedValues(row, fate.match.after?.columns ?? []),
      ),
    );
    const gone = before.rows
      .map((row) => namedValues(row, before.columns))
      .filter((row) => !own.take(row));
    const lost = gone.filter((row) => !found.take(row)).length;
    return lost < fate.lost ? { ...fate, lost } : fate;
  });
}

/** Things with how often they are there. */
class Bag {
  readonly #counts = new Map<string, number>();

  constructor(items: readonly string[]) {
    for (const item of items) this.#counts.set(item, (this.#counts.get(item) ?? 0) + 1);
  }

  /** Takes one of them out; false when there is none. */
  take(item: string): boolean {
    const count = this.#counts.get(item) ?? 0;
    if (count > 0) this.#counts.set(item, count - 1);
    return count > 0;
  }
}

function valuesKey(row: SnapshotRow, places: readonly number[]): string {
  return JSON.stringify(places.map((place) => row[place] ?? null));
}

function namedValues(row: SnapshotRow, columns: TableSnapshot["columns"]): string {
  return columns
    .map(({ name }, place) => JSON.stringify([name, row[place]]))
    .toSorted()
    .join();
}

/** A row as its key, for example `id 3`. */
function keyWords({ key, columns }: TableSnapshot, row: SnapshotRow): string[] {
  if (key.length === 0) return [];
  return [
    key
      .map((place) => `${displayIdentifier(columns[place]?.name ?? "")} ${row[place] ?? "NULL"}`)
      .join(", "),
  ];
}
