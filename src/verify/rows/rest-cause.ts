import type { LossCause, TableRows, ValueCause } from "../../core/verification.ts";
import type { RowsFate } from "./compare-rows.ts";
import type { LossCauses } from "./loss-cause.ts";
import type { TableSnapshot } from "./row-snapshot.ts";

/** What one direction made of the rows that were there before it. */
export interface Passage {
  readonly fates: readonly RowsFate[];
  readonly causes: LossCauses;
}

type DirectedCause = NonNullable<TableRows["cause"]>;

/** Who took away what is missing after both directions: the up, the down, or of values both. */
export function causesOfRest(
  fate: RowsFate,
  up: Passage,
  down: () => Passage,
): Pick<TableRows, "cause" | "valueCauses"> {
  const { lost, changed, match } = fate;
  const course: Course = { fate, up, down: once(down) };
  const values = groups(
    [...changed.keys()].flatMap((place): ValueCause[] => {
      const cause = causeOfValues(course, place);
      const column = match.before.columns[place]?.name ?? "";
      return cause === undefined ? [] : [{ ...cause, columns: [column] }];
    }),
  );
  if (lost > 0) {
    const cause = causeOfRows(course);
    return { ...(cause && { cause }), ...(values.length === 0 ? {} : { valueCauses: values }) };
  }
  const [first, ...others] = values;
  if (first === undefined) return {};
  const { columns, ...cause } = first;
  const isOfAll = others.length === 0 && columns.length === changed.size;
  return isOfAll ? { cause } : { valueCauses: values };
}

interface Course {
  /** After both directions. */
  readonly fate: RowsFate;
  readonly up: Passage;
  readonly down: () => Passage;
}

function causeOfRows({ fate, up, down }: Course): DirectedCause | undefined {
  const own = fateOf(fate.match.before, up);
  // What is gone after the up, and what is in a table that was made again, went in the up.
  const first = own === undefined || own.lost > 0 ? up.causes.ofRows(fate) : undefined;
  return directed("up", first) ?? directed("down", down().causes.ofRows(fate));
}

/** `place`: of the column, before both. */
function causeOfValues({ fate, up, down }: Course, place: number): DirectedCause | undefined {
  const column = fate.match.before.columns[place]?.name ?? "";
  const own = fateOf(fate.match.before, up);
  const first = hasSameTexts(own, place) ? undefined : up.causes.ofValues(fate, column);
  if (first === undefined) return directed("down", down().causes.ofValues(fate, column));
  const between = own?.match.columns[place] ?? -1;
  const isGiven = isChanged(fateOf(own?.match.after, down()), between);
  const second = isGiven ? down().causes.ofGivenValues(fate, column) : undefined;
  return { direction: "up", ...first, ...(second === undefined ? {} : { andDown: second }) };
}

/** Whether a column is there with all that it had, to the last digit. */
function hasSameTexts(fate: RowsFate | undefined, place: number): boolean {
  if (fate?.match.after === undefined) return false;
  const { before, after, columns } = fate.match;
  const to = columns[place] ?? -1;
  const [old, now] = [before.columns[place]?.type, after.columns[to]?.type];
  // A `real` has the shortest text that gives it back, and less digits than that shows.
  return (now !== "real" || old === "real") && textsAt(before, place) === textsAt(after, to);
}

/** The values of a column as one text; of a table of which only a digest is kept, that. */
function textsAt({ rows, digest }: TableSnapshot, place: number): string | undefined {
  if (digest !== undefined) return digest.columns[place];
  return rows
    .map((row) => JSON.stringify(row[place]))
    .toSorted()
    .join();
}

/** Whether a column is there with other values. */
function isChanged(fate: RowsFate | undefined, place: number): boolean {
  return fate !== undefined && place >= 0 && (fate.lost > 0 || fate.changed.has(place));
}

function fateOf(table: TableSnapshot | undefined, { fates }: Passage): RowsFate | undefined {
  return fates.find(({ match }) => match.before.oid === table?.oid);
}

function directed(
  direction: DirectedCause["direction"],
  cause: LossCause | undefined,
): DirectedCause | undefined {
  return cause === undefined ? undefined : { direction, ...cause };
}

function once<Result>(make: () => Result): () => Result {
  let made: Result | undefined;
  return () => (made ??= make());
}

/** Columns of one cause together. */
function groups(causes: readonly ValueCause[]): ValueCause[] {
  const found = new Map<string, ValueCause>();
  for (const one of causes) {
    const { columns: _, ...cause } = one;
    const key = JSON.stringify(cause);
    found.set(key, { ...one, columns: [...(found.get(key)?.columns ?? []), ...one.columns] });
  }
  return [...found.values()];
}
