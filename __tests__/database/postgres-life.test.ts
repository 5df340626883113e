import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  symlinkSync,
  watch,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setImmediate } from "node:timers/promises";
import { describe, expect, it, jest } from "@jest/globals";

import { UserError } from "../../src/core/user-error.ts";
import type { NativeOptions } from "../../src/database/postgres-native.ts";
import type { Database } from "../../src/verify/database.ts";
import { RunEnded } from "../../src/verify/run-ended.ts";
import { verify } from "../verify/scripts.ts";
import { nativeTestEngine, server } from "./postgres-engines.ts";
import { sandboxWays } from "./sandbox-ways.ts";

jest.setTimeout(60_000);
const onServer = server === undefined ? describe.skip : describe;

const ROOT = join(import.meta.dirname, "..", "..");
const WAYS = sandboxWays();
const ENDLESS = "DO $$ BEGIN LOOP END LOOP; END $$";
const CATCHING = `DO $$ BEGIN LOOP
  BEGIN LOOP PERFORM pg_catalog.now(); END LOOP; EXCEPTION WHEN query_canceled THEN NULL; END;
END LOOP; END $$`;

/** A folder for the folders of servers, which another user may write to. */
class Storage implements Disposable {
  readonly path = mkdtempSync(join(tmpdir(), "mv-test-"));

  constructor() {
    chmodSync(this.path, 0o777);
  }

  get folders(): string[] {
    return readdirSync(this.path);
  }

  open(options: Partial<NativeOptions> = {}): Promise<Database> {
    return nativeTestEngine({ storage: this.path, ...options }).open();
  }

  [Symbol.dispose](): void {
    rmSync(this.path, { recursive: true });
  }
}

/** Processes whose command line or working folder is of a folder; on Linux only. */
function processesOf(folder: string): string[] {
  if (process.platform !== "linux") return [];
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => {
      try {
        return readFileSync(`/proc/${pid}/cmdline`, "utf8").includes(folder);
      } catch {
        return false;
      }
    });
}

