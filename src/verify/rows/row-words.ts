import { displayName } from "../../core/name.ts";
import type {
  ColumnFate,
  LossCause,
  Survival,
  TableFate,
  TableRows,
} from "../../core/verification.ts";
import { isUntouched, type RowsFate } from "./compare-rows.ts";
import type { LossCauses } from "./loss-cause.ts";
import { holdsRows, type TableSnapshot } from "./row-snapshot.ts";

/**
 * The tables whose rows are not after a down what they were. A table or a column that is gone is
 * part of what differs in the schema.
 */
export function rowsNotRestored(
  fates: readonly RowsFate[],
  causesOf: (fate: RowsFate) => Pick<TableRows, "cause" | "valueCauses"> = () => ({}),
): TableRows[] {
  return fates
    .filter((fate) => fate.match.after !== undefined && !isUntouched(fate))
    .map((fate) => {
      const { match, before, after, lost, added, changed, examples } = fate;
      return {
        table: displayName(match.before),
        before,
        after,
        ...(changed.size === 0
          ? {}
          : {
              changedColumns: [...changed.keys()].map((place) => columnName(match.before, place)),
            }),
        ...(lost === 0 ? {} : { lost }),
        ...(added === 0 ? {} : { added }),
        ...(examples.length === 0 ? {} : { examples }),
        ...causesOf(fate),
      };
    });
}

/** The columns whose values are gone. */
export function lostColumns(fate: RowsFate): readonly string[] {
  return columnFates(fate).flatMap((one) => (one.fate === "lost" ? one.column : []));
}

/** What became of the rows in an up, in the words of a report. */
export function survivalOf(fates: readonly RowsFate[], causes: LossCauses): Survival {
  const held = fates.filter(({ before }) => before > 0);
  return {
    tables: held.length,
    rows: held.reduce((sum, { before }) => sum + before, 0),
    fates: fates.map((fate) => tableFate(fate, causes)).filter(isWorthAWord),
  };
}

function isWorthAWord({ to, lost, added, columns }: TableFate): boolean {
  return to !== undefined || lost + added + columns.length > 0;
}

function tableFate(fate: RowsFate, causes: LossCauses): TableFate {
  const { match, before, lost, added, examples } = fate;
  const table = displayName(match.before);
  const now = match.after === undefined ? table : displayName(match.after);
  return {
    table,
    ...(now === table ? {} : { to: now }),
    before,
    lost,
    added,
    columns:
      match.after === undefined || !holdsRows(match.after)
        ? []
        : columnFates(fate).map((column) => withCause(column, columnCause(column, fate, causes))),
    examples,
    ...(lost === 0 ? {} : told(causes.ofRows(fate))),
  };
}

function withCause(column: ColumnFate, cause: LossCause | undefined): ColumnFate {
  return { ...column, ...told(cause) };
}

function told(cause: LossCause | undefined): { readonly cause?: LossCause } {
  return cause === undefined ? {} : { cause };
}

function columnCause(
  { column, fate: what }: ColumnFate,
  fate: RowsFate,
  causes: LossCauses,
): LossCause | undefined {
  if (what === "kept") return undefined;
  return what === "lost" ? causes.ofColumn(fate, column) : causes.ofValues(fate, column);
}

function columnFates({ match, changed, before }: RowsFate): ColumnFate[] {
  const { after, columns } = match;
  return match.before.columns.flatMap(({ name }, place): ColumnFate[] => {
    const to = columns[place] ?? -1;
    if (to < 0) return goneColumn(match.before, place, after, columns, before);
    const now = after?.columns[to]?.name ?? name;
    const rows = changed.get(place) ?? 0;
    if (rows > 0)
      return [{ column: name, fate: "changed", ...(now === name ? {} : { to: now }), rows }];
    return now === name ? [] : [{ column: name, fate: "kept", to: now, rows: before }];
  });
}

/** A column that is gone, or whose values another one has that was not there before. */
function goneColumn(
  before: TableSnapshot,
  place: number,
  after: TableSnapshot | undefined,
  columns: readonly number[],
  rows: number,
): ColumnFate[] {
  const column = columnName(before, place);
  const values = before.rows.map((row) => row[place] ?? null);
  const held = values.filter((value) => value !== null).length;
  if (before.digest === undefined && held === 0) return [];
  const sorted = sortedText(values);
  const heir = after?.columns.find(
    (_, at) =>
      before.digest === undefined &&
      !columns.includes(at) &&
      sortedText(after.rows.map((row) => row[at] ?? null)) === sorted,
  );
  if (heir !== undefined) return [{ column, fate: "kept", to: heir.name, rows: held }];
  return [{ column, fate: "lost", rows: before.digest === undefined ? held : rows }];
}

function sortedText(values: readonly (string | null)[]): string {
  return values
    .map((value) => JSON.stringify(value))
    .toSorted()
    .join();
}

function columnName({ columns }: TableSnapshot, place: number): string {
  return columns[place]?.name ?? "";
}
