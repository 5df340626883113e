import { LOCK_MODES, type LockMode } from "../../core/lock.ts";
import type { ObjectName } from "../../core/name.ts";
import type { Database } from "../database.ts";

/** A relation that the open transaction has locked. */
export interface LockedRelation {
  readonly modes: readonly LockMode[];
  /** Null once it was dropped, and where it has no storage. */
  readonly filenode: string | null;
  /** Of an index: its name, and the oid of its table. */
  readonly index?: { readonly name: ObjectName; readonly table: string };
  /** Rows that were read one after the other. */
  readonly read: number;
  readonly changed: RowChanges;
}

/** How many rows were changed, each time counted. */
export interface RowChanges {
  readonly inserted: number;
  readonly updated: number;
  readonly deleted: number;
}

/** What the open transaction holds and did so far. */
export interface Look {
  /** By oid. */
  readonly relations: ReadonlyMap<string, LockedRelation>;
  /** Bytes of the write-ahead log since the cluster was made. */
  readonly wal: number;
}

function countersOf(oid: string): string {
  const count = (what: string): string => `pg_catalog.pg_stat_get_xact_tuples_${what}(${oid})`;
  return ["returned", "inserted", "updated", "deleted"]
    .map((what) => `${count(what)}::text`)
    .join(", ");
}

// Outer joins: a table that the transaction dropped is no longer in pg_class and still locked. Whatever
// a transaction read or changed it has locked too.
const LOOK = `SELECT l.relation::text, l.mode, pg_catalog.pg_relation_filenode(l.relation)::text, i.indrelid::text, n.nspname::text, c.relname::text,
${countersOf("l.relation")}
FROM pg_catalog.pg_locks l
LEFT JOIN pg_catalog.pg_class c ON c.oid = l.relation LEFT JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
LEFT JOIN pg_catalog.pg_index i ON i.indexrelid = l.relation
WHERE l.pid = pg_catalog.pg_backend_pid() AND l.granted AND l.locktype = 'relation' AND l.relation >= 16384
UNION ALL SELECT NULL, NULL, NULL, NULL, NULL, NULL, pg_catalog.pg_wal_lsn_diff(pg_catalog.pg_current_wal_insert_lsn(), '0/0')::text, NULL, NULL, NULL`;

// The counters still hold what earlier transactions did, until the server finds the time to pass it on.
const FIRST_LOOK = `${LOOK}
UNION ALL SELECT c.oid::text, NULL, NULL, NULL, NULL, NULL, ${countersOf("c.oid")}
FROM pg_catalog.pg_class c WHERE c.oid >= 16384 AND c.relkind IN ('r', 'm')`;

/** Looks at the open transaction, from its own session; for the first time also at what it did not lock. */
export async function look(database: Database, isFirst = false): Promise<Look> {
  const relations = new Map<string, LockedRelation & { readonly modes: LockMode[] }>();
  let wal = 0;
  for (const [oid, lock, filenode, table, schema, name, read, ...counts] of await database.query(
    isFirst ? FIRST_LOOK : LOOK,
  )) {
    if (typeof oid !== "string") {
      wal = Number(read);
      continue;
    }
    const mode = modeOf(lock ?? "");
    const relation = relations.get(oid) ?? {
      modes: [],
      filenode: filenode ?? null,
      ...indexOf(table, schema, name),
      read: Number(read),
      changed: changesOf(counts),
    };
    if (mode !== undefined) relation.modes.push(mode);
    relations.set(oid, relation);
  }
  return { relations, wal };
}

function changesOf(counts: readonly (string | null)[]): RowChanges {
  const [inserted = 0, updated = 0, deleted = 0] = counts.map(Number);
  return { inserted, updated, deleted };
}

function indexOf(
  table: string | null | undefined,
  schema: string | null | undefined,
  name: string | null | undefined,
): Pick<LockedRelation, "index"> {
  if (typeof table !== "string") return {};
  return { index: { table, name: { schema: schema ?? "", name: name ?? "" } } };
}

/** `AccessExclusiveLock` is ACCESS EXCLUSIVE. */
export function modeOf(lock: string): LockMode | undefined {
  const words = lock
    .replace(/Lock$/, "")
    .replaceAll(/(?<=[a-z])(?=[A-Z])/g, " ")
    .toUpperCase();
  return LOCK_MODES.find((mode) => mode === words);
}
