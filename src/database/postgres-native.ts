import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

import type { Database, Engine, KeptState } from "../verify/database.ts";
import { archiveData, unpackSnapshot } from "./data-archive.ts";
import { DiskWatch } from "./disk-watch.ts";
import { isolationLimits, isolationOf } from "./isolation-limits.ts";
import { removeAbandonedFolders } from "./own-folder.ts";
import type { ServerBinaries } from "./postgres-binaries.ts";
import {
  CHECKPOINT,
  CLUSTER,
  clusterIdentity,
  creationOfRole,
  makeCluster,
  NO_SUPERUSER,
} from "./postgres-cluster.ts";
import { PostgresDatabase, type DatabaseHost } from "./postgres-database.ts";
import { PostgresServer } from "./postgres-server.ts";
import { commandOnce, PostgresSession, type Login } from "./postgres-session.ts";
import type { ProgramPlace } from "./programs/local-program.ts";
import { otherVersion } from "./production-version.ts";
import { findSandbox, type Sandbox, type Tenant } from "./sandbox.ts";
import { serverEngine, type ServerStart } from "./server-engine.ts";
import {
  makeSurroundings,
  refuseLongPath,
  type SandboxedSurroundings,
  type Surroundings,
} from "./server-surroundings.ts";
import { serverUser } from "./server-user.ts";
import type { Snapshot, SnapshotStore, StoreOptions } from "./snapshot-store.ts";

export interface NativeOptions {
  readonly binaries: ServerBinaries;
  /** Extensions that the superuser may make before any migration runs. */
  readonly extensions?: readonly string[];
  /** Major versions that production runs; empty: not known. */
  readonly production?: readonly number[];
  /** Folder in which the server's own is made; by default in memory, where there is room. */
  readonly storage?: string;
  /** Folders, as PATH has them, in which what makes a sandbox is looked for; by default the system's. */
  readonly sandboxPath?: string;
  /** Where databases are kept for later runs; absent: nowhere. */
  readonly snapshots?: Omit<StoreOptions, "engine">;
  /** What the server's files may hold together, in bytes. */
  readonly mostDiskBytes?: number;
  /** How long a server may take to end before it is killed, in ms; by default half a minute. */
  readonly patienceMs?: number;
}

export const MOST_DISK_BYTES = 4 * 1024 ** 3;

/** A server of this machine's own binaries for every database: started for it, and gone with it. */
export function nativeEngine({
  binaries,
  extensions = [],
  production = [],
  storage,
  sandboxPath,
  mostDiskBytes = MOST_DISK_BYTES,
  patienceMs,
  snapshots,
}: NativeOptions): Engine {
  return serverEngine({
    binaries,
    snapshots,
    identity: () => clusterIdentity(binaries, serverUser()),
    start: (how) => {
      const options = { extensions, production, sandboxPath, mostDiskBytes, patienceMs, ...how };
      const surroundings = makeSurroundings(binaries, storage);
      refuseLongPath(surroundings);
      return open(surroundings, options);
    },
  });
}

interface OpenOptions
  extends ServerStart, Required<Pick<NativeOptions, "extensions" | "production">> {
  readonly sandboxPath: string | undefined;
  readonly mostDiskBytes: number;
  readonly patienceMs: number | undefined;
}

async function open(surroundings: Surroundings, options: OpenOptions): Promise<Database> {
  const { from, unwanted } = options;
  const startedAt = performance.now();
  // Before everything that takes time: it removes the folder, whatever becomes of this program.
  const server = new PostgresServer(surroundings, options.patienceMs);
  const swept = Promise.all(
    [...new Set([surroundings.storage, tmpdir()])].map((folder) =>
      removeAbandonedFolders(folder, surroundings.user),
    ),
  );
  try {
    const finding = findSandbox(tenantOf(surroundings), options.sandboxPath);
    let kept: Promise<void> | undefined;
    if (from === undefined) {
      ({ kept } = await makeCluster({ ...surroundings, unwanted }, finding, options.extensions));
    }
    const sandbox = await finding;
    const sandboxed = { ...surroundings, sandbox, unwanted };
    if (from !== undefined) await unpackSnapshot(from, sandboxed);
    await server.start(sandbox);
    const login = loginTo(surroundings, CLUSTER.migrations, CLUSTER.database);
    const session = await PostgresSession.open(login);
    const version = await session.version();
    const limits = [...limitsOf(sandbox), ...otherVersion(version, options.production)];
    await swept;
    const disk = new DiskWatch(surroundings.data, options.mostDiskBytes, () => server.stop());
    const startMs = Math.round(performance.now() - startedAt);
    const engine = { name: "postgres", version, limits, startMs, ...isolationOf(sandbox) } as const;
    if (from !== undefined) options.snapshots?.touch(from);
    return new PostgresDatabase(engine, session, {
      ...keepingOf(sandboxed, options.snapshots, from),
      remove: async () => {
        disk.end();
        await kept;
        await server.stop();
      },
      createRole: (name) => createRole(surroundings, name),
      connect: () => PostgresSession.open(login),
      endedBecause: () => disk.exceeded,
      launch: async (program) => {
        const { launchProgram } = await import("./programs/local-program.ts");
        return launchProgram(program, placeOf(login, surroundings, options.sandboxPath));
      },
    });
  } catch (error) {
    await server.stop();
    await swept;
    throw error;
  }
}

/** What the database came from, and how it is kept for later ones. */
function keepingOf(
  surroundings: SandboxedSurroundings,
  snapshots: SnapshotStore | undefined,
  from: Snapshot | undefined,
): Pick<DatabaseHost, "kept" | "keep"> {
  const kept = from?.state;
  if (snapshots?.writes !== true) return { kept };
  const keep = (state: KeptState): Promise<void> =>
    snapshots.keep(state, async (write) => {
      const login = loginTo(surroundings, CLUSTER.tracer, CLUSTER.tracerDatabase);
      await commandOnce(login, CHECKPOINT);
      await archiveData(surroundings, write);
    });
  return { kept, keep };
}

function loginTo({ folder }: Surroundings, user: string, database: string): Login {
  return { host: folder, port: 5432, user, database, ssl: false };
}

function placeOf(
  { host, port, user, database }: Login,
  surroundings: Surroundings,
  sandboxPath: string | undefined,
): ProgramPlace {
  return {
    host,
    port,
    database,
    role: user,
    user: surroundings.user,
    ...(sandboxPath === undefined ? {} : { sandboxPath }),
  };
}

async function createRole(surroundings: Surroundings, name: string): Promise<boolean> {
  const login = loginTo(surroundings, CLUSTER.tracer, CLUSTER.tracerDatabase);
  await commandOnce(login, creationOfRole(name));
  return true;
}

/** The server as a sandbox sees it. It may read its own programs and libraries, where they are not the system's. */
function tenantOf({ binaries, folder, user, environment }: Surroundings): Tenant {
  const program = join(binaries.bin, "postgres");
  const reads = [binaries.package ?? dirname(binaries.bin)];
  return { program, reads, writes: folder, user, environment };
}

function limitsOf(sandbox: Sandbox): string[] {
  return [
    NO_SUPERUSER,
    ...isolationLimits(
      sandbox,
      "only PostgreSQL's own privileges keep SQL from files, programs and the network",
    ),
  ];
}
