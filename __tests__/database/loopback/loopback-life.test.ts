import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import {
  chmodSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setImmediate } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, it, jest } from "@jest/globals";

import { environmentOn } from "../../../src/database/loopback/loopback-environment.ts";
import { LoopbackServer, sweep } from "../../../src/database/loopback/loopback-server.ts";
import { makeSurroundings, type Surroundings } from "../../../src/database/server-surroundings.ts";
import type { Database } from "../../../src/verify/database.ts";
import { loopbackTestEngine, server } from "../postgres-engines.ts";

jest.setTimeout(60_000);
const onLinux = server === undefined || process.platform !== "linux" ? describe.skip : describe;

const ROOT = join(import.meta.dirname, "..", "..", "..");
const ENDLESS = "DO $$ BEGIN LOOP END LOOP; END $$";

/** Processes that have a folder in their command, or work in it. */
function processesOf(folder: string): number[] {
  const pids = readdirSync("/proc").filter((name) => /^\d+$/.test(name));
  return pids.filter((pid) => isOf(pid, folder)).map(Number);
}

function isOf(pid: string, folder: string): boolean {
  try {
    const command = readFileSync(`/proc/${pid}/cmdline`, "utf8");
    return command.includes(folder) || readlinkSync(`/proc/${pid}/cwd`).startsWith(folder);
  } catch {
    return false;
  }
}

/** The postmaster of the only server in a folder. */
function postmasterIn(storage: string): number {
  const [name = ""] = readdirSync(storage);
  return Number.parseInt(readFileSync(join(storage, name, "data", "postmaster.pid"), "utf8"), 10);
}

async function gone(storage: string): Promise<void> {
  while (readdirSync(storage).length > 0 || processesOf(storage).length > 0) await setImmediate();
}

onLinux("a server on a port of 127.0.0.1, kept by a process of Node's", () => {
  let storage = "";
  beforeEach(() => {
    storage = mkdtempSync(join(tmpdir(), "mv-loopback-"));
    chmodSync(storage, 0o777);
  });
  afterEach(() => rmSync(storage, { recursive: true }));
  const open = (options = {}): Promise<Database> =>
    loopbackTestEngine({ storage, ...options }).open();

  /** A program that waits for an endless query. */
  const startParent = async (): Promise<ChildProcess> => {
    const script = "__tests__/fixtures/database/loopback-parent.ts";
    const parent = spawn(process.execPath, ["--import=tsx", script, storage], {
      cwd: ROOT,
      stdio: ["ignore", "pipe", "inherit"],
    });
    await once(parent.stdout, "data");
    return parent;
  };

  it("is gone after close, and everything of it", async () => {
    const database = await open();
    expect(readdirSync(storage)).toHaveLength(1);
    expect(processesOf(storage).length).toBeGreaterThan(2);
    await database[Symbol.asyncDispose]();
    await gone(storage);
    expect(database.alive).toBe(false);
  });

  it("is ended with a query that never ends", async () => {
    await using database = await open();
    const { failure } = await database.run({ queries: [ENDLESS], timeoutMs: 300 });
    expect(failure).toMatchObject({ cause: "timeout" });
    await gone(storage);
  });

  it("is gone when this program is killed", async () => {
    const parent = await startParent();
    expect(processesOf(storage).length).toBeGreaterThan(2);
    parent.kill("SIGKILL");
    await gone(storage);
  });

  it("is swept away by the next when this program and all that it started are killed", async () => {
    const parent = await startParent();
    const end = once(parent, "exit");
    for (const pid of [...processesOf(storage), parent.pid]) process.kill(Number(pid), "SIGKILL");
    await end;
    const [left = ""] = readdirSync(storage);
    await using next = await open();
    expect(next.alive).toBe(true);
    // Where that takes long, nobody waits for it.
    while (existsSync(join(storage, left))) await setImmediate();
    await next[Symbol.asyncDispose]();
    await gone(storage);
  });

  it("is swept away by the next where only what keeps it was killed", async () => {
    const parent = await startParent();
    const end = once(parent, "exit");
    const [keeper] = processesOf(storage).filter((pid) => pid !== parent.pid);
    for (const pid of [keeper, parent.pid]) process.kill(Number(pid), "SIGKILL");
    await end;
    // The server itself runs on.
    expect(processesOf(storage)).toContain(postmasterIn(storage));
    await (await open())[Symbol.asyncDispose]();
    await gone(storage);
  });

  it("is removed where its sessions outlive it", async () => {
    const database = await open();
    const running = database.run({ queries: [ENDLESS], timeoutMs: 600_000 });
    process.kill(postmasterIn(storage), "SIGKILL");
    await database[Symbol.asyncDispose]();
    expect((await running).failure?.cause).toBe("crash");
    await gone(storage);
  });

  it("is killed where what keeps it does not end", async () => {
    const database = await open({ patienceMs: 50 });
    const [keeper] = processesOf(storage);
    process.kill(Number(keeper), "SIGSTOP");
    await expect(database[Symbol.asyncDispose]()).rejects.toThrow("did not end and was killed");
    await gone(storage);
  });

  it("says why it cannot start, and leaves nothing behind", async () => {
    const opening = open({ binaries: { major: 18, bin: "/nowhere" } });
    await expect(opening).rejects.toThrow("PostgreSQL 18 could not be started");
    await gone(storage);
  });

  describe("before it has data", () => {
    let surroundings: Surroundings;
    beforeEach(() => {
      if (server === undefined) throw new Error("there is no server");
      const made = makeSurroundings(server, storage);
      surroundings = { ...made, environment: environmentOn(made) };
    });

    it("tells what the server complains about, each time", async () => {
      const keeper = new LoopbackServer(surroundings);
      for (const _ of [1, 2]) {
        await expect(keeper.start(() => undefined)).rejects.toThrow("does not exist");
      }
      await keeper.stop();
      await gone(storage);
    });

    it("is removed like one that has", async () => {
      await sweep(surroundings, [surroundings.folder]);
      await gone(storage);
      expect(readdirSync(storage)).toEqual([]);
    });
  });
});
