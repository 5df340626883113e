import { existsSync, realpathSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

import { UserError } from "../core/user-error.ts";
import type { EngineDescription } from "../core/verification.ts";
import { type Batch, type BatchResult, type Database, DatabaseGone } from "../verify/database.ts";
import type { Engine } from "../verify/database.ts";
import { DatabaseChild } from "./database-child.ts";
import { isolationLimits, isolationOf } from "./isolation-limits.ts";
import type { ChildArgument } from "./messages.ts";
import { otherVersion } from "./production-version.ts";
import { waysToRun, type Sandbox } from "./sandbox.ts";

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
}

const START_TIMEOUT_MS = 60_000;
/** The clock for a query of ours, which asks the catalog. */
const QUERY_TIMEOUT_MS = 60_000;

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
  return {
    async open(unwanted) {
      if (!existsSync(childPath)) throw unusable(`${childPath} is missing`);
      const startedAt = performance.now();
      const { child, sandbox } = await startChild(childPath, { assets, settings }, sandboxPath);
      const end = (): void => void child.kill();
      if (unwanted?.aborted === true) end();
      unwanted?.addEventListener("abort", end, { once: true });
      const reply = await child.next(START_TIMEOUT_MS);
      unwanted?.removeEventListener("abort", end);
      if (reply.kind === "ready") {
        const { version } = reply;
        const limits = [...limitsOf(sandbox), ...otherVersion(version, options.production ?? [])];
        const startMs = Math.round(performance.now() - startedAt);
        const engine = {
          name: "pglite",
          version,
          limits,
          startMs,
          ...isolationOf(sandbox),
        } as const;
        return new PgliteDatabase(child, engine);
      }
      await child.kill();
      if (reply.kind === "timeout") throw tooSlow();
      throw unusable(reply.kind === "died" ? reply.reason : `it answered \`${reply.kind}\``);
    },
  };
}

/** What worked, by where it was looked for: later databases are not run with less. */
const granted = new Map<string, Sandbox>();

/**
 * Starts the child in the strictest sandbox that the machine grants. Nothing is tried beforehand: the
 * child says that it began, and one that ends before has shown what is not granted.
 */
async function startChild(
  entry: string,
  argument: ChildArgument,
  path?: string,
): Promise<{ child: DatabaseChild; sandbox: Sandbox }> {
  const reads = [process.execPath, dirname(entry), argument.assets, realFolder(argument.assets)];
  const key = JSON.stringify([path, reads]);
  const known = granted.get(key);
  const tenant = { program: process.execPath, reads, writes: undefined, environment: {} };
  const ways = known === undefined ? waysToRun(tenant, path) : [known];
  let reason = "";
  for (const sandbox of ways) {
    const child = new DatabaseChild(entry, argument, sandbox);
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

class PgliteDatabase implements Database {
  readonly engine: EngineDescription;
  readonly #child: DatabaseChild;
  #busy = false;

  constructor(child: DatabaseChild, engine: EngineDescription) {
    this.#child = child;
    this.engine = engine;
  }

  get alive(): boolean {
    return this.#child.alive;
  }

  async run(batch: Batch): Promise<BatchResult> {
    return this.#exclusively(async () => {
      this.#child.send({ kind: "run", queries: batch.queries });
      const durations: number[] = [];
      for (;;) {
        const reply = await this.#child.next(batch.timeoutMs);
        if (reply.kind === "ran" && durations.length < batch.queries.length) {
          durations.push(reply.ms);
        } else if (reply.kind === "done" && durations.length === batch.queries.length) {
          return { completed: durations.length, durations };
        } else {
          const { cause, error } = await this.#failure(reply, batch.timeoutMs);
          // A crash that shows only after the last query is the last query's.
          const query = Math.min(durations.length, Math.max(0, batch.queries.length - 1));
          const completed = durations.slice(0, query);
          return { completed: query, durations: completed, failure: { query, cause, error } };
        }
      }
    });
  }

  async query(sql: string): Promise<readonly (readonly (string | null)[])[]> {
    return this.#exclusively(async () => {
      this.#child.send({ kind: "query", sql });
      const reply = await this.#child.next(QUERY_TIMEOUT_MS);
      if (reply.kind === "rows") return reply.rows;
      const { error } = await this.#failure(reply, QUERY_TIMEOUT_MS);
      throw new Error(`a query of ours failed: ${error.message}\n${sql}`);
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#child.kill();
  }

  /** What a reply other than the expected one means; afterwards the database lives only if SQL alone failed. */
  async #failure(
    reply: Awaited<ReturnType<DatabaseChild["next"]>>,
    timeoutMs: number,
  ): Promise<Omit<NonNullable<BatchResult["failure"]>, "query">> {
    if (reply.kind === "failed" && reply.cause === "sql") return reply;
    await this.#child.kill();
    switch (reply.kind) {
      case "failed":
        return reply;
      case "timeout":
        return {
          cause: "timeout",
          error: { message: `it ran longer than ${timeoutMs} ms and was ended` },
        };
      case "died":
        return { cause: "crash", error: { message: reply.reason } };
      default:
        return { cause: "crash", error: { message: `the database answered \`${reply.kind}\`` } };
    }
  }

  async #exclusively<T>(work: () => Promise<T>): Promise<T> {
    if (!this.alive) throw new DatabaseGone();
    if (this.#busy) throw new Error("the database is busy: wait for the query before");
    this.#busy = true;
    try {
      return await work();
    } finally {
      this.#busy = false;
    }
  }
}
