import { isStronger, type LockMode } from "../../core/lock.ts";
import { displayName, type ObjectName } from "../../core/name.ts";
import type { Observation, ObservedLock, TableScan, Waiting } from "../../core/observation.ts";
import type { Database } from "../database.ts";
import { look, modeOf, type Look, type RowChanges } from "./look.ts";
import { interruptBehindReader, runBehindReader, type BehindReader } from "./open-reader.ts";
import type { Onlookers } from "./onlookers.ts";
import { tryTables } from "./prober.ts";
import {
  changedStorage,
  filesOf,
  readRelations,
  type Relation,
  type StorageChange,
} from "./relations.ts";
import { relationsToRead } from "./tables-to-read.ts";

/** Tables of a script behind whose reader the queue is looked at. */
const MOST_QUEUES = 4;
/** Statements of a script that are seen only while they wait for a reader. */
const MOST_ALONE = 40;

/** What was seen of a statement, and whose rows it changed, by the table's oid. */
export interface Seen {
  readonly observation: Observation;
  /** Absent where nobody counted. */
  readonly changes?: ReadonlyMap<string, RowChanges>;
}

/** What a statement did to its end, and what was seen behind a reader that it waited for. */
export interface Watched<T> {
  readonly result: T;
  readonly seen?: BehindReader;
}

/**
 * Sees what each statement of a migration does to what was there before the migration: from the
 * same session, within the statement's transaction, and from further sessions where there are some.
 * https://www.postgresql.org/docs/current/view-pg-locks.html
 */
export class LockObserver {
  readonly #database: Database;
  readonly #onlookers: Onlookers | undefined;
  /** What was there before the migration, as it is now; absent before the first transaction. */
  #relations: Map<string, Relation> | undefined;
  /** Every file that was seen so far. */
  #files = new Set<string | null>();
  /** The strongest mode that the open transaction holds, by oid. */
  #held = new Map<string, LockMode>();
  /** As it was before the next statement; absent: not known. */
  #before: Look | undefined;
  /** Tables behind whose reader the queue was seen. */
  readonly #queued = new Set<string>();
  /** Statements that were run alone behind a reader. */
  #alone = 0;
  #reads = true;

  constructor(database: Database, onlookers?: Onlookers) {
    this.#database = database;
    this.#onlookers = onlookers;
  }

