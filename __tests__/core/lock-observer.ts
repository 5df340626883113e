import type { ThrowawayDatabase } from "../../scripts/throwaway-database.ts";
import { isStronger, LOCK_MODES, type LockMode } from "../../src/core/lock.ts";

/** What one statement was seen to do to one table. */
export interface Observed {
  readonly mode: LockMode;
  readonly scans: boolean;
  readonly rewrites: boolean;
}

interface TableState {
  readonly name: string;
  readonly file: string;
  readonly scans: number;
}

/** Tables and materialized views by oid: a statement may rename or drop them. */
const TABLES = `
  select c.oid::text, n.nspname || '.' || c.relname, coalesce(pg_relation_filenode(c.oid), 0)::text,
    coalesce(pg_stat_get_xact_numscans(c.oid), 0)::text
  from pg_class c join pg_namespace n on n.oid = c.relnamespace
  where c.relkind in ('r', 'p', 'm') and n.nspname in ('public', 'other')`;

const LOCKS = `
  select relation::text, mode from pg_locks
  where pid = pg_backend_pid() and granted and locktype = 'relation'`;

/** Runs statements in a transaction that is rolled back, and tells what the last one locked, read and rewrote. */
export async function observe(
  database: ThrowawayDatabase,
  statement: string,
): Promise<ReadonlyMap<string, Observed>> {
  await database.run("begin");
  try {
    const before = await tableStates(database);
    await database.run(statement);
    const after = await tableStates(database);
    const modes = new Map<string, LockMode>();
    for (const [oid, mode] of await database.query(LOCKS)) {
      const known = modes.get(String(oid));
      const seen = modeOf(String(mode));
      if (known === undefined || isStronger(seen, known)) modes.set(String(oid), seen);
    }
    const observed = new Map<string, Observed>();
    for (const [oid, { name, file, scans }] of before) {
      const now = after.get(oid);
      const mode = modes.get(oid);
      if (mode === undefined) continue;
      observed.set(name, {
        mode,
        scans: now !== undefined && now.scans > scans,
        rewrites: now !== undefined && now.file !== file,
      });
    }
    return observed;
  } finally {
    await database.run("rollback");
  }
}

async function tableStates(database: ThrowawayDatabase): Promise<Map<string, TableState>> {
  const rows = await database.query(TABLES);
  return new Map(
    rows.map(([oid, name, file, scans]) => [
      String(oid),
      { name: String(name), file: String(file), scans: Number(scans) },
    ]),
  );
}

/** `AccessExclusiveLock` is `ACCESS EXCLUSIVE`. */
function modeOf(name: string): LockMode {
  const words = name.replace(/Lock$/, "").replaceAll(/(?<=[a-z])(?=[A-Z])/g, " ");
  const mode = LOCK_MODES.find((each) => each === words.toUpperCase());
  if (mode === undefined) throw new Error(`a lock mode that is not known: ${name}`);
  return mode;
}
