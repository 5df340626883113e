import { isStronger, LOCK_MODES, type LockMode } from "../core/lock.ts";
import { displayName } from "../core/name.ts";
import type { ObservedLock } from "../core/verification.ts";
import type { Database } from "./database.ts";

/** What one statement was seen to do while its transaction was open. */
export interface Observation {
  readonly locks: readonly ObservedLock[];
  readonly rewrites: readonly string[];
}

interface Relation {
  readonly name: string;
  readonly isIndex: boolean;
  /** Names its file on disk: another one means that its storage was written anew. */
  filenode: string | null;
  /** The strongest mode held in the open transaction. */
  held?: LockMode;
}

const RELATIONS = `SELECT c.oid::text, n.nspname::text, c.relname::text, c.relkind IN ('i', 'I'), pg_catalog.pg_relation_filenode(c.oid)::text
FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
WHERE c.oid >= 16384 AND c.relkind IN ('r', 'p', 'm', 'f', 'i', 'I') AND n.nspname !~ '^pg_'`;

// Without a join: a table that the transaction dropped is no longer in pg_class and still locked.
const LOCKS = `SELECT l.relation::text, l.mode, pg_catalog.pg_relation_filenode(l.relation)::text
FROM pg_catalog.pg_locks l
WHERE l.pid = pg_catalog.pg_backend_pid() AND l.granted AND l.locktype = 'relation' AND l.relation >= 16384`;

/**
 * Sees which locks each statement of a migration takes on what was there before the migration, and
 * what it rewrites: from the same session, within the statement's transaction.
 * https://www.postgresql.org/docs/current/view-pg-locks.html
 */
export class LockObserver {
  readonly #database: Database;
  /** By oid: a name can change. Absent before the first transaction. */
  #relations: Map<string, Relation> | undefined;

  constructor(database: Database) {
    this.#database = database;
  }

  /** Before a transaction begins. What the migration itself made since the first one is not looked at. */
  async beforeTransaction(): Promise<void> {
    const known = this.#relations;
    const now = new Map<string, Relation>();
    for (const [oid, schema, name, isIndex, filenode] of await this.#database.query(RELATIONS)) {
      if (typeof oid !== "string" || (known !== undefined && !known.has(oid))) continue;
      now.set(oid, {
        name: displayName({ schema: schema ?? "", name: name ?? "" }),
        isIndex: isIndex === "t",
        filenode: filenode ?? null,
      });
    }
    this.#relations = now;
  }

  /** After a statement, its transaction still open. TRUNCATE changes files too and rewrites nothing. */
  async afterStatement(truncates: boolean): Promise<Observation> {
    const taken = new Map<Relation, LockMode>();
    const rewrites = new Set<string>();
    for (const [oid, lock, filenode] of await this.#database.query(LOCKS)) {
      const relation = this.#relations?.get(oid ?? "");
      const mode = modeOf(lock ?? "");
      if (relation === undefined || mode === undefined) continue;
      if (relation.held === undefined || isStronger(mode, relation.held)) {
        relation.held = mode;
        taken.set(relation, mode);
      }
      // A dropped relation has no file.
      if (typeof filenode === "string" && filenode !== relation.filenode) {
        if (!truncates) rewrites.add(relation.name);
        relation.filenode = filenode;
      }
    }
    return {
      locks: [...taken]
        .filter(([{ isIndex }, mode]) => !isIndex || isStronger(mode, "ROW EXCLUSIVE"))
        .map(([{ name }, mode]) => ({ object: name, mode }))
        .toSorted((a, b) => (a.object < b.object ? -1 : 1)),
      rewrites: [...rewrites].toSorted(),
    };
  }
}

/** `AccessExclusiveLock` is ACCESS EXCLUSIVE. */
function modeOf(lock: string): LockMode | undefined {
  const words = lock
    .replace(/Lock$/, "")
    .replaceAll(/(?<=[a-z])(?=[A-Z])/g, " ")
    .toUpperCase();
  return LOCK_MODES.find((mode) => mode === words);
}
