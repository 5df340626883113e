import { UserError } from "../core/user-error.ts";
import type { Database, Engine } from "../verify/database.ts";
import type { ServerBinaries } from "./postgres-binaries.ts";
import { SnapshotStore, type Snapshot, type StoreOptions } from "./snapshot-store.ts";

export interface ServerEngineOptions {
  readonly binaries: ServerBinaries;
  /** Where databases are kept for later runs; absent: nowhere. */
  readonly snapshots?: Omit<StoreOptions, "engine"> | undefined;
  /** Everything that decides about a server that holds nothing yet. */
  readonly identity: () => string;
  readonly start: (how: ServerStart) => Promise<Database>;
}

/** What one server is started with. */
export interface ServerStart {
  readonly snapshots: SnapshotStore | undefined;
  /** What its data directory is made from; absent: it holds nothing yet. */
  readonly from: Snapshot | undefined;
  readonly unwanted: AbortSignal | undefined;
}

/** An engine that starts a server of this machine for every database, on what was kept where there is some. */
export function serverEngine(options: ServerEngineOptions): Engine {
  const { binaries, start, identity, snapshots: kept } = options;
  let opened: SnapshotStore | undefined;
  const store = (): SnapshotStore | undefined => {
    if (kept === undefined) return undefined;
    return (opened ??= new SnapshotStore({ ...kept, engine: identity() }));
  };
  return {
    async open(unwanted, keys): Promise<Database> {
      try {
        const snapshots = store();
        // Before it is known what is asked for, it is most probably what was asked for last.
        const from = keys === undefined ? snapshots?.latest() : snapshots?.find(keys);
        const database =
          from && (await start({ snapshots, from, unwanted }).catch(() => undefined));
        if (database !== undefined) return database;
        // Damaged, or of another machine's making: it is built again.
        if (from !== undefined && unwanted?.aborted !== true) snapshots?.remove(from);
        return await start({ snapshots, from: undefined, unwanted });
      } catch (error) {
        const reason = error instanceof Error ? error.message : String(error);
        throw new UserError(`PostgreSQL ${binaries.major} could not be started: ${reason}`, {
          hint: `The programs are in ${binaries.bin}. \`--engine pglite\` needs no server.`,
          exitCode: 3,
        });
      }
    },
    holds: (keys) => store()?.find(keys) !== undefined,
  };
}
