import { readCatalog, type Catalog } from "./catalog.ts";
import { difference } from "./difference.ts";
import { compareRows, isUntouched } from "./rows/compare-rows.ts";
import { readRows, type RowSnapshot } from "./rows/row-snapshot.ts";
import type { Session } from "./session.ts";

/** What a database holds at one moment: its schema and its rows. */
export interface State {
  readonly catalog: Catalog;
  readonly rows: RowSnapshot;
}

/** Reads both. Rows that are as in an earlier state are taken from there. */
export async function readState(session: Session, known?: State): Promise<State> {
  return {
    catalog: await readSchema(session),
    rows: await readRows(session.database, known?.rows),
  };
}

/** Reads the schema; what was made for the run itself is left out. */
export async function readSchema(session: Session): Promise<Catalog> {
  const made = [...session.context.provisions.made.values()];
  const roles = new Set(made.filter(({ kind }) => kind === "role").map(({ name }) => name));
  const catalog = await readCatalog(session.database);
  return catalog.filter(({ kind, name }) => kind !== "role" || !roles.has(name));
}

/** Neither the schema, names and order included, nor any row differs. */
export function isSameState(before: State, after: State): boolean {
  return (
    difference(before.catalog, after.catalog).length === 0 &&
    compareRows(before.rows, after.rows).every(isUntouched)
  );
}
