import { displayName } from "../../core/name.ts";
import type { Caution, TableRows } from "../../core/verification.ts";
import type { ScriptOutcome } from "../script-runner.ts";
import type { Session } from "../session.ts";
import type { State } from "../state.ts";
import { changedTables } from "./changed-tables.ts";
import { compareRows, type RowsFate } from "./compare-rows.ts";
import { CannotFill } from "./insert-plan.ts";
import { insertQuery } from "./insert-query.ts";
import { readShapes } from "./read-shapes.ts";
import { evenIfRefused } from "./row-by-row.ts";
import { readRows } from "./row-snapshot.ts";
import type { TableShape } from "./table-shape.ts";

/** Rows that a new release writes to a table. */
const WRITTEN_ROWS = 10;
/** Far from the rows that are there. */
const OFFSET = 5000;
/** Other rows than those that are there. */
const SEED = 2;

export interface NewRelease {
  readonly session: Session;
  /** Before up. */
  readonly before: State;
  /** After up: what the database holds. */
  readonly after: State;
  /** What the down makes of the rows without these. */
  readonly usual: () => readonly RowsFate[];
  /** Runs the down again. */
  readonly runDown: () => Promise<ScriptOutcome>;
}

/**
 * Writes rows as a new release would after the up, into the tables that take other rows since, and
 * tells what the down makes of them. Undefined where there are no such tables: the database is as it
 * was. Otherwise the down was run.
 */
export async function tryNewRelease(release: NewRelease): Promise<readonly Caution[] | undefined> {
  const { session, after } = release;
  const tables = await tablesToWrite(release);
  if (tables.length === 0) return undefined;
  const { failure } = await session.send(
    tables.flatMap(writeQuery),
    session.context.clock.forScript(),
  );
  if (!session.alive) return [];
  await session.reset();
  // A transaction that a trigger holds up says nothing about the down.
  if (failure !== undefined) return undefined;
  const written = await readRows(session.database, after.rows);
  const { error } = await release.runDown();
  if (error !== undefined) return [{ step: "down", on: "new release", error, rows: [] }];
  const left = await readRows(session.database, written);
  const usual = new Map(release.usual().map((fate) => [fate.match.before.oid, fate]));
  const oids = new Set(tables.map(({ oid }) => oid));
  const rows = compareRows(written, left)
    .filter(({ match }) => match.after !== undefined && oids.has(match.before.oid))
    .flatMap((fate) => lostBesides(fate, usual.get(fate.match.before.oid)));
  return rows.length === 0 ? [] : [{ step: "down", on: "new release", rows }];
}

/** Tables that were there before, hold rows and take others since. */
async function tablesToWrite({ session, before, after }: NewRelease): Promise<TableShape[]> {
  const isChanged = changedTables(before.catalog, after.catalog);
  const tables = [...after.rows.tables.values()].filter(
    ({ oid, schema, name }) => before.rows.tables.has(oid) && isChanged(schema, name),
  );
  if (tables.length === 0) return [];
  const oids = new Set(tables.map(({ oid }) => oid));
  return (await readShapes(session.database)).filter(({ oid }) => oids.has(oid));
}

function writeQuery(table: TableShape): string[] {
  const recipe = { variety: "varied", seed: SEED, rows: WRITTEN_ROWS, offset: OFFSET } as const;
  try {
    return [evenIfRefused(insertQuery({ table, later: new Set(), recipe }))];
  } catch (error) {
    if (error instanceof CannotFill) return [];
    throw error;
  }
}

/** What a down does not keep of a table's rows, besides what it does not keep in any case. */
function lostBesides(fate: RowsFate, usual: RowsFate | undefined): TableRows[] {
  const lost = fate.lost - (usual?.lost ?? 0);
  const { columns } = fate.match.before;
  const changed = [...fate.changed]
    .filter(([place, times]) => times > timesChanged(columns[place]?.name, usual))
    .map(([place]) => columns[place]?.name ?? "");
  if (lost <= 0 && changed.length === 0) return [];
  const examples = fate.examples.filter((key) => !usual?.examples.includes(key));
  return [
    {
      table: displayName(fate.match.before),
      before: fate.before,
      after: fate.after,
      ...(lost > 0 ? { lost } : {}),
      ...(changed.length > 0 ? { changedColumns: changed } : {}),
      ...(examples.length > 0 ? { examples } : {}),
    },
  ];
}

function timesChanged(column: string | undefined, fate: RowsFate | undefined): number {
  const place = fate?.match.before.columns.findIndex(({ name }) => name === column) ?? -1;
  return fate?.changed.get(place) ?? 0;
}
