import { closeSync, existsSync, openSync, readdirSync, realpathSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

import { UserError } from "../core/user-error.ts";
import type { Database, Engine } from "../verify/database.ts";
import { DatabaseChild } from "./database-child.ts";
import { isolationLimits, isolationOf } from "./isolation-limits.ts";
import type { ChildArgument } from "./messages.ts";
import { PgliteDatabase } from "./pglite-database.ts";
import { otherVersion } from "./production-version.ts";
import { waysToRun, type Sandbox } from "./sandbox.ts";
import { SnapshotStore, type Snapshot, type StoreOptions } from "./snapshot-store.ts";

export interface PgliteOptions {
  /** Server settings by name, as on PostgreSQL's command line; none by default. */
  readonly settings?: Readonly<Record<string, string>>;
  /** The child's program; by default the one that the build puts beside this one. */
  readonly childPath?: string;
  /** Folder of PGlite's files and the base directory; by default the folder of `childPath`. */
  readonly assets?: string;
  /** Major versions that production runs; empty by default: not known. */
  readonly production?: readonly number[];
  /** Folders, as PATH has them, in which what makes a sandbox is looked for; by default the system's. */
  readonly sandboxPath?: string;
  /** Where databases are kept for later runs; absent: nowhere. */
  readonly snapshots?: Omit<StoreOptions, "engine">;
}

const START_TIMEOUT_MS = 60_000;

const LIMITS = [
  "PGlite has one session: what a second session would wait for is not observed.",
  "PGlite is PostgreSQL 18 only: what another major version does differently is not observed.",
  "PGlite has no statement timeout and no cancel: a query past its limit ends the database.",
  "PGlite's user is always a superuser: missing privileges are not observed.",
  "PGlite brings PostgreSQL's own extensions and pgvector; others, such as postgis, are missing.",
];

function limitsOf(sandbox: Sandbox): string[] {
  return [...LIMITS, ...isolationLimits(sandbox, ONLY_GUARD)];
}

const ONLY_GUARD =
  "SQL is kept from files, programs and the network only by what its process gave up before it ran any";

/**
 * PGlite, PostgreSQL compiled to WebAssembly: needs nothing installed. Every database is a process
 * of its own, because whoever is superuser in PGlite can make it run JavaScript.
 */
export function pgliteEngine(options: PgliteOptions = {}): Engine {
  const childPath =
    options.childPath ?? fileURLToPath(new URL("./pglite-child.js", import.meta.url));
  const assets = options.assets ?? dirname(childPath);
  const { sandboxPath } = options;
  const settings = Object.entries(options.settings ?? {}).map(([name, value]) => {
    if (!/^[a-z_][a-z0-9_.]*$/i.test(name)) {
      throw new UserError(`\`${name}\` is not the name of a PostgreSQL setting`);
    }
    return `${name}=${value}`;
  });
  const snapshots =
    options.snapshots === undefined
      ? undefined
      : new SnapshotStore({ ...options.snapshots, engine: identityOf(assets, settings) });
  return {
    async open(unwanted, keys) {
      if (!existsSync(childPath)) throw unusable(`${childPath} is missing`);
      const start = { entry: childPath, assets, settings, sandboxPath };
      const production = options.production ?? [];
      // Before it is known what is asked for, it is most probably what was asked for last.
      const snapshot = keys === undefined ? snapshots?.latest() : snapshots?.find(keys);
      if (snapshot !== undefined) {
        try {
          return await open({ ...start, snapshot }, { production, snapshots, unwanted });
        } catch {
          // Damaged, or of another machine's making: it is built again.
          if (unwanted?.aborted !== true) snapshots?.remove(snapshot);
        }
      }
      return open(start, { production, snapshots, unwanted });
    },
    holds: (keys) => snapshots?.find(keys) !== undefined,
  };
}

/** The files come together, and their names and sizes tell them apart; their times are a checkout's. */
function identityOf(assets: string, settings: readonly string[]): string {
  const bases = existsSync(assets)
    ? readdirSync(assets).filter((name) => name.startsWith("pglite"))
    : [];
  const files = bases.map((name) => [name, statSync(join(assets, name)).size]);
  return JSON.stringify(["pglite", files, settings]);
}

interface OpenOptions {
  readonly production: readonly number[];
  readonly snapshots: SnapshotStore | undefined;
  readonly unwanted: AbortSignal | undefined;
}

async function open(
  start: ChildStart,
  { production, snapshots, unwanted }: OpenOptions,
): Promise<Database> {
  const startedAt = performance.now();
  const { child, sandbox } = await startChild(start);
  const end = (): void => void child.kill();
  if (unwanted?.aborted === true) end();
  unwanted?.addEventListener("abort", end, { once: true });
  const reply = await child.next(START_TIMEOUT_MS);
  unwanted?.removeEventListener("abort", end);
  if (reply.kind !== "ready") {
    await child.kill();
    if (reply.kind === "timeout") throw tooSlow();
    throw unusable(reply.kind === "died" ? reply.reason : `it answered \`${reply.kind}\``);
  }
  const { version } = reply;
  const limits = [...limitsOf(sandbox), ...otherVersion(version, production)];
  const startMs = Math.round(performance.now() - startedAt);
  const engine = { name: "pglite", version, limits, startMs, ...isolationOf(sandbox) } as const;
  if (start.snapshot !== undefined) snapshots?.touch(start.snapshot);
  return new PgliteDatabase(child, engine, { snapshots, kept: start.snapshot?.state });
}

/** What a child is started with. */
interface ChildStart extends Pick<ChildArgument, "assets" | "settings"> {
  readonly entry: string;
  readonly sandboxPath: string | undefined;
  readonly snapshot?: Snapshot;
}

/** What worked, by where it was looked for: later databases are not run with less. */
const granted = new Map<string, Sandbox>();

/**
 * Starts the child in the strictest sandbox that the machine grants. Nothing is tried beforehand: the
 * child says that it began, and one that ends before has shown what is not granted.
 */
async function startChild(start: ChildStart): Promise<{ child: DatabaseChild; sandbox: Sandbox }> {
  const { entry, assets, sandboxPath } = start;
  const reads = [process.execPath, dirname(entry), assets, realFolder(assets)];
  const key = JSON.stringify([sandboxPath, reads]);
  const known = granted.get(key);
  const tenant = { program: process.execPath, reads, writes: undefined, environment: {} };
  const ways = known === undefined ? waysToRun(tenant, sandboxPath) : [known];
  let reason = "";
  for (const sandbox of ways) {
    const child = newChild(start, sandbox);
    const reply = await child.next(START_TIMEOUT_MS);
    if (reply.kind === "begun") {
      granted.set(key, sandbox);
      return { child, sandbox };
    }
    await child.kill();
    reason = reply.kind === "died" ? reply.reason : `it answered \`${reply.kind}\``;
  }
  throw unusable(reason);
}

/** The archive is handed over as a file that is open: it is in no folder that a sandbox shows. */
function newChild(
  { entry, assets, settings, snapshot }: ChildStart,
  sandbox: Sandbox,
): DatabaseChild {
  if (snapshot === undefined) return new DatabaseChild(entry, { assets, settings }, sandbox);
  const { bytes, crc } = snapshot;
  const file = openSync(snapshot.path, "r");
  try {
    return new DatabaseChild(entry, { assets, settings, archive: { bytes, crc } }, sandbox, file);
  } finally {
    closeSync(file);
  }
}

/** Some package managers install files as links to a place of their own. */
function realFolder(assets: string): string {
  try {
    return dirname(realpathSync(join(assets, "pglite.wasm")));
  } catch {
    // The child says what is missing.
    return assets;
  }
}

function tooSlow(): UserError {
  return new UserError(`PGlite did not start within ${START_TIMEOUT_MS / 1000} s`, {
    hint: "Run it again when the machine has less to do; a start takes half a second of one processor.",
    exitCode: 3,
  });
}

function unusable(reason: string): UserError {
  return new UserError(`PGlite could not be started: ${reason}`, {
    hint: "Install the package again; it has to hold all files of its `dist` folder.",
    exitCode: 3,
  });
}
