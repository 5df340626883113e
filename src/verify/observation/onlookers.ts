import type { Database, OtherSession } from "../database.ts";

/** How long another session waits for a lock before it counts as blocked. */
export const PATIENCE_MS = 2;

/** Nothing that a migration sets for new sessions is to change what these do. */
const CALM = `SET search_path = pg_catalog; SET lock_timeout = '${PATIENCE_MS}ms'; SET statement_timeout = '2s'`;

/** Two sessions beside the one of the migrations: one reads and stays, one tries what applications do. */
export interface Onlookers {
  readonly reader: OtherSession;
  readonly prober: OtherSession;
  /** The server's process of the migrations' session. */
  readonly watched: string;
}

/** Opens both. Undefined where the engine has one session only, or none more can be opened. */
export async function openOnlookers(database: Database): Promise<Onlookers | undefined> {
  const [reader, prober] = await Promise.all([database.connect?.(), database.connect?.()]);
  if (reader === undefined || prober === undefined) return undefined;
  await Promise.all([reader.ask(CALM), prober.ask(CALM)]);
  const [row] = await database.query("SELECT pg_catalog.pg_backend_pid()::text");
  return { reader, prober, watched: row?.[0] ?? "" };
}
