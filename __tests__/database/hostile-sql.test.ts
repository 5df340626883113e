import { afterAll, describe, expect, it, jest } from "@jest/globals";

import type { BatchFailure, Database } from "../../src/verify/database.ts";
import { testEngine } from "../engine.ts";

// What is asked for is much, and the machine may be small.
jest.setTimeout(30_000);

let shared: Database | undefined;
afterAll(async () => {
  await shared?.[Symbol.asyncDispose]();
});

/** The same database for as long as it lives. */
async function open(): Promise<Database> {
  if (shared?.alive !== true) shared = await testEngine().open();
  return shared;
}

interface Case {
  readonly what: string;
  readonly sql: string;
  readonly timeoutMs?: number;
  readonly cause?: BatchFailure["cause"];
  readonly says?: string | RegExp;
}

const CASES: readonly Case[] = [
  {
    what: "a result of three hundred megabytes",
    sql: "SELECT repeat('x', 10000000) FROM generate_series(1, 30)",
  },
  {
    what: "a value of a gigabyte",
    sql: "SELECT repeat('x', 1000000000)",
    cause: "sql",
    says: "out of memory",
  },
  {
    what: "a hundred thousand notices",
    sql: "DO $$ BEGIN FOR i IN 1..100000 LOOP RAISE NOTICE '%', repeat('x', 100); END LOOP; END $$",
  },
  {
    what: "an error message of twenty megabytes",
    sql: "DO $$ BEGIN RAISE EXCEPTION '%', repeat('x', 20000000); END $$",
    cause: "sql",
    says: /^x{8000}$/,
  },
  {
    what: "more memory than there is",
    sql: "SELECT length(string_agg(repeat('x', 1000), '')) FROM generate_series(1, 2000000)",
    cause: "sql",
    says: "out of memory",
  },
  {
    what: "functions without end",
    sql: "SELECT deep(1)",
    cause: "sql",
    says: "stack depth limit exceeded",
  },
  {
    what: "a file of the machine",
    sql: "SELECT pg_read_file('/etc/passwd')",
    cause: "sql",
    says: "No such file",
  },
  {
    what: "a large object from a file",
    sql: "SELECT lo_import('/etc/passwd')",
    cause: "sql",
    says: "No such file",
  },
  {
    what: "a module that is not there",
    sql: "LOAD '/tmp/nothing.so'",
    cause: "sql",
    says: "No such file",
  },
  {
    what: "PGlite's device that keeps everything",
    sql: `DO $$ BEGIN
      IF (pg_stat_file('/dev/blob', true)).size IS NOT NULL THEN RAISE 'it is there'; END IF;
    END $$`,
  },
  {
    what: "another server",
    sql: "CREATE SUBSCRIPTION s CONNECTION 'host=127.0.0.1 port=1 dbname=x' PUBLICATION p",
    cause: "sql",
    says: "could not load library",
  },
  { what: "its own end", sql: "SELECT pg_terminate_backend(pg_backend_pid())" },
  {
    what: "a program",
    sql: "COPY (SELECT 1) TO PROGRAM 'true'",
    cause: "crash",
    says: "PGlite stopped",
  },
  {
    what: "a loop that swallows every cancellation",
    sql: `DO $$ BEGIN LOOP
        BEGIN PERFORM pg_sleep(10); EXCEPTION WHEN OTHERS OR query_canceled THEN NULL; END;
      END LOOP; END $$`,
    timeoutMs: 500,
    cause: "timeout",
    says: "ran longer",
  },
  {
    what: "recursion deeper than the engine's stack",
    sql: "SET max_stack_depth = '7MB'; SELECT deep(1)",
    cause: "crash",
    says: "PGlite stopped",
  },
];

const DEEP = `CREATE OR REPLACE FUNCTION deep(n int) RETURNS int LANGUAGE plpgsql
  AS 'BEGIN RETURN deep(n + 1); END'`;

describe("SQL that asks for", () => {
  it.each(CASES)("$what", async ({ sql, timeoutMs = 10_000, cause, says }) => {
    const database = await open();
    await database.run({ queries: [DEEP], timeoutMs: 5_000 });
    const { failure } = await database.run({ queries: [sql], timeoutMs });
    expect(failure?.cause).toBe(cause);
    expect(failure?.error.message ?? "nothing").toMatch(says ?? "nothing");
    // What lives still tells the truth, and what does not says so.
    const lives = cause === undefined || cause === "sql";
    expect(database.alive).toBe(lives);
    const answer = lives ? await database.query("SELECT 6 * 7") : undefined;
    expect(answer).toEqual(lives ? [["42"]] : undefined);
  });
});