/** Processes of a server, which work in its data directory, with what they call themselves. */
function processesIn(folder: string): { readonly pid: string; readonly title: string }[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => {
      try {
        if (!readlinkSync(`/proc/${pid}/cwd`).startsWith(folder)) return [];
        return [{ pid, title: readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ") }];
      } catch {
        return [];
      }
    });
}

/** Segments of shared memory that nobody is attached to. */
function orphans(): string[] {
  if (process.platform !== "linux") return [];
  const [, ...lines] = readFileSync("/proc/sysvipc/shm", "utf8").trim().split("\n");
  return lines.flatMap((line) => {
    const [, id, , , , , attached] = line.trim().split(/\s+/);
    return id !== undefined && attached === "0" ? [id] : [];
  });
}

/** Resolves when a folder holds nothing. */
async function emptied(folder: string): Promise<void> {
  const watcher = watch(folder);
  try {
    while (readdirSync(folder).length > 0) await once(watcher, "change");
  } finally {
    watcher.close();
  }
}

/** Resolves when no process is of a folder any more: its keeper ends after it. */
async function ended(folder: string): Promise<void> {
  while (processesOf(folder).length > 0) await setImmediate();
}

/** A program that waits for an endless query, as soon as its server runs. */
async function startParent(storage: Storage, sandboxPath: string): Promise<ChildProcess> {
  const parent = spawn(
    process.execPath,
    ["--import=tsx", "__tests__/fixtures/database/native-parent.ts", storage.path, sandboxPath],
    { cwd: ROOT, stdio: ["ignore", "pipe", "inherit"] },
  );
  await once(parent.stdout, "data");
  return parent;
}

onServer("the server of a database", () => {
  it("is gone after close, and everything of it", async () => {
    using storage = new Storage();
    const database = await storage.open();
    expect(storage.folders).toHaveLength(1);
    expect(processesOf(storage.path).length > 0).toBe(process.platform === "linux");
    await database[Symbol.asyncDispose]();
    expect(storage.folders).toEqual([]);
    expect(processesOf(storage.path)).toEqual([]);
    expect(database.alive).toBe(false);
    await expect(database.query("SELECT 1")).rejects.toThrow("gone");
    // A second time is no harm.
    await database[Symbol.asyncDispose]();
  });

  it.each([
    ["never ends", ENDLESS],
    ["catches its cancellation", `SET statement_timeout = 50; ${CATCHING}`],
    ["sleeps", "SELECT pg_sleep(600)"],
    ["counts", "SELECT count(*) FROM generate_series(1, 1000000000000)"],
  ])("is ended with a query that %s", async (_what, sql) => {
    using storage = new Storage();
    await using database = await storage.open();
    const result = await database.run({ queries: ["SELECT 1", sql, "SELECT 2"], timeoutMs: 300 });
    expect(result).toMatchObject({
      completed: 1,
      failure: {
        query: 1,
        cause: "timeout",
        error: { message: expect.stringContaining("300 ms") },
      },
    });
    expect(result.durations).toHaveLength(1);
    expect(database.alive).toBe(false);
    expect(storage.folders).toEqual([]);
    expect(processesOf(storage.path)).toEqual([]);
  });

  it("has its own time for each query, not for the batch", async () => {
    await using database = await nativeTestEngine().open();
    const queries = Array.from({ length: 4 }, () => "SELECT pg_sleep(0.2)");
    expect(await database.run({ queries, timeoutMs: 700 })).toMatchObject({ completed: 4 });
  });

  it("is not taken for late when this program was busy meanwhile", async () => {
    await using database = await nativeTestEngine().open();
    const running = database.run({ queries: ["SELECT 1"], timeoutMs: 200 });
    const until = performance.now() + 400;
    while (performance.now() < until);
    expect(await running).toMatchObject({ completed: 1 });
  });

  it("is told as a crash when its session ends itself, and is gone", async () => {
    using storage = new Storage();
    await using database = await storage.open();
    const queries = ["SELECT 1", "SELECT pg_terminate_backend(pg_backend_pid())", "SELECT 2"];
    expect(await database.run({ queries, timeoutMs: 10_000 })).toMatchObject({
      completed: 1,
      failure: { query: 1, cause: "crash", error: { code: "57P01" } },
    });
    expect(database.alive).toBe(false);
    expect(storage.folders).toEqual([]);
  });

  it("is told as a crash when its process is killed", async () => {
    using storage = new Storage();
    await using database = await storage.open();
    const running = database.run({ queries: ["SELECT 1", ENDLESS], timeoutMs: 600_000 });
    // In a sandbox it has another number than the one that it tells.
    let session: string | undefined;
    while (session === undefined) {
      session = processesIn(storage.path).find(({ title }) => title.includes(" DO"))?.pid;
      await setImmediate();
    }
    process.kill(Number(session), "SIGKILL");
    expect((await running).failure).toMatchObject({ cause: "crash" });
    expect(database.alive).toBe(false);
  });

  it("is removed where it died before anything was asked of it", async () => {
    using storage = new Storage();
    const open = async (): Promise<Database> => {
      const database = await storage.open();
      const [{ pid } = { pid: "" }] = processesIn(storage.path).filter(({ title }) =>
        title.includes("/bin/postgres"),
      );
      process.kill(Number(pid), "SIGKILL");
      while (database.alive) await setImmediate();
      return database;
    };
    const changed = [{ up: "SELECT 1", down: "SELECT 1" }];
    const { verifications } = await verify({ changed }, { open });
    expect(verifications[0]?.up.outcome).toBe("not-run");
    expect(storage.folders).toEqual([]);
    expect(processesOf(storage.path)).toEqual([]);
  });

  it("is told not to be verified where it dies during a query of ours", async () => {
    using storage = new Storage();
    await using database = await storage.open();
    const running = database.query("SELECT pg_sleep(600)");
    const [{ pid } = { pid: "" }] = processesIn(storage.path).filter(({ title }) =>
      title.includes("/bin/postgres"),
    );
    process.kill(Number(pid), "SIGKILL");
    await expect(running).rejects.toThrow(RunEnded);
    expect(storage.folders).toEqual([]);
  });

  it.each([
    ["in what the machine grants", {}],
    ["in no sandbox", { sandboxPath: "" }],
  ])("leaves nothing behind when it is killed with a busy session: %s", async (_, options) => {
    using storage = new Storage();
    const before = orphans();
    const database = await storage.open(options);
    const running = database.run({ queries: [ENDLESS], timeoutMs: 600_000 });
    while (!processesIn(storage.path).some(({ title }) => title.includes(" DO")))
      await setImmediate();
    process.kill(
      Number(processesIn(storage.path).find(({ title }) => title.includes("/bin/postgres"))?.pid),
      "SIGKILL",
    );
    await database[Symbol.asyncDispose]();
    expect((await running).failure?.cause).toBe("crash");
    await ended(storage.path);
    expect(processesIn(storage.path)).toEqual([]);
    expect(storage.folders).toEqual([]);
    expect(orphans().filter((id) => !before.includes(id))).toEqual([]);
  });

  it.each(WAYS)("is killed where it does not end, and leaves nothing: $kind", async ({ path }) => {
    using storage = new Storage();
    const before = orphans();
    const database = await storage.open({ sandboxPath: path, patienceMs: 50 });
    const running = database.run({ queries: [ENDLESS], timeoutMs: 600_000 });
    while (!processesIn(storage.path).some(({ title }) => title.includes(" DO")))
      await setImmediate();
    // The first process of a folder is the keeper; one that is stopped reads no end of its input.
    const [keeper] = processesOf(storage.path);
    process.kill(Number(keeper), "SIGSTOP");
    await Promise.all([
      expect(database[Symbol.asyncDispose]()).rejects.toThrow("did not end and was killed"),
      expect(running).rejects.toThrow("did not end and was killed"),
    ]);
    await ended(storage.path);
    expect(processesIn(storage.path)).toEqual([]);
    expect(storage.folders).toEqual([]);
    expect(orphans().filter((id) => !before.includes(id))).toEqual([]);
  });

  it.each(WAYS)(
    "is gone when this program is killed, whatever it is doing: $kind",
    async ({ path }) => {
      using storage = new Storage();
      const parent = await startParent(storage, path);
      expect(storage.folders).toHaveLength(1);
      parent.kill("SIGKILL");
      await emptied(storage.path);
      await ended(storage.path);
    },
  );

  it.each(WAYS)(
    "is swept away by the next when this program and all that it started are killed: $kind",
    async ({ path }) => {
      using storage = new Storage();
      const before = orphans();
      const parent = await startParent(storage, path);
      const end = once(parent, "exit");
      // As a runner ends a job: everything at once, and before anything can be removed.
      for (const pid of [...processesOf(storage.path), parent.pid]) {
        process.kill(Number(pid), "SIGKILL");
      }
      await end;
      expect(storage.folders).toHaveLength(1);
      await using next = await storage.open({ sandboxPath: path });
      expect(next.alive).toBe(true);
      expect(storage.folders).toHaveLength(1);
      await next[Symbol.asyncDispose]();
      expect(storage.folders).toEqual([]);
      await ended(storage.path);
      expect(orphans().filter((id) => !before.includes(id))).toEqual([]);
    },
  );

  it("leaves the folders of others where they are", async () => {
    using storage = new Storage();
    await using first = await storage.open();
    const [name = ""] = storage.folders;
    // One of another container, one that is no folder, and one that is no server's.
    const kept = [name.replace(/^migrate-verify-\w+/, "migrate-verify-0"), "other-1-2-3"];
    for (const folder of kept) mkdirSync(join(storage.path, folder));
    kept.push(name.replace(/-\d+-/, "-1999999999-"));
    symlinkSync(ROOT, join(storage.path, kept[2] ?? ""));
    await using second = await storage.open();
    expect([first.alive, second.alive]).toEqual([true, true]);
    expect(storage.folders).toEqual(expect.arrayContaining([name, ...kept]));
  });

  it("is ended when its files hold more than they may, and says so", async () => {
    using storage = new Storage();
    await using database = await storage.open({ mostDiskBytes: 100 * 1024 ** 2 });
    const sql = `CREATE TABLE filled (t text); DO $$ BEGIN LOOP
      INSERT INTO filled SELECT repeat(i::text, 500) FROM generate_series(1, 10000) AS i;
    END LOOP; END $$`;
    const { failure } = await database.run({ queries: [sql], timeoutMs: 50_000 });
    expect(failure).toMatchObject({
      cause: "crash",
      error: { message: expect.stringContaining("its files held more than 0.1 GB") },
    });
    expect(storage.folders).toEqual([]);
  });

  it("says why it cannot start, and leaves nothing behind", async () => {
    const binaries = { major: 18, bin: "/nowhere" };
    using storage = new Storage();
    const opening = nativeTestEngine({ binaries, storage: storage.path }).open();
    await expect(opening).rejects.toThrow(UserError);
    await expect(opening).rejects.toMatchObject({ exitCode: 3 });
    expect(storage.folders).toEqual([]);
  });
});
