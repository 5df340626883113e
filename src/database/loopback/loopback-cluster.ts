import { randomBytes } from "node:crypto";
import { chownSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";

import type { ServerBinaries } from "../postgres-binaries.ts";
import { CLUSTER, createUntrusted, setUp } from "../postgres-cluster.ts";
import { PostgresSession, type Login } from "../postgres-session.ts";
import { runProgram, type SandboxedSurroundings } from "../server-surroundings.ts";
import type { ServerUser } from "../server-user.ts";
import { SnapshotStore } from "../snapshot-store.ts";
import { archiveFolder, unpackFolder } from "./data-files.ts";
import { configure } from "./loopback-settings.ts";

/** A new password: nobody is told it, and it is in no environment and no command. */
export function newPassword(): string {
  return randomBytes(24).toString("hex");
}

const KEPT = "cluster";
const LOCK_TIMEOUT_MS = 10_000;
/** "no pg_hba.conf entry": https://www.postgresql.org/docs/current/errcodes-appendix.html */
const NOT_ALLOWED = "28000";

function initdbArguments(major: number): string[] {
  // Windows has no C.UTF-8: up to 16, only letters of ASCII are then known to be upper or lower case.
  const builtin = ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"];
  return [
    "--no-sync",
    "--encoding=UTF8",
    "--locale=C",
    ...(major >= 17 ? builtin : []),
    "--wal-segsize=1",
    "--auth=scram-sha-256",
    `--username=${CLUSTER.superuser}`,
  ];
}

/** Everything that decides about the content of a data directory that was just made. */
export function loopbackIdentity(
  { bin, major }: ServerBinaries,
  user: ServerUser | undefined,
): string {
  const program = join(bin, process.platform === "win32" ? "postgres.exe" : "postgres");
  const { size, mtimeMs } = statSync(program);
  const owner = user?.uid ?? process.getuid?.();
  return JSON.stringify([program, size, mtimeMs, initdbArguments(major), setUp(major), owner]);
}

/** A data directory whose superuser's password is known. */
export interface OwnCluster {
  readonly password: string;
  /** Whether nothing but initdb has run. */
  readonly isBare: boolean;
}

/** Makes a data directory: from an earlier one of the same program, else by initdb. */
export async function makeData(surroundings: SandboxedSurroundings): Promise<OwnCluster> {
  const { folder, data, user } = surroundings;
  const store = clusterStore(surroundings);
  const kept = store.find([KEPT]);
  if (kept !== undefined) {
    try {
      await unpackFolder(kept, folder, user);
      return { password: String(kept.state.memo), isBare: false };
    } catch {
      // Damaged: it is made again.
      store.remove(kept);
      rmSync(data, { recursive: true, force: true });
    }
  }
  const password = newPassword();
  await initialize(surroundings, password);
  return { password, isBare: true };
}

async function initialize(surroundings: SandboxedSurroundings, password: string): Promise<void> {
  const { binaries, folder, data, user } = surroundings;
  const file = join(folder, "password");
  writeFileSync(file, password, { mode: 0o600 });
  if (user !== undefined) chownSync(file, user.uid, user.gid);
  const args = [...initdbArguments(binaries.major), `--pwfile=${file}`, data];
  await runProgram(join(binaries.bin, "initdb"), args, surroundings);
  rmSync(file);
}

/** A server that its superuser may log in to. */
export interface UnlockedServer {
  readonly surroundings: SandboxedSurroundings;
  /** As the superuser, in the tracer's database. */
  readonly login: Login;
  readonly cluster: OwnCluster;
}

/** Makes the roles and the migrations' database where that was not done, and keeps it for later ones. */
export async function finishCluster(server: UnlockedServer): Promise<void> {
  const { surroundings, login, cluster } = server;
  if (!cluster.isBare) return;
  await runAll(login, [...setUp(surroundings.binaries.major), "CHECKPOINT"]);
  await clusterStore(surroundings).keep({ key: KEPT, memo: cluster.password }, (write) =>
    archiveFolder(surroundings.folder, write),
  );
}

/** Those of a list that a person wrote, before any migration ran. */
export async function createExtensions(
  { login }: UnlockedServer,
  extensions: readonly string[],
): Promise<void> {
  if (extensions.length === 0) return;
  await runAll({ ...login, database: CLUSTER.database }, extensions.map(createUntrusted));
}

/** Gives the other roles their passwords, and waits until the superuser cannot log in any more. */
export async function lock(
  { surroundings, login }: UnlockedServer,
  passwords: Readonly<Record<string, string>>,
): Promise<void> {
  const given = Object.entries(passwords).map(
    ([role, password]) => `ALTER ROLE ${role} PASSWORD '${password}'`,
  );
  // After the login: on Windows every session reads anew who may.
  await runAll(login, given, () => configure(surroundings, login.port, "work"));
  const deadline = performance.now() + LOCK_TIMEOUT_MS;
  while (await letsIn(login)) {
    if (performance.now() > deadline) throw new Error("the server does not read its settings");
    await setTimeout(10);
  }
}

async function letsIn(login: Login): Promise<boolean> {
  try {
    const session = await PostgresSession.open(login);
    session.close();
    return true;
  } catch (error) {
    if ((error as { readonly code?: unknown }).code === NOT_ALLOWED) return false;
    throw error;
  }
}

/** `change`: changes the settings, which the server is told. */
async function runAll(
  login: Login,
  statements: readonly string[],
  change?: () => void,
): Promise<void> {
  const session = await PostgresSession.open(login);
  try {
    for (const statement of statements) await session.command(statement);
    change?.();
    if (change !== undefined) await session.command("SELECT pg_catalog.pg_reload_conf()");
  } finally {
    session.close();
  }
}

function clusterStore({ binaries, user }: SandboxedSurroundings): SnapshotStore {
  return new SnapshotStore({
    folder: join(tmpdir(), `migrate-verify-${process.getuid?.() ?? 0}-clusters`),
    root: "",
    engine: loopbackIdentity(binaries, user),
    writes: true,
  });
}
