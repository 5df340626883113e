/**
 * Runs one verification after the other in one process, and prints what is left: memory, open files,
 * child processes, folders, shared memory. Asserts that nothing but memory's noise is.
 * `npm run soak -- 1000`; with `npm run soak -- 1000 kill`, every tenth is killed: its server by the
 * system, or its migration by our clock; with `loopback` anywhere, servers are reached as on Windows.
 * It needs a PostgreSQL server on this machine, and Linux.
 */
import { chmodSync, mkdtempSync, readdirSync, readFileSync, readlinkSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import type { MigrationScript } from "../src/core/migration.ts";
import { DEFAULT_SETTINGS } from "../src/core/settings.ts";
import { loopbackEngine } from "../src/database/loopback/loopback-engine.ts";
import { findServers } from "../src/database/postgres-binaries.ts";
import { nativeEngine } from "../src/database/postgres-native.ts";
import { loadParser } from "../src/parser/parse-script.ts";
import type { Engine } from "../src/verify/database.ts";
import type { ScriptRun } from "../src/verify/script-run.ts";
import { verifyProject } from "../src/verify/verify-project.ts";

const RUNS = Number(process.argv[2] ?? 1000);
const KILLS = process.argv.includes("kill");
const REPORTS = 10;

const BASE = `CREATE TABLE customers (id bigint PRIMARY KEY, email text);
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint REFERENCES customers, note text);
INSERT INTO customers SELECT i, 'c' || i FROM generate_series(1, 100) AS i`;
const UP = `ALTER TABLE orders ADD COLUMN paid boolean NOT NULL DEFAULT false;
CREATE INDEX orders_customer ON orders (customer_id)`;
const DOWN = "DROP INDEX orders_customer; ALTER TABLE orders DROP COLUMN paid";
const ENDLESS = "DO $$ BEGIN LOOP END LOOP; END $$";

const parser = await loadParser();
const [server] = await findServers();
if (server === undefined) throw new Error("there is no PostgreSQL server on this machine");
const storage = mkdtempSync(join(tmpdir(), "mv-soak-"));
chmodSync(storage, 0o777);
const makeEngine = process.argv.includes("loopback") ? loopbackEngine : nativeEngine;
const engine = makeEngine({ binaries: server, storage });

function script(text: string, path: string): ScriptRun {
  const span = { start: 0, end: text.length };
  const execution = { transaction: true, sends: "statements" } as const;
  const source: MigrationScript = { path, text, span, execution };
  return { source, script: parser.parse(text, { span }) };
}

const base = [script(BASE, "1.up.sql")];
const plain = { id: "2", up: script(UP, "2.up.sql"), down: script(DOWN, "2.down.sql") };
const endless = { ...plain, up: script(ENDLESS, "2.up.sql") };

/** Ends the whole server, as the system does when it runs out of memory. */
function killedAfterStart(): Engine {
  return {
    async open() {
      const database = await engine.open();
      for (const pid of readdirSync("/proc").filter(isOurServer))
        process.kill(Number(pid), "SIGKILL");
      return database;
    },
  };
}

/** By its command line: in a sandbox it has another number than the one that it writes down. */
function isOurServer(pid: string): boolean {
  try {
    return (
      /^\d+$/.test(pid) &&
      readlinkSync(`/proc/${pid}/cwd`).startsWith(storage) &&
      readFileSync(`/proc/${pid}/cmdline`, "utf8").includes("/bin/postgres\0-D")
    );
  } catch {
    return false;
  }
}

async function once(run: number): Promise<string> {
  const limits = { ...DEFAULT_SETTINGS.verify.limits, statementMs: 300 };
  const isEndless = KILLS && run % 20 === 10;
  try {
    const { verifications } = await verifyProject({
      engine: KILLS && run % 20 === 0 ? killedAfterStart() : engine,
      base,
      changed: [isEndless ? endless : plain],
      settings: isEndless ? { ...DEFAULT_SETTINGS.verify, limits } : DEFAULT_SETTINGS.verify,
    });
    const [verification] = verifications;
    return `${verification?.up.outcome ?? "none"}, ${verification?.down.verdict ?? "none"}`;
  } catch (error) {
    return error instanceof Error
      ? error.message.replaceAll(/\d+|\S*\/\S*/g, "…").slice(0, 60)
      : "thrown";
  }
}

function children(): number {
  return readdirSync("/proc").filter((pid) => {
    if (!/^\d+$/.test(pid)) return false;
    try {
      const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
      const [state, parent] = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
      const isOurs = Number(parent) === process.pid && state !== "Z";
      return isOurs || readFileSync(`/proc/${pid}/cmdline`, "utf8").includes(storage);
    } catch {
      return false;
    }
  }).length;
}

/** Segments of shared memory that nobody is attached to. */
function orphans(): number {
  const [, ...lines] = readFileSync("/proc/sysvipc/shm", "utf8").trim().split("\n");
  return lines.filter((line) => line.trim().split(/\s+/)[6] === "0").length;
}

function left(): Record<string, number> {
  (globalThis as { gc?: () => void }).gc?.();
  const { rss, heapUsed } = process.memoryUsage();
  return {
    "rss MB": Math.round(rss / 1024 ** 2),
    "heap MB": Math.round((heapUsed / 1024 ** 2) * 10) / 10,
    files: readdirSync("/proc/self/fd").length,
    processes: children(),
    folders: readdirSync(storage).length,
    "orphaned segments": orphans(),
    handles: process.getActiveResourcesInfo().length,
  };
}

const outcomes = new Map<string, number>();
const reports: Record<string, number>[] = [];
const startedAt = performance.now();
for (let run = 1; run <= RUNS; run += 1) {
  const outcome = await once(run);
  outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
  if (run % Math.max(1, Math.floor(RUNS / REPORTS)) === 0) {
    const seconds = Math.round((performance.now() - startedAt) / 1000);
    reports.push({ runs: run, seconds, ...left() });
    console.log(JSON.stringify(reports.at(-1)));
  }
}
console.table(reports);
console.log(Object.fromEntries(outcomes));
rmSync(storage, { recursive: true });
const [first] = reports;
const last = reports.at(-1);
const grown = ["files", "processes", "folders", "orphaned segments"].filter(
  (what) => (last?.[what] ?? 0) > (first?.[what] ?? 0),
);
if (grown.length > 0) {
  console.error(`More than after the first: ${grown.join(", ")}`);
  process.exitCode = 1;
}
