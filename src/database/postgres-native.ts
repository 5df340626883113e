import { dirname, join } from "node:path";

import { UserError } from "../core/user-error.ts";
import type { Database, Engine } from "../verify/database.ts";
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
}

/** A server of this machine's own binaries for every database: started for it, and gone with it. */
export function nativeEngine({
  binaries,
  extensions = [],
  production = [],
  storage,
  sandboxPath,
}: NativeOptions): Engine {
  return {
    async open(): Promise<Database> {
      try {
        const surroundings = makeSurroundings(binaries, storage);
        const tenant = tenantOf(surroundings);
        const sandbox = await findSandbox(tenant, sandboxPath);
        return await open(surroundings, sandbox, { extensions, production, sandboxPath });
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

type OpenOptions = Required<Pick<NativeOptions, "extensions" | "production">> & {
  readonly sandboxPath: string | undefined;
};

async function open(
  surroundings: Surroundings,
  sandbox: Sandbox,
  { extensions, production, sandboxPath }: OpenOptions,
): Promise<Database> {
  const server = new PostgresServer(surroundings, sandbox);
  try {
    await makeCluster(surroundings, extensions);
    await server.start();
    const login = loginTo(surroundings, CLUSTER.migrations, CLUSTER.database);
    const session = await PostgresSession.open(login);
    const version = await session.version();
    const limits = [...limitsOf(surroundings, sandbox), ...otherVersion(version, production)];
    return new PostgresDatabase({ name: "postgres", version, limits }, session, {
      remove: () => server.stop(),
      createRole: (name) => createRole(surroundings, name),
      connect: () => PostgresSession.open(login),
      launch: async (program) => {
        const { launchProgram } = await import("./programs/local-program.ts");
        return launchProgram(program, placeOf(login, surroundings, sandboxPath));
      },
    });
  } catch (error) {
    await server.stop();
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

function limitsOf({ user }: Surroundings, { kind }: Sandbox): string[] {
  const who = user === undefined ? "the user who ran this program" : `the user ${user.name}`;
  return [
    "Migrations ran as a role that is not a superuser, as most hosted servers grant it: a statement that needs a superuser is not verified.",
    ...ISOLATION[kind](who),
  ];
}

/** What is less than everything, by what the machine granted. */
const ISOLATION: Readonly<Record<Sandbox["kind"], (who: string) => string[]>> = {
  bwrap: () => [],
  unshare: (who) => [
    `The server ran without network and apart from the machine's processes, but not from its files: it could read what ${who} may read. With bubblewrap installed (\`bwrap\`) it cannot.`,
  ],
  plain: (who) => [
    `The server ran as ${who}, with an empty environment and without TCP, but in no sandbox of the operating system, which grants none here: only PostgreSQL's own privileges keep SQL from files, programs and the network.`,
  ],
};
