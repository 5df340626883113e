import { afterAll, beforeAll, describe, expect, it, jest } from "@jest/globals";

import type { Database } from "../../src/verify/database.ts";
import { nativeTestEngine, server } from "./postgres-engines.ts";

jest.setTimeout(60_000);
const onServer = server === undefined ? describe.skip : describe;

onServer("a database of the machine's own server", () => {
  let database: Database;
  beforeAll(async () => {
    database = await nativeTestEngine().open();
  });
  afterAll(async () => {
    await database[Symbol.asyncDispose]();
  });
  const run = (...queries: string[]) => database.run({ queries, timeoutMs: 10_000 });
  const refusal = async (sql: string) => (await run(sql)).failure?.error.code;

  it("tells its name, the server's version and its limits", () => {
    expect(database.engine.name).toBe("postgres");
    expect(Number.parseInt(database.engine.version, 10)).toBe(server?.major);
    expect(database.engine.version).toMatch(/^[\d.]+\w*$/);
    expect(database.engine.limits.join()).toContain("not a superuser");
    expect(database.alive).toBe(true);
  });

  it("answers every value as text or null", async () => {
    const sql = `SELECT 1, NULL, true, 'é😀', ARRAY[1, NULL], '\\x00ff'::bytea, 1.50, date '2026-01-02'`;
    expect(await database.query(sql)).toEqual([
      ["1", null, "t", "é😀", "{1,NULL}", "\\x00ff", "1.50", "2026-01-02"],
    ]);
    expect(await database.query("SET work_mem = '5MB'; SELECT WHERE false")).toEqual([]);
  });

  it("throws when a query of ours fails or answers too much, and lives", async () => {
    await expect(database.query("SELECT * FROM nowhere")).rejects.toThrow(
      'relation "nowhere" does not exist',
    );
    const much = "SELECT repeat('x', 1000000) FROM generate_series(1, 40)";
    await expect(database.query(much)).rejects.toThrow("too large");
    expect(await database.query("SELECT 1")).toEqual([["1"]]);
  });

  it.each(["", " ;; ", "-- nothing", "SELECT 1;; SELECT 2"])("runs %j", async (sql) => {
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

  it("runs several statements of one query in one implicit transaction", async () => {
    const { failure } = await run("CREATE TABLE half (i int); SELECT 1/0");
    expect(failure?.error.code).toBe("22012");
    expect(await database.query("SELECT to_regclass('half')")).toEqual([[null]]);
    await run("CREATE TABLE keyed (i int PRIMARY KEY)");
    const concurrently = "SELECT 1; CREATE INDEX CONCURRENTLY ON keyed (i)";
    expect((await run(concurrently)).failure?.error.code).toBe("25001");
    expect(await run("CREATE INDEX CONCURRENTLY ON keyed (i)")).toMatchObject({ completed: 1 });
  });

  it("keeps one session, whose transaction stays as the batch left it", async () => {
    await run("BEGIN", "SELECT 1/0");
    expect((await run("SELECT 1")).failure?.error.code).toBe("25P02");
    expect((await run("ROLLBACK", "SELECT 1")).completed).toBe(2);
  });

  it("does not cut a query at a NUL, as the protocol would", async () => {
    const { failure } = await run("CREATE TABLE cut (i int)\0 IF_NOT_NEEDED");
    expect(failure).toMatchObject({ cause: "sql", error: { code: "22021" } });
    expect(await database.query("SELECT to_regclass('cut')")).toEqual([[null]]);
  });

  it("ends a COPY that waits for rows, and drops what a COPY sends", async () => {
    await run("CREATE TABLE copied (i int)");
    const { failure } = await run("COPY copied FROM STDIN; SELECT 1");
    expect(failure).toMatchObject({ cause: "sql", error: { code: "57014" } });
    const flood = "COPY (SELECT repeat('x', 1000) FROM generate_series(1, 100000)) TO STDOUT";
    expect(await run(flood)).toMatchObject({ completed: 1 });
  });

  it("takes one request at a time", async () => {
    const first = database.query("SELECT 1");
    await expect(database.query("SELECT 2")).rejects.toThrow("busy");
    expect(await first).toEqual([["1"]]);
  });

  it("lets the migrations' role own what it owns in production", async () => {
    const granted = await run(
      "CREATE TABLE owned (i int)",
      "ALTER TABLE owned OWNER TO postgres",
      "DROP SCHEMA public CASCADE",
      "CREATE SCHEMA public",
      "COMMENT ON EXTENSION plpgsql IS 'as pg_dump writes it'",
      "CREATE DATABASE another",
      "ALTER DATABASE work SET search_path = public",
      "VACUUM ANALYZE",
    );
    expect(granted.failure).toBeUndefined();
  });

  it.each([
    ["runs a program", "CREATE TABLE p (t text); COPY p FROM PROGRAM 'id'"],
    ["writes a file", "COPY (SELECT 1) TO '/tmp/migrate-verify-refused'"],
    ["reads a file", "SELECT pg_read_file('/etc/passwd')"],
    ["lists a folder", "SELECT pg_ls_dir('/')"],
    ["imports a file", "SELECT lo_import('/etc/passwd')"],
    ["loads code", "LOAD 'auto_explain'; CREATE FUNCTION f() RETURNS int LANGUAGE c AS 'x'"],
    ["makes a function of C", "CREATE FUNCTION f() RETURNS int LANGUAGE internal AS 'int4pl'"],
    ["becomes the superuser", "SET ROLE migrate_verify"],
    ["logs in as the superuser", "SET SESSION AUTHORIZATION migrate_verify"],
    ["becomes the other role", "SET ROLE migrate_verify_tracer"],
    ["makes a superuser", "CREATE ROLE r SUPERUSER"],
    ["takes the right to run programs", "GRANT pg_execute_server_program TO postgres"],
    ["makes itself a superuser", "ALTER ROLE postgres SUPERUSER"],
    ["changes the server's settings", "ALTER SYSTEM SET work_mem = '1MB'"],
    ["lifts the limit of temporary files", "SET temp_file_limit = -1"],
    ["reads passwords", "SELECT * FROM pg_authid"],
    ["changes the system's catalogs", "UPDATE pg_catalog.pg_class SET relname = 'x'"],
    ["makes an untrusted extension", "CREATE EXTENSION file_fdw"],
  ])("refuses what %s", async (_what, sql) => {
    expect(await refusal(sql)).toBe("42501");
  });

  it("makes a role that production has, to which the migrations' role may hand over", async () => {
    expect(await database.createRole?.('a "reader"')).toBe(true);
    const granted = await run(
      "CREATE SCHEMA apart",
      'GRANT CREATE ON SCHEMA apart TO "a ""reader"""',
      "CREATE TABLE apart.read (i int)",
      'ALTER TABLE apart.read OWNER TO "a ""reader"""',
      'SET ROLE "a ""reader"""',
      "RESET ROLE",
    );
    expect(granted.failure).toBeUndefined();
  });
});

onServer("extensions", () => {
  it("that are trusted are made by the migration, others only from a list", async () => {
    await using database = await nativeTestEngine({ extensions: ["file_fdw", "nowhere"] }).open();
    const queries = [
      "CREATE EXTENSION pg_trgm",
      "CREATE EXTENSION IF NOT EXISTS file_fdw",
      "CREATE EXTENSION pageinspect",
    ];
    expect(await database.run({ queries, timeoutMs: 10_000 })).toMatchObject({
      completed: 2,
      failure: { error: { code: "42501" } },
    });
  });
});
