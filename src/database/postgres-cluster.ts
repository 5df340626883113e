import { createHash, randomBytes } from "node:crypto";
import { closeSync, constants, fstatSync, openSync, statSync, writeFileSync } from "node:fs";
import { chmod, copyFile, rename, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import type { ServerBinaries } from "./postgres-binaries.ts";
import { plain, type Sandbox } from "./sandbox.ts";
import {
  RECORD,
  runProgram,
  type SandboxedSurroundings,
  type Surroundings,
} from "./server-surroundings.ts";
import type { ServerUser } from "./server-user.ts";

/** The roles and databases of a server that is started here. */
export const CLUSTER = {
  /** Owns the cluster; may log in from nowhere. */
  superuser: "migrate_verify",
  /** Runs the migrations: called as on most servers, so that `OWNER TO postgres` works; no superuser. */
  migrations: "postgres",
  database: "work",
  /** Makes roles; never sees the database of the migrations. */
  tracer: "migrate_verify_tracer",
  tracerDatabase: "postgres",
  /** In the tracer's database: writes everything to the files, which up to 14 only a superuser may ask for. */
  checkpoint: "migrate_verify_checkpoint",
  /** What roles that production has may do, so that objects can be handed over to them. */
  group: "migrate_verify_roles",
} as const;

/** By the tracer, in its database: writes everything to the files. */
export const CHECKPOINT = `SELECT public.${CLUSTER.checkpoint}()`;

/** What a report says of the migrations' role. */
export const NO_SUPERUSER =
  "Migrations ran as a role that is not a superuser, as most hosted servers grant it: a statement that needs a superuser is not verified.";

/** By the tracer: a role of which the migrations' role is a member, so that it can hand objects over to it. */
export function creationOfRole(name: string): string {
  const role = `"${name.replaceAll('"', '""')}"`;
  return `CREATE ROLE ${role} IN ROLE ${CLUSTER.group} ROLE ${CLUSTER.migrations}`;
}

const INITDB = [
  "--no-sync",
  "--encoding=UTF8",
  "--locale=C",
  `--lc-ctype=${process.platform === "darwin" ? "en_US.UTF-8" : "C.UTF-8"}`,
  "--wal-segsize=1",
  "--auth=reject",
  `--username=${CLUSTER.superuser}`,
];

/** Nobody logs in as a superuser, and each role reaches its own database only. */
const HOST_BASED_AUTHENTICATION = `local ${CLUSTER.database} ${CLUSTER.migrations} trust
local ${CLUSTER.tracerDatabase} ${CLUSTER.tracer} trust
`;

/**
 * Makes the roles, and the migrations' database as a copy of the tracer's, in which that role owns what
 * it owns in production. Up to 15, CREATEROLE is as much as superuser: who has it grants himself
 * pg_execute_server_program. https://www.postgresql.org/docs/16/release-16.html
 */
export function setUp(major: number): string[] {
  const { superuser, migrations, database, tracer, tracerDatabase, group, checkpoint } = CLUSTER;
  // Without a log of what is copied; before 15 there is no other way.
  const strategy = major >= 15 ? "STRATEGY file_copy" : "";
  return [
    `CREATE ROLE ${migrations} LOGIN CREATEDB ${major >= 16 ? "CREATEROLE" : ""}`,
    `CREATE ROLE ${tracer} LOGIN CREATEROLE`,
    `CREATE ROLE ${group} NOLOGIN`,
    `GRANT ${group} TO ${tracer} WITH ADMIN OPTION`,
    `GRANT pg_signal_backend, pg_read_all_stats TO ${tracer}`,
    // Common in migrations that move rows.
    ...(major >= 15 ? [`GRANT SET ON PARAMETER session_replication_role TO ${migrations}`] : []),
    ...(major < 15 ? [`ALTER SCHEMA public OWNER TO ${migrations}`] : []),
    `GRANT ALL ON SCHEMA public TO ${group}`,
    "DROP EXTENSION plpgsql",
    `GRANT CREATE ON DATABASE ${tracerDatabase} TO ${migrations}`,
    `SET SESSION AUTHORIZATION ${migrations}`,
    "CREATE EXTENSION plpgsql",
    // RESET does not lead back where the session did not begin with a login.
    `SET SESSION AUTHORIZATION ${superuser}`,
    `REVOKE CREATE ON DATABASE ${tracerDatabase} FROM ${migrations}`,
    `CREATE DATABASE ${database} OWNER ${migrations} TEMPLATE ${tracerDatabase} ${strategy}`,
    `REVOKE CONNECT ON DATABASE ${tracerDatabase} FROM PUBLIC`,
    "REVOKE CONNECT ON DATABASE template1 FROM PUBLIC",
    `GRANT CONNECT ON DATABASE ${tracerDatabase} TO ${tracer}`,
    `CREATE FUNCTION ${checkpoint}() RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS 'BEGIN CHECKPOINT; END'`,
    `REVOKE ALL ON FUNCTION ${checkpoint}() FROM PUBLIC`,
    `GRANT EXECUTE ON FUNCTION ${checkpoint}() TO ${tracer}`,
  ];
}

/**
 * Makes the data directory of a server: from an archive of an earlier one of the same program, else
 * by initdb. `extensions` are those of a list that a person wrote: they are made by the superuser,
 * before any migration ran, where the migrations' role may not. `kept` ends when the archive
 * for later ones is written: the folder has to stay until then. A sandbox that is still tried is
 * only waited for where something is run that this program did not write.
 */
export async function makeCluster(
  surroundings: Omit<SandboxedSurroundings, "sandbox">,
  sandbox: Sandbox | Promise<Sandbox>,
  extensions: readonly string[],
): Promise<{ readonly kept?: Promise<void> }> {
  const { folder } = surroundings;
  let kept: Promise<void> | undefined;
  const archive = archivePath(surroundings);
  const file = openOwn(archive);
  if (file === undefined) {
    const own = { ...surroundings, sandbox: plain(surroundings.user) };
    await initialize(own);
    const made = join(folder, "data.tar");
    await runProgram("tar", ["-cf", made, ...RECORD, "data"], own);
    kept = keep(made, archive);
  } else {
    try {
      const sandboxed = { ...surroundings, sandbox: await sandbox };
      await runProgram("tar", ["-xf", "-"], sandboxed, { input: file });
    } finally {
      closeSync(file);
    }
  }
  if (extensions.length > 0) {
    const sandboxed = { ...surroundings, sandbox: await sandbox };
    await runAlone(sandboxed, CLUSTER.database, extensions.map(createUntrusted));
  }
  return kept === undefined ? {} : { kept };
}

async function initialize(surroundings: SandboxedSurroundings): Promise<void> {
  const { binaries, data } = surroundings;
  await runProgram(join(binaries.bin, "initdb"), [...INITDB, data], surroundings);
  await runAlone(surroundings, CLUSTER.tracerDatabase, setUp(binaries.major));
  writeFileSync(join(data, "pg_hba.conf"), HOST_BASED_AUTHENTICATION);
}

/** As the superuser, without a server: https://www.postgresql.org/docs/current/app-postgres.html#APP-POSTGRES-SINGLE-USER */
async function runAlone(
  surroundings: SandboxedSurroundings,
  database: string,
  statements: readonly string[],
): Promise<void> {
  const { binaries, data } = surroundings;
  const flags = ["--single", "-F", "-D", data, "-c", "exit_on_error=on"];
  const program = join(binaries.bin, "postgres");
  // One statement a line.
  const input = `${statements.join("\n")}\n`;
  await runProgram(program, [...flags, database], surroundings, { input });
}

/** Whoever may create an extension, shall own it: the superuser makes only what nobody else may. */
export function createUntrusted(extension: string): string {
  const literal = `'${extension.replaceAll("'", "''")}'`;
  return `DO $make$ BEGIN IF EXISTS (SELECT FROM pg_catalog.pg_available_extension_versions WHERE name = ${literal} AND superuser AND NOT trusted) THEN EXECUTE pg_catalog.format('CREATE EXTENSION IF NOT EXISTS %I CASCADE', ${literal}); END IF; EXCEPTION WHEN OTHERS THEN NULL; END $make$`;
}

/** Everything that decides about the content of a data directory that was just made. */
export function clusterIdentity(binaries: ServerBinaries, user: ServerUser | undefined): string {
  const program = join(binaries.bin, "postgres");
  const { size, mtimeMs } = statSync(program);
  return JSON.stringify([
    program,
    size,
    mtimeMs,
    INITDB,
    setUp(binaries.major),
    HOST_BASED_AUTHENTICATION,
    user?.uid ?? process.getuid?.(),
  ]);
}

/** Belongs to who runs this program. */
function archivePath({ binaries, user }: Surroundings): string {
  const identity = clusterIdentity(binaries, user);
  const hash = createHash("sha256").update(identity).digest("hex").slice(0, 16);
  return join(tmpdir(), `migrate-verify-${process.getuid?.() ?? 0}-cluster-${hash}.tar`);
}

/** Opens an archive that is there; other people's are not trusted: the folder is everybody's. */
function openOwn(path: string): number | undefined {
  let file: number;
  try {
    file = openSync(path, "r");
  } catch {
    // Then it is made.
    return undefined;
  }
  const { uid, mode } = fstatSync(file);
  if (uid === process.getuid?.() && (mode & 0o022) === 0) return file;
  closeSync(file);
  return undefined;
}

/** Moves a new archive to its place, whole; without a place for it, the next start makes its own. */
async function keep(made: string, path: string): Promise<void> {
  const draft = `${path}.${randomBytes(6).toString("hex")}`;
  try {
    await copyFile(made, draft, constants.COPYFILE_EXCL);
    await chmod(draft, 0o600);
    await rename(draft, path);
  } catch {
    await rm(draft, { force: true });
  }
  await rm(made, { force: true });
}
