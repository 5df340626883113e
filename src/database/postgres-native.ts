import { UserError } from "../core/user-error.ts";
import type { Database, Engine } from "../verify/database.ts";
import type { ServerBinaries } from "./postgres-binaries.ts";
import { CLUSTER, makeCluster } from "./postgres-cluster.ts";
import { PostgresDatabase } from "./postgres-database.ts";
import { PostgresServer } from "./postgres-server.ts";
import { PostgresSession, type Login } from "./postgres-session.ts";
import { otherVersion } from "./production-version.ts";
import { makeSurroundings, type Surroundings } from "./server-surroundings.ts";

export interface NativeOptions {
  readonly binaries: ServerBinaries;
  /** Extensions that the superuser may make before any migration runs. */
  readonly extensions?: readonly string[];
  /** Major versions that production runs; empty: not known. */
  readonly production?: readonly number[];
  /** Folder in which the server's own is made; by default in memory, where there is room. */
  readonly storage?: string;
}

/** A server of this machine's own binaries for every database: started for it, and gone with it. */
export function nativeEngine({
  binaries,
  extensions = [],
  production = [],
  storage,
}: NativeOptions): Engine {
  return {
    async open(): Promise<Database> {
      try {
        return await open(makeSurroundings(binaries, storage), extensions, production);
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

async function open(
  surroundings: Surroundings,
  extensions: readonly string[],
  production: readonly number[],
): Promise<Database> {
  const server = new PostgresServer(surroundings);
  try {
    await makeCluster(surroundings, extensions);
    await server.start();
    const login = loginTo(surroundings, CLUSTER.migrations, CLUSTER.database);
    const session = await PostgresSession.open(login);
    const version = await session.version();
    const limits = [...limitsOf(surroundings), ...otherVersion(version, production)];
    return new PostgresDatabase({ name: "postgres", version, limits }, session, {
      remove: () => server.stop(),
      createRole: (name) => createRole(surroundings, name),
      connect: () => PostgresSession.open(login),
    });
  } catch (error) {
    await server.stop();
    throw error;
  }
}

function loginTo({ folder }: Surroundings, user: string, database: string): Login {
  return { host: folder, port: 5432, user, database, ssl: false };
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

function limitsOf({ user }: Surroundings): string[] {
  const who = user === undefined ? "the user who ran this program" : `the user ${user.name}`;
  return [
    "Migrations ran as a role that is not a superuser, as most hosted servers grant it: a statement that needs a superuser is not verified.",
    `The server ran as ${who}, with an empty environment and without TCP, but in no sandbox of the operating system: only PostgreSQL's own privileges keep SQL from files and programs.`,
  ];
}
