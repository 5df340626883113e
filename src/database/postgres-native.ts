import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

import { UserError } from "../core/user-error.ts";
import type { Database, Engine } from "../verify/database.ts";
import { DiskWatch } from "./disk-watch.ts";
import { isolationLimits, isolationOf } from "./isolation-limits.ts";
import { removeAbandonedFolders } from "./own-folder.ts";
import type { ServerBinaries } from "./postgres-binaries.ts";
import { CLUSTER, makeCluster } from "./postgres-cluster.ts";
import { PostgresDatabase } from "./postgres-database.ts";
import { PostgresServer } from "./postgres-server.ts";
import { PostgresSession, type Login } from "./postgres-session.ts";
import type { ProgramPlace } from "./programs/local-program.ts";
import { otherVersion } from "./production-version.ts";
import { findSandbox, type Sandbox, type Tenant } from "./sandbox.ts";
import { makeSurroundings, type Surroundings } from "./server-surroundings.ts";

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
  /** What the server's files may hold together, in bytes. */
  readonly mostDiskBytes?: number;
}

const MOST_DISK_BYTES = 4 * 1024 ** 3;

/** A server of this machine's own binaries for every database: started for it, and gone with it. */
export function nativeEngine({
  binaries,
  extensions = [],
  production = [],
  storage,
  sandboxPath,
  mostDiskBytes = MOST_DISK_BYTES,
}: NativeOptions): Engine {
  return {
    async open(): Promise<Database> {
      try {
        return await open(makeSurroundings(binaries, storage), {
          extensions,
          production,
          sandboxPath,
          mostDiskBytes,
        });
      } catch (error) {
        const reason = error instanceof Error ? error.message : String(error);
        throw new UserError(`PostgreSQL ${binaries.major} could not be started: ${reason}`, {
          hint: `The programs are in ${binaries.bin}. \`--engine pglite\` needs no server.`,
          exitCode: 3,
        });
      }
    },
  };
}

interface OpenOptions extends Required<Pick<NativeOptions, "extensions" | "production">> {
  readonly sandboxPath: string | undefined;
  readonly mostDiskBytes: number;
}

async function open(surroundings: Surroundings, options: OpenOptions): Promise<Database> {
  const startedAt = performance.now();
  // Before everything that takes time: it removes the folder, whatever becomes of this program.
  const server = new PostgresServer(surroundings);
  const swept = Promise.all(
    [...new Set([surroundings.storage, tmpdir()])].map((folder) =>
      removeAbandonedFolders(folder, surroundings.user),
    ),
  );
  try {
    const sandbox = await findSandbox(tenantOf(surroundings), options.sandboxPath);
    await makeCluster({ ...surroundings, sandbox }, options.extensions);
    await server.start(sandbox);
    const login = loginTo(surroundings, CLUSTER.migrations, CLUSTER.database);
    const session = await PostgresSession.open(login);
    const version = await session.version();
    const limits = [...limitsOf(sandbox), ...otherVersion(version, options.production)];
    await swept;
    const disk = new DiskWatch(surroundings.data, options.mostDiskBytes, () => server.stop());
    const startMs = Math.round(performance.now() - startedAt);
    const engine = { name: "postgres", version, limits, startMs, ...isolationOf(sandbox) } as const;
    return new PostgresDatabase(engine, session, {
      remove: async () => {
        disk.end();
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

/** A role of which the migrations' role is a member, so that it can hand objects over to it. */
async function createRole(surroundings: Surroundings, name: string): Promise<boolean> {
  const login = loginTo(surroundings, CLUSTER.tracer, CLUSTER.tracerDatabase);
  const session = await PostgresSession.open(login);
  try {
    const role = `"${name.replaceAll('"', '""')}"`;
    const { group, migrations } = CLUSTER;
    await session.command(`CREATE ROLE ${role} IN ROLE ${group} ROLE ${migrations}`);
    return true;
  } finally {
    session.close();
  }
}

/** The server as a sandbox sees it. It may read its own programs and libraries, where they are not the system's. */
function tenantOf({ binaries, folder, user, environment }: Surroundings): Tenant {
  const program = join(binaries.bin, "postgres");
  const reads = [binaries.package ?? dirname(binaries.bin)];
  return { program, reads, writes: folder, user, environment };
}

function limitsOf(sandbox: Sandbox): string[] {
  return [
    "Migrations ran as a role that is not a superuser, as most hosted servers grant it: a statement that needs a superuser is not verified.",
    ...isolationLimits(
      sandbox,
      "only PostgreSQL's own privileges keep SQL from files, programs and the network",
    ),
  ];
}
