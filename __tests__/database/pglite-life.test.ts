import { spawn } from "node:child_process";
import { once } from "node:events";
import { join, parse } from "node:path";
import { describe, expect, it, jest } from "@jest/globals";

import type { SandboxKind } from "../../src/core/verification.ts";
import { testEngine } from "../engine.ts";
import { sandboxWays } from "./sandbox-ways.ts";
import { WatchedChild } from "./watched-child.ts";

jest.setTimeout(30_000);

const ROOT = join(import.meta.dirname, "..", "..");
const WAYS = sandboxWays();
const ENDLESS = "DO $$ BEGIN LOOP END LOOP; END $$";

const SAID: Readonly<Record<SandboxKind, RegExp>> = {
  bwrap: /^(?!.*The database ran)/,
  unshare: /not from its files/,
  plain: /in no sandbox of the operating system/,
};

describe("the process of a PGlite database", () => {
  it("starts with no environment and away from the repository, and is gone after close", async () => {
    await using child = await WatchedChild.listen();
    process.env["MIGRATE_VERIFY_TEST_TOKEN"] = "secret";
    const database = await testEngine({ childPath: child.path }).open();
    const { environment, cwd } = await child.facts;
    // A shell and bubblewrap say where they are.
    const added = new Set(["PWD", "OLDPWD", "SHLVL", "_"]);
    expect(Object.keys(environment).filter((name) => !added.has(name))).toEqual([]);
    expect(cwd).toBe(parse(ROOT).root);
    await database[Symbol.asyncDispose]();
    await child.gone;
    expect(database.alive).toBe(false);
    await expect(database.query("SELECT 1")).rejects.toThrow("gone");
    // A second time is no harm.
    await database[Symbol.asyncDispose]();
  });

  it("is ended in the middle of its start when nobody wants it any more", async () => {
    await using child = await WatchedChild.listen();
    const unwanted = new AbortController();
    const opening = testEngine({ childPath: child.path }).open(unwanted.signal);
    await child.facts;
    unwanted.abort();
    await expect(opening).rejects.toThrow("it was killed");
    await child.gone;
  });

  it.each(WAYS)("sees of the machine what it is granted, and tells it: $kind", async (way) => {
    await using child = await WatchedChild.listen();
    const database = await testEngine({ childPath: child.path, sandboxPath: way.path }).open();
    const { root, user, pid } = await child.facts;
    const { sandbox, isolation, limits } = database.engine;
    // A container may grant less than its programs promise.
    const kind = sandbox === "plain" ? "plain" : way.kind;
    const isOthers = user !== process.getuid?.();
    const seen = { sandbox, isolation, ownProcesses: pid < 10, home: root.includes("home") };
    expect(seen).toEqual({
      sandbox: kind,
      isolation: kind === "bwrap" || (kind === "unshare" && isOthers) ? "strong" : "weak",
      ownProcesses: kind !== "plain",
      home: kind !== "bwrap",
    });
    expect(limits.join(" ")).toMatch(SAID[kind]);
    await database[Symbol.asyncDispose]();
    await child.gone;
  });

  it("is killed when a query runs past its time, which ends the batch there", async () => {
    await using child = await WatchedChild.listen();
    await using database = await testEngine({ childPath: child.path }).open();
    const result = await database.run({
      queries: ["SELECT 1", ENDLESS, "SELECT 2"],
      timeoutMs: 300,
    });
    await child.gone;
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
    await expect(database.run({ queries: [], timeoutMs: 300 })).rejects.toThrow("gone");
  });

  it("is told as a crash when it dies, with what it did before", async () => {
    await using child = await WatchedChild.listen();
    await using database = await testEngine({ childPath: child.path }).open();
    const running = database.run({ queries: ["SELECT 1", ENDLESS], timeoutMs: 600_000 });
    process.kill(await child.machinePid(), "SIGKILL");
    const { failure } = await running;
    expect(failure).toMatchObject({ cause: "crash" });
    expect(failure?.error.message).toContain("SIGKILL");
    expect(database.alive).toBe(false);
  });

  it.each(WAYS)("dies with its parent, whatever it is doing: $kind", async ({ path }) => {
    await using child = await WatchedChild.listen();
    const parent = spawn(
      process.execPath,
      [
        "--import=tsx",
        "__tests__/fixtures/database/parent.ts",
        child.path,
        join(ROOT, "dist"),
        path,
      ],
      { cwd: ROOT, stdio: ["ignore", "pipe", "inherit"] },
    );
    await once(parent.stdout, "data");
    parent.kill("SIGKILL");
    await child.gone;
    expect((await child.facts).pid).not.toBe(parent.pid);
    expect(await child.machinePid()).toBeNaN();
  });

  it("has its own time for each query, not for the batch", async () => {
    await using database = await testEngine().open();
    const queries = Array.from({ length: 4 }, () => "SELECT pg_sleep(0.2)");
    expect(await database.run({ queries, timeoutMs: 500 })).toMatchObject({ completed: 4 });
  });

  it("is not taken for late when this program was busy meanwhile", async () => {
    await using database = await testEngine().open();
    const running = database.run({ queries: ["SELECT 1", "SELECT 2"], timeoutMs: 200 });
    const until = performance.now() + 600;
    while (performance.now() < until);
    expect(await running).toMatchObject({ completed: 2 });
  });
});
