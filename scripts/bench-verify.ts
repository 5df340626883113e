/**
 * How long whole processes take that verify one migration after many: on a server of this machine and
 * on PGlite, with nothing kept from earlier runs (cold), with the base that a run kept (warm: what a pull
 * request's run does) and for the same change once more; what a further changed migration costs, how that
 * grows with the history, and how much memory our own process takes.
 */
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { findServers } from "../src/database/postgres-binaries.ts";

const FURTHER = 4;
const HISTORIES = [30, 300, 3000];

export interface VerifyBench {
  readonly cli: string;
  /** Runs of each, of which the median is printed. */
  readonly runs: number;
  /** Writes so many migrations into a folder. */
  readonly writeHistory: (folder: string, count: number) => unknown;
}

type EngineName = "postgres" | "pglite";

export async function benchVerify(bench: VerifyBench): Promise<void> {
  const [server] = await findServers();
  const folder = mkdtempSync(join(tmpdir(), "migrate-verify-bench-"));
  try {
    console.log("Verification of one migration after others, whole processes");
    const engines: EngineName[] = server === undefined ? ["pglite"] : ["postgres", "pglite"];
    if (server === undefined) console.log("There is no server here: not measured on one.");
    for (const engine of engines)
      for (const count of HISTORIES) benchOne(bench, { folder, engine, count });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

interface Place {
  readonly folder: string;
  readonly engine: EngineName;
  readonly count: number;
}

function benchOne(bench: VerifyBench, { folder, engine, count }: Place): void {
  const root = join(folder, `${engine}-${count}`);
  const migrations = join(root, "db", "migrations");
  bench.writeHistory(migrations, count);
  const changed = Array.from({ length: 1 + FURTHER }, (_, at) =>
    writeChange(migrations, count, at),
  );
  // Long histories are for the growth, not for the last millisecond.
  const runs = count > 1000 ? 1 : bench.runs;
  const timed = (kept: () => string, files: readonly string[], env = {}): number =>
    median(
      Array.from({ length: runs }, () =>
        runOnce(bench.cli, root, { engine, files, kept: kept(), env }),
      ),
    );
  const first = changed.slice(0, 1);
  let number = 0;
  const nothing = (): string => {
    number += 1;
    return join(root, `kept-${number}`);
  };
  const cold = timed(nothing, first);
  const shared = join(root, "kept");
  const keep = (): unknown =>
    runOnce(bench.cli, root, { engine, files: first, kept: shared, env: {} });
  keep();
  const reading = { GITHUB_EVENT_NAME: "pull_request" };
  const warm = timed(() => shared, first, reading);
  const more = timed(() => shared, changed, reading);
  const off = timed(() => shared, first, { MIGRATE_VERIFY_CACHE: "off" });
  // The second run keeps it with its rows.
  keep();
  const again = timed(() => shared, first);
  const further = (more - warm) / FURTHER;
  const memory = { ...reading, NODE_OPTIONS: TELL_MEMORY };
  const { kilobytes } = runOnce(bench.cli, root, {
    engine,
    files: first,
    kept: shared,
    env: memory,
  });
  console.log(
    `  ${engine.padEnd(8)} ${String(count).padStart(4)} earlier: cold ${ms(cold)}, warm ${ms(warm)} (the same again ${ms(again)}, nothing kept ${ms(off)}), each further ${ms(further)}, our own process ${(kilobytes / 1024).toFixed(0)} MB`,
  );
}

function writeChange(migrations: string, count: number, at: number): string {
  const name = join(migrations, `${String(count + 1 + at).padStart(6, "0")}_step`);
  writeFileSync(`${name}.up.sql`, `ALTER TABLE table_${at} ADD COLUMN extra text;\n`);
  writeFileSync(`${name}.down.sql`, `ALTER TABLE table_${at} DROP COLUMN extra;\n`);
  return `${name}.up.sql`;
}

/**
 * Has a process say what it took at most, on its way out. What getrusage says of it is at least what
 * the process took that started it (https://man7.org/linux/man-pages/man2/getrusage.2.html), so Linux is asked.
 */
const TELL_MEMORY = `--import=data:text/javascript,${encodeURIComponent(
  `import { readFileSync } from "node:fs";
if (process.platform === "linux")
  process.on("exit", () => process._rawDebug(/VmHWM.*/.exec(readFileSync("/proc/self/status"))?.[0]));`,
)}`;

function runOnce(
  cli: string,
  root: string,
  run: {
    readonly engine: EngineName;
    readonly files: readonly string[];
    /** The folder of everything that runs keep. */
    readonly kept: string;
    readonly env: Readonly<Record<string, string>>;
  },
): { readonly ms: number; readonly kilobytes: number } {
  mkdirSync(run.kept, { recursive: true });
  const env = {
    PATH: process.env["PATH"] ?? "",
    XDG_CACHE_HOME: run.kept,
    TMPDIR: run.kept,
    ...run.env,
  };
  const startedAt = performance.now();
  const { status, stderr } = spawnSync(
    process.execPath,
    [cli, "verify", "--engine", run.engine, ...run.files],
    { cwd: root, env, encoding: "utf8" },
  );
  const duration = performance.now() - startedAt;
  if (status !== 0) throw new Error(`the run ended with ${status}: ${stderr}`);
  return { ms: duration, kilobytes: Number(/VmHWM:\s+(\d+)/.exec(stderr)?.[1]) };
}

function median(all: readonly { readonly ms: number }[]): number {
  const sorted = all.map((one) => one.ms).toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

function ms(value: number): string {
  return `${value.toFixed(0)} ms`;
}
