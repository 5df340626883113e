import { existsSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { CONFIG_PATHS } from "../config/find-config.ts";
import { DEFAULT_SETTINGS, type Settings } from "../core/settings.ts";
import { type RunPlace, snapshotsOfRun } from "../database/snapshots-of-run.ts";
import { startEngine } from "../database/start-engine.ts";
import type { WarmEngine } from "../database/warm-engine.ts";
import type { Engine } from "../verify/database.ts";
import type { Arguments } from "./arguments.ts";
import type { Terminal } from "./terminal.ts";

/** Words without which a configuration does not decide about the engine, or about what it is started with. */
const ABOUT_ENGINES = /engine|postgres|django|extensions/;

/**
 * The engine of one command. Where the configuration does not decide about it, it is started before it
 * is known what changed: it needs longer to come up than Git to answer.
 */
export class EngineAhead implements AsyncDisposable {
  readonly #databaseUrl: string | undefined;
  readonly #place: RunPlace;
  #started: Promise<WarmEngine> | undefined;

  constructor(args: Arguments, { env, cwd }: Pick<Terminal, "env" | "cwd">) {
    this.#databaseUrl = args.databaseUrl;
    const root = cwd();
    this.#place = { env, root, program: process.argv[1] };
    if (!isKnown(args, root)) return;
    const { postgres = DEFAULT_SETTINGS.postgres, engine = DEFAULT_SETTINGS.verify.engine } = args;
    const settings = { ...DEFAULT_SETTINGS, postgres };
    void this.#start({ ...settings, verify: { ...settings.verify, engine } }, undefined);
  }

  /** Resolves when the database's process was started, which then needs nothing more of this one; at once where none is. */
  async underWay(): Promise<void> {
    await Promise.allSettled([this.#started]);
  }

  /** The engine that the settings ask for. Throws UserError when it is not there. */
  async take(settings: Settings): Promise<Engine> {
    return this.#started ?? this.#start(settings, this.#databaseUrl);
  }

  #start(settings: Settings, databaseUrl: string | undefined): Promise<WarmEngine> {
    const snapshots = snapshotsOfRun(this.#place);
    this.#started = startEngine(settings, databaseUrl, { snapshots });
    // Told to whoever takes the engine; until then it is not an unhandled rejection.
    this.#started.catch(() => undefined);
    return this.#started;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const [engine] = await Promise.allSettled([this.#started]);
    if (engine.status === "fulfilled") await engine.value?.[Symbol.asyncDispose]();
  }
}

/** Whether a command runs migrations on a database of its own, and the configuration does not speak of engines. */
function isKnown(args: Arguments, cwd: string): boolean {
  const { command, fix, databaseUrl, config } = args;
  if (command === "lint" || fix || databaseUrl !== undefined || config !== undefined) return false;
  const operand = resolve(cwd, args.operands[0] ?? ".");
  // Outside of a repository it is the working directory's, or that of what is named.
  const found = configAround(operand) ?? [cwd, operand, dirname(operand)].map(textOf).join("\n");
  return !ABOUT_ENGINES.test(found);
}

/** The configuration of the repository that a path lies in; undefined outside of any. */
function configAround(path: string): string | undefined {
  for (let root = path; ; root = dirname(root)) {
    if (existsSync(join(root, ".git"))) return textOf(root);
    if (root === dirname(root)) return undefined;
  }
}

function textOf(root: string): string {
  return CONFIG_PATHS.map((path) => join(root, path))
    .filter((path) => existsSync(path))
    .map((path) => readFileSync(path, "utf8"))
    .join("\n");
}
