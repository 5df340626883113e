import { afterAll, beforeAll, describe, expect, it, jest } from "@jest/globals";

import { UserError } from "../../src/core/user-error.ts";
import { pgliteEngine } from "../../src/database/pglite.ts";
import type { Database } from "../../src/verify/database.ts";
import { testEngine } from "../engine.ts";

jest.setTimeout(30_000);

let database: Database;
beforeAll(async () => {
  database = await testEngine({ settings: { work_mem: "5MB" } }).open();
});
afterAll(async () => {
  await database[Symbol.asyncDispose]();
});

const run = (...queries: string[]) => database.run({ queries, timeoutMs: 10_000 });

describe("a PGlite database", () => {
  it("tells its name, the server's version and its limits", () => {
    expect(database.engine).toMatchObject({ name: "pglite", version: "18.6" });
    expect(database.engine.limits.join()).toContain("one session");
    expect(database.alive).toBe(true);
  });

  it("is set as a server is, but for what was asked for", async () => {
    const settings = ["search_path", "work_mem", "allow_system_table_mods", "server_encoding"];
    const rows = await database.query(settings.map((name) => `SHOW ${name}`).join(";"));
    expect(rows.flat()).toEqual(['"$user", public', "5MB", "off", "UTF8"]);
  });

  it("answers every value as text or null", async () => {
    const sql = `SELECT 1, NULL, true, 'é😀', ARRAY[1, NULL], '\\x00ff'::bytea, 1.50, date '2026-01-02'`;
    expect(await database.query(sql)).toEqual([
      ["1", null, "t", "é😀", "{1,NULL}", "\\x00ff", "1.50", "2026-01-02"],
    ]);
    expect(await database.query("SELECT WHERE false")).toEqual([]);
  });

  it("throws when a query of ours fails, and lives", async () => {
    await expect(database.query("SELECT * FROM nowhere")).rejects.toThrow(
      'relation "nowhere" does not exist',
    );
    expect(await database.query("SELECT 1")).toEqual([["1"]]);
  });

  it("throws when a query of ours answers with too much, and lives", async () => {
    const sql = "SELECT repeat('x', 1000000) FROM generate_series(1, 40)";
    await expect(database.query(sql)).rejects.toThrow("too large");
    expect(await database.query("SELECT 1")).toEqual([["1"]]);
  });

  it("runs a batch in order and tells how long each query took", async () => {
    const result = await run(
      "CREATE TABLE a (i int)",
      "INSERT INTO a VALUES (1), (2)",
      "DROP TABLE a",
    );
    expect(result.completed).toBe(3);
    expect(result.failure).toBeUndefined();
    expect(result.durations).toHaveLength(3);
    expect(result.durations.every((ms) => ms > 0)).toBe(true);
  });

  it.each(["", " ;; ", "-- nothing", "SELECT 1;; SELECT 2", "/* ; */"])("runs %j", async (sql) => {
    expect(await run(sql)).toMatchObject({ completed: 1 });
  });

  it("runs an empty batch", async () => {
    expect(await run()).toEqual({ completed: 0, durations: [] });
  });

  it("stops at the first failure, and tells where and why", async () => {
    const result = await run("SELECT 1", "SELECT '😀', nope", "CREATE TABLE never (i int)");
    expect(result).toMatchObject({
      completed: 1,
      failure: {
        query: 1,
        cause: "sql",
        error: { code: "42703", message: 'column "nope" does not exist', offset: 12 },
      },
    });
    expect(result.durations).toHaveLength(1);
    expect(await database.query("SELECT to_regclass('never')")).toEqual([[null]]);
  });

  it("tells detail and hint", async () => {
    await run("CREATE TABLE keyed (i int PRIMARY KEY)", "INSERT INTO keyed VALUES (1)");
    expect((await run("INSERT INTO keyed VALUES (1)")).failure?.error).toMatchObject({
      code: "23505",
      detail: "Key (i)=(1) already exists.",
    });
    expect((await run("SELECT lengthy('x')")).failure?.error.hint).toBeDefined();
  });

  it("runs several statements of one query in one implicit transaction", async () => {
    const { failure } = await run("CREATE TABLE half (i int); SELECT 1/0");
    expect(failure?.error.code).toBe("22012");
    expect(await database.query("SELECT to_regclass('half')")).toEqual([[null]]);
    const concurrently = "SELECT 1; CREATE INDEX CONCURRENTLY ON keyed (i)";
    expect((await run(concurrently)).failure?.error.code).toBe("25001");
  });

  it("keeps one session, whose transaction stays as the batch left it", async () => {
    await run("BEGIN", "SELECT 1/0");
    expect((await run("SELECT 1")).failure?.error.code).toBe("25P02");
    expect((await run("ROLLBACK", "SELECT 1")).completed).toBe(2);
  });

  it("does not cut a query at a NUL, as the protocol would", async () => {
    const { failure } = await run("DROP TABLE keyed\0 IF_NOT_NEEDED");
    expect(failure).toMatchObject({ cause: "sql", error: { code: "22021" } });
    expect(await database.query("SELECT to_regclass('keyed')")).toEqual([["keyed"]]);
  });

  it("ends a COPY that waits for rows", async () => {
    const { failure } = await run("COPY keyed FROM STDIN; SELECT 1");
    expect(failure).toMatchObject({ cause: "sql", error: { code: "57014" } });
    expect(await database.query("SELECT count(*) FROM keyed")).toEqual([["1"]]);
  });

  it("takes one request at a time", async () => {
    const first = database.query("SELECT 1");
    await expect(database.query("SELECT 2")).rejects.toThrow("busy");
    expect(await first).toEqual([["1"]]);
  });
});

describe("pgliteEngine", () => {
  it.each([
    ["without its program", { childPath: "/nowhere/child.js" }, "/nowhere/child.js is missing"],
    ["without its files", { assets: "/nowhere" }, "ENOENT"],
    ["with a setting that the server refuses", { settings: { work_mem: "much" } }, "work_mem"],
  ])("says why it cannot start %s", async (_case, options, reason) => {
    const opening = testEngine(options).open();
    await expect(opening).rejects.toThrow(UserError);
    await expect(opening).rejects.toThrow(reason);
    await expect(opening).rejects.toMatchObject({ exitCode: 3 });
  });

  it("refuses a setting that would be more than a setting", () => {
    expect(() => pgliteEngine({ settings: { "a -D /": "x" } })).toThrow(UserError);
  });
});