  /** Before a transaction begins. What the migration itself made since the first one is not looked at. */
  async beforeTransaction(): Promise<void> {
    const known = this.#relations;
    const all = await readRelations(this.#database);
    this.#relations =
      known === undefined ? all : new Map([...all].filter(([oid]) => known.has(oid)));
    this.#files = filesOf(all);
    this.#held = new Map();
    this.#before = undefined;
  }

  /** After statements that were not watched: what they did is not the next one's. */
  forget(): void {
    this.#before = undefined;
  }

  /** From now on nobody reads beside the migration: it was in the way. */
  stopReading(): void {
    this.#reads = false;
  }

  /**
   * Runs a statement of an open transaction behind a reader of the relations that it may have to wait
   * for: the first statement on each, because the next ones hold their lock already.
   */
  async run<T>(names: readonly ObjectName[], send: () => Promise<T>): Promise<Watched<T>> {
    this.#before ??= await look(this.#database, true);
    const tables = (await this.#tablesToRead(names)).filter((oid) => !this.#queued.has(oid));
    const fresh = tables.slice(0, Math.max(0, MOST_QUEUES - this.#queued.size));
    const watched = await this.#behindReader(fresh, send);
    if (watched.seen !== undefined) for (const oid of fresh) this.#queued.add(oid);
    return watched;
  }

  async #behindReader<T>(tables: readonly string[], send: () => Promise<T>): Promise<Watched<T>> {
    return this.#onlookers === undefined || tables.length === 0
      ? { result: await send() }
      : runBehindReader(this.#onlookers, tables, send);
  }

  /** After a statement, its transaction still open. TRUNCATE changes files too and rewrites nothing. */
  async afterStatement(truncates: boolean, seen?: BehindReader): Promise<Seen> {
    const before = this.#before;
    const after = await look(this.#database);
    this.#before = carriedOver(before, after);
    const taken = this.#takenLocks(after);
    const storage = this.#changedStorage(after);
    const waiting = await this.#waiting(taken);
    const changes = before === undefined ? undefined : changesBetween(before, after);
    return {
      ...(changes === undefined ? {} : { changes }),
      observation: {
        locks: this.#named(taken),
        rewrites: truncates ? [] : storage.rewrites,
        indexBuilds: truncates ? [] : storage.indexBuilds,
        ...(before === undefined || changes === undefined
          ? {}
          : { ...this.#counted(before, after), rowsChanged: sumOf(changes) }),
        ...(waiting === undefined ? {} : { waiting }),
        ...(seen === undefined ? {} : { queue: seen.waiting }),
      },
    };
  }

  /**
   * Runs a statement that takes care of its transactions itself, as CONCURRENTLY does: its locks show
   * while it waits for a reader. `observation` is absent where it did not wait.
   */
  async runAlone<T>(
    names: readonly ObjectName[],
    send: () => Promise<T>,
  ): Promise<Watched<T> & { readonly observation?: Observation }> {
    await this.beforeTransaction();
    const relations = this.#relations ?? new Map<string, Relation>();
    const files = this.#files;
    const { wal } = await look(this.#database);
    // What is known of its tables already says nothing of how this one is locked.
    const tables = this.#alone < MOST_ALONE ? await this.#tablesToRead(names) : [];
    if (tables.length > 0) this.#alone += 1;
    const watched = await this.#behindReader(tables, send);
    this.#before = undefined;
    const { seen } = watched;
    if (seen === undefined || !this.#database.alive) return watched;
    const after = await look(this.#database);
    const taken = new Map<string, LockMode>();
    for (const [oid, lock] of seen.locks) add(taken, oid, modeOf(lock));
    return {
      ...watched,
      observation: {
        ...changedStorage(relations, await readRelations(this.#database), files),
        locks: this.#named(taken),
        walBytes: after.wal - wal,
        ...(seen.isQueue ? { queue: seen.waiting } : { waiting: seen.waiting }),
        waitsForReaders: true,
      },
    };
  }

  /** Ends a statement that runs in no transaction in the middle. `send` tells whether it failed; false: it could not be ended. */
  async interrupt(names: readonly ObjectName[], send: () => Promise<boolean>): Promise<boolean> {
    await this.beforeTransaction();
    const tables = await this.#tablesToRead(names);
    if (this.#onlookers === undefined || tables.length === 0) return false;
    return interruptBehindReader(this.#onlookers, tables, send);
  }

  async #tablesToRead(names: readonly ObjectName[]): Promise<string[]> {
    if (this.#onlookers === undefined || !this.#reads || names.length === 0) return [];
    const tables = (await relationsToRead(this.#database, names)).flatMap((oid) => {
      const relation = this.#relations?.get(oid);
      return relation === undefined ? [] : (relation.table ?? oid);
    });
    return [...new Set(tables.filter((oid) => this.#held.get(oid) !== "ACCESS EXCLUSIVE"))];
  }

  /** Modes that are new or stronger, of what was there before the migration. */
  #takenLocks(now: Look): Map<string, LockMode> {
    const taken = new Map<string, LockMode>();
    for (const [oid, { modes }] of now.relations) {
      for (const mode of modes) {
        const held = this.#held.get(oid);
        if (held !== undefined && !isStronger(mode, held)) continue;
        this.#held.set(oid, mode);
        taken.set(oid, mode);
      }
    }
    return taken;
  }

  #changedStorage(now: Look): StorageChange {
    const known = this.#relations ?? new Map<string, Relation>();
    const after = new Map<string, Relation>();
    for (const [oid, { filenode, index }] of now.relations) {
      const was = known.get(oid);
      if (was !== undefined) after.set(oid, { ...was, filenode });
      else if (index !== undefined) {
        const { name, table } = index;
        after.set(oid, { name: displayName(name), isIndex: true, table, filenode });
      }
    }
    const changed = changedStorage(known, after, this.#files);
    // What was seen once is not the next statement's.
    for (const file of filesOf(after)) this.#files.add(file);
    return changed;
  }

  #counted(before: Look, after: Look): Pick<Observation, "scans" | "walBytes"> {
    const scans: TableScan[] = [];
    for (const [oid, { read }] of after.relations) {
      const was = before.relations.get(oid);
      const relation = this.#relations?.get(oid);
      const rows = read - (was?.read ?? 0);
      if (relation !== undefined && !relation.isIndex && rows > 0) {
        scans.push({ table: relation.name, rows });
      }
    }
    return { scans, walBytes: after.wal - before.wal };
  }

  /** What waits behind what was locked just now. Of an index its table is tried. */
  async #waiting(taken: ReadonlyMap<string, LockMode>): Promise<Waiting[] | undefined> {
    if (this.#onlookers === undefined) return undefined;
    const tables = new Set<string>();
    for (const [oid, mode] of taken) {
      const relation = this.#relations?.get(oid);
      if (relation === undefined || !isStronger(mode, "ROW EXCLUSIVE")) continue;
      tables.add(relation.table ?? oid);
    }
    return tryTables(this.#onlookers.prober, [...tables]);
  }

  /** Of indexes only locks that keep others from something. */
  #named(taken: ReadonlyMap<string, LockMode>): ObservedLock[] {
    return [...taken]
      .flatMap(([oid, mode]): ObservedLock[] => {
        const relation = this.#relations?.get(oid);
        if (relation === undefined) return [];
        return relation.isIndex && !isStronger(mode, "ROW EXCLUSIVE")
          ? []
          : [{ object: relation.name, mode, ...(relation.isIndex ? { index: true } : {}) }];
      })
      .toSorted((a, b) => (a.object < b.object ? -1 : 1));
  }
}

/** Counts of relations that a later look no longer shows, or does not show yet, stay as they were. */
function carriedOver(before: Look | undefined, after: Look): Look {
  return { ...after, relations: new Map([...(before?.relations ?? []), ...after.relations]) };
}

/** Whose rows were changed from one look to the next, and how often. */
function changesBetween(before: Look, after: Look): Map<string, RowChanges> {
  const changes = new Map<string, RowChanges>();
  for (const [oid, { changed, index }] of after.relations) {
    const was = before.relations.get(oid)?.changed ?? NONE;
    const since = (what: keyof RowChanges): number => Math.max(0, changed[what] - was[what]);
    const own = {
      inserted: since("inserted"),
      updated: since("updated"),
      deleted: since("deleted"),
    };
    if (index === undefined && own.inserted + own.updated + own.deleted > 0) changes.set(oid, own);
  }
  return changes;
}

const NONE: RowChanges = { inserted: 0, updated: 0, deleted: 0 };

function sumOf(changes: ReadonlyMap<string, RowChanges>): number {
  return [...changes.values()].reduce(
    (sum, { inserted, updated, deleted }) => sum + inserted + updated + deleted,
    0,
  );
}

function add(modes: Map<string, LockMode>, oid: string, mode: LockMode | undefined): void {
  const known = modes.get(oid);
  if (mode !== undefined && (known === undefined || isStronger(mode, known))) modes.set(oid, mode);
}
