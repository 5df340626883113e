import { afterAll, describe, expect, it, jest } from "@jest/globals";

import type { Execution } from "../../src/core/migration.ts";
import { DEFAULT_SETTINGS } from "../../src/core/settings.ts";
import { SCRIPT, STATEMENTS, TRANSACTION, verify } from "./scripts.ts";
import { SharedEngine } from "./shared-engine.ts";

// Databases start slowly on a busy machine.
jest.setTimeout(120_000);
const engine = new SharedEngine();
afterAll(() => engine[Symbol.asyncDispose]());

const TABLE = "CREATE TABLE orders (id int PRIMARY KEY, note text)";
const CONCURRENTLY = "CREATE INDEX CONCURRENTLY orders_note ON orders (note)";

describe("the runner's transaction", () => {
  it.each<[string, string, Execution, string | undefined]>([
    ["CONCURRENTLY in the runner's transaction", CONCURRENTLY, TRANSACTION, "25001"],
    ["CONCURRENTLY by itself", CONCURRENTLY, STATEMENTS, undefined],
    ["CONCURRENTLY as the only statement of a string", CONCURRENTLY, SCRIPT, undefined],
    [
      "CONCURRENTLY first of two statements in a string",
      `${CONCURRENTLY}; SELECT 1`,
      SCRIPT,
      "25001",
    ],
    [
      "CONCURRENTLY last of two statements in a string",
      `SELECT 1; ${CONCURRENTLY}`,
      SCRIPT,
      "25001",
    ],
    [
      "CONCURRENTLY after the script's own COMMIT",
      `BEGIN; SELECT 1; COMMIT; ${CONCURRENTLY}`,
      STATEMENTS,
      undefined,
    ],
    ["the same in one string", `BEGIN; SELECT 1; COMMIT; ${CONCURRENTLY}`, SCRIPT, "25001"],
    [
      "CONCURRENTLY after a COMMIT that ends the runner's transaction",
      `COMMIT; ${CONCURRENTLY}`,
      TRANSACTION,
      undefined,
    ],
    ["SAVEPOINT in a string without a transaction", "SELECT 1; SAVEPOINT a", SCRIPT, "25P01"],
    [
      "SAVEPOINT in the runner's transaction",
      "SAVEPOINT a; SELECT 1; RELEASE a",
      TRANSACTION,
      undefined,
    ],
    [
      "a new enum value used in its transaction",
      "ALTER TYPE mood ADD VALUE 'bad'; CREATE TABLE m (m mood DEFAULT 'bad'); SELECT 'bad'::mood",
      TRANSACTION,
      "55P04",
    ],
    [
      "a new enum value used in the string that adds it",
      "ALTER TYPE mood ADD VALUE 'bad'; SELECT 'bad'::mood",
      SCRIPT,
      "55P04",
    ],
    [
      "a new enum value used after it was committed",
      "ALTER TYPE mood ADD VALUE 'bad'; SELECT 'bad'::mood",
      STATEMENTS,
      undefined,
    ],
    ["LOCK TABLE without a transaction", "LOCK TABLE orders", STATEMENTS, "25P01"],
    [
      "LOCK TABLE in a string of several statements",
      "LOCK TABLE orders; SELECT 1",
      SCRIPT,
      undefined,
    ],
  ])("%s", async (_, up, execution, code) => {
    const base = [`${TABLE}; CREATE TYPE mood AS ENUM ('good')`];
    const changed = [{ up, down: { absent: "missing" } as const, execution }];
    const { verifications } = await verify({ base, changed }, engine);
    expect(verifications[0]?.up.error?.code).toBe(code);
  });

  it.each<[string, string, Execution, readonly string[]]>([
    ["all is rolled back", "CREATE TABLE a (); SELECT nothing", TRANSACTION, []],
    ["all of one string is rolled back", "CREATE TABLE a (); SELECT nothing", SCRIPT, []],
    ["what committed by itself stays", "CREATE TABLE a (); SELECT nothing", STATEMENTS, ["a"]],
    [
      "what the script committed stays",
      "BEGIN; CREATE TABLE a (); COMMIT; SELECT nothing",
      SCRIPT,
      ["a"],
    ],
    [
      "the script's own transaction is rolled back",
      "BEGIN; CREATE TABLE a (); SELECT nothing; COMMIT",
      STATEMENTS,
      [],
    ],
    ["a string that does not parse does nothing", "CREATE TABLE a (); SELEKT 1", SCRIPT, []],
    [
      "before what does not parse, statements stay",
      "CREATE TABLE a (); SELEKT 1",
      STATEMENTS,
      ["a"],
    ],
  ])("after an error, %s", async (_, up, execution, left) => {
    const changed = [{ up, down: { absent: "missing" } as const, execution }];
    const { verifications } = await verify({ changed }, engine);
    expect(verifications[0]?.up.outcome).toBe("failed");
    expect(verifications[0]?.up.difference.map(({ name }) => name)).toEqual(left);
  });

  it("that a script leaves open is rolled back, as when the runner hangs up", async () => {
    const changed = [{ up: "BEGIN; CREATE TABLE a ()", down: "SELECT 1", execution: STATEMENTS }];
    const { verifications } = await verify({ changed }, engine);
    expect(verifications[0]?.up).toMatchObject({ outcome: "passed", difference: [] });
  });
});

describe("what a script leaves in its session", () => {
  it.each([
    ["a search path", "SET search_path = ''; CREATE TABLE public.a ()"],
    ["a search path of pg_dump's kind", "SELECT pg_catalog.set_config('search_path', '', false)"],
    ["a role", "CREATE ROLE somebody; SET SESSION AUTHORIZATION somebody"],
    ["a temporary table of the same name", "CREATE TEMPORARY TABLE orders (x int)"],
    [
      "an advisory lock and a cursor",
      "SELECT pg_advisory_lock(1); DECLARE c CURSOR WITH HOLD FOR SELECT 1",
    ],
    ["a read-only session", "SET default_transaction_read_only = on"],
  ])("does not reach the next: %s", async (_, script) => {
    const changed = [
      { up: script, down: { absent: "missing" } as const },
      { up: "ALTER TABLE orders ADD paid boolean", down: "ALTER TABLE orders DROP paid" },
    ];
    for (const base of [[TABLE], [TABLE, script.replaceAll("public.a", "public.b")]]) {
      const { verifications } = await verify(
        { base, changed: base.length === 1 ? changed : changed.slice(1) },
        engine,
      );
      expect(verifications.at(-1)?.up.error).toBeUndefined();
      expect(verifications.at(-1)?.down.verdict).toBe("exact");
      expect(verifications.at(-1)?.up.difference.map(({ name }) => name)).toEqual(["orders.paid"]);
    }
  });

  it("is not in the way when the next does the same: a prepared statement", async () => {
    const one = { up: "PREPARE p AS SELECT 1", down: { absent: "missing" } as const };
    for (const base of [[], [one.up]]) {
      const { verifications } = await verify({ base, changed: [one, one] }, engine);
      expect(verifications.map(({ up }) => up.outcome)).toEqual(["passed", "passed"]);
    }
  });
});

describe("the clock", () => {
  const ENDLESS = "DO $$ BEGIN LOOP END LOOP; END $$";
  const limits = { ...DEFAULT_SETTINGS.verify.limits, statementMs: 1_000 };

  it("ends an endless down, and the next migration is verified", async () => {
    const { verifications } = await verify(
      {
        base: [TABLE],
        changed: [
          { up: "CREATE TABLE a ()", down: `DROP TABLE a; ${ENDLESS}` },
          { up: "ALTER TABLE orders ADD paid boolean", down: "ALTER TABLE orders DROP paid" },
        ],
        settings: { limits },
      },
      engine,
    );
    expect(verifications[0]?.down).toMatchObject({
      verdict: "fails",
      error: {
        message: "it ran past the limit of 1 s for one statement (`verify.limits.statement`)",
        line: 1,
      },
    });
    expect(verifications[0]?.upAgain.outcome).toBe("not-run");
    expect(verifications[1]?.down.verdict).toBe("exact");
  });

  it("ends an endless up, and the next migration is not run", async () => {
    const changed = [
      { up: ENDLESS, down: "SELECT 1" },
      { up: "SELECT 1", down: "SELECT 1" },
    ];
    const { verifications } = await verify({ changed, settings: { limits } }, engine);
    expect(verifications[0]?.up).toMatchObject({ outcome: "failed" });
    expect(verifications[1]?.up).toMatchObject({ outcome: "not-run" });
  });

  it("ends a migration that takes too long as a whole", async () => {
    const changed = [{ up: "SELECT 1", down: ENDLESS }];
    const settings = { limits: { ...DEFAULT_SETTINGS.verify.limits, migrationMs: 1_000 } };
    const { verifications } = await verify({ changed, settings }, engine);
    expect(verifications[0]?.down.error?.message).toContain("verify.limits.migration");
  });

  it("ends the run, and says what was not verified", async () => {
    const changed = [
      { up: ENDLESS, down: "SELECT 1" },
      { up: "SELECT 1", down: "SELECT 1" },
    ];
    const settings = { limits: { ...DEFAULT_SETTINGS.verify.limits, totalMs: 300 } };
    const { verifications, unverified } = await verify({ changed, settings }, engine);
    expect(verifications.map(({ up }) => up.outcome)).toEqual(["not-run", "not-run"]);
    const reason = "it ran past the limit of 0.3 s for the whole run (`verify.limits.total`)";
    expect(unverified).toEqual([
      { path: "0001.up.sql", reason: `not verified: ${reason}` },
      { path: "0002.up.sql", reason: `not verified: 0001.up.sql: ${reason}` },
    ]);
  });

  it("ends an endless history", async () => {
    const changed = [{ up: "SELECT 1", down: "SELECT 1" }];
    const settings = { limits: { ...DEFAULT_SETTINGS.verify.limits, migrationMs: 1_000 } };
    const { unverified } = await verify({ base: [TABLE, ENDLESS], changed, settings }, engine);
    expect(unverified).toEqual([
      { path: "0002.up.sql", reason: expect.stringContaining("verify.limits.migration") },
      { path: "0003.up.sql", reason: expect.stringContaining("0002.up.sql: ") },
    ]);
  });

  it("counts the time until it ended a statement", async () => {
    const changed = [{ up: `CREATE TABLE a (); ${ENDLESS}`, down: "SELECT 1" }];
    const settings = { limits: { ...DEFAULT_SETTINGS.verify.limits, statementMs: 200 } };
    const { verifications } = await verify({ changed, settings }, engine);
    expect(verifications[0]?.up.error?.message).toContain("verify.limits.statement");
    expect(verifications[0]?.up.durationMs).toBeGreaterThanOrEqual(200);
  });
});

describe("a history that cannot be applied", () => {
  it.each<[string, Execution]>([
    ["in one string", SCRIPT],
    ["in the runner's transaction", TRANSACTION],
    ["statement by statement", STATEMENTS],
  ])("is named with its file, line and error: %s", async (_, execution) => {
    const base = [TABLE, "SELECT 'é😀';\nSELECT 1;\n\nCREATE TABLE orders ()", "SELECT 1"];
    const changed = [{ up: "SELECT 1", down: "SELECT 1" }];
    const { verifications, unverified } = await verify({ base, changed, execution }, engine);
    const reason =
      'this cannot be applied before the migrations under review, line 4: relation "orders" already exists';
    expect(unverified).toEqual([
      { path: "0002.up.sql", reason },
      { path: "0004.up.sql", reason: `not verified: 0002.up.sql: ${reason}` },
    ]);
    expect(verifications[0]?.up).toEqual({
      outcome: "not-run",
      difference: [],
      reason: `0002.up.sql: ${reason}`,
    });
    expect(verifications[0]?.down.verdict).toBe("not-run");
    expect(verifications[0]?.upAgain.outcome).toBe("not-run");
  });
});

describe("what only production has", () => {
  const GRANT = "GRANT SELECT ON orders TO app";

  it.each<[string, Execution]>([
    ["one string", SCRIPT],
    ["the runner's transaction", TRANSACTION],
    ["statements", STATEMENTS],
  ])("a missing role is made, and it is said: %s", async (_, execution) => {
    const {
      verifications,
      engine: used,
      unverified,
    } = await verify(
      {
        base: [TABLE, `${GRANT}; GRANT app TO other`],
        changed: [
          { up: "CREATE POLICY p ON orders TO third; SELECT 1", down: "DROP POLICY p ON orders" },
        ],
        execution,
      },
      engine,
    );
    expect(unverified).toEqual([]);
    expect(verifications[0]?.down.verdict).toBe("exact");
    expect(used?.limits.filter((limit) => limit.startsWith("No migration creates"))).toHaveLength(
      3,
    );
  });

  it("a role that a later migration creates is missed by the earlier one", async () => {
    const changed = [
      { up: GRANT, down: "SELECT 1" },
      { up: "CREATE ROLE app", down: "DROP ROLE app" },
    ];
    const { verifications } = await verify({ base: [TABLE], changed }, engine);
    expect(verifications[0]?.up.error).toMatchObject({
      code: "42704",
      message: 'role "app" does not exist',
    });
  });

  it.each<[string, Execution]>([
    ["one string", SCRIPT],
    ["the runner's transaction", TRANSACTION],
    ["statements", STATEMENTS],
  ])("a missing extension is left out and named: %s", async (_, execution) => {
    const { verifications, unverified } = await verify(
      {
        base: [
          "SELECT 1;\nCREATE EXTENSION IF NOT EXISTS postgis;\nCOMMENT ON EXTENSION postgis IS 'x'",
          TABLE,
        ],
        changed: [
          {
            up: "ALTER TABLE orders ADD a int; DROP EXTENSION postgis",
            down: "ALTER TABLE orders DROP a",
          },
        ],
        execution,
      },
      engine,
    );
    expect(unverified).toEqual([
      {
        path: "0001.up.sql",
        reason: expect.stringMatching(/extension postgis was left out.*PGlite 18/),
      },
    ]);
    expect(verifications[0]?.down.verdict).toBe("exact");
  });

  it("is made by the SQL of the configuration", async () => {
    const { verifications } = await verify(
      {
        before: "CREATE ROLE app; CREATE SCHEMA shop; SET search_path = shop",
        changed: [
          {
            up: "CREATE TABLE shop.a (); ALTER TABLE shop.a OWNER TO app",
            down: "DROP TABLE shop.a",
          },
        ],
      },
      engine,
    );
    expect(verifications[0]?.down.verdict).toBe("exact");
    expect(verifications[0]?.up.difference).toEqual([
      { change: "added", object: "table", name: "shop.a", weight: "semantic" },
    ]);
  });

  it("and the SQL of the configuration can fail", async () => {
    const { unverified, verifications } = await verify(
      { before: "SELECT nothing", changed: [{ up: "SELECT 1", down: "SELECT 1" }] },
      engine,
    );
    expect(unverified.map(({ path }) => path)).toEqual(["before.sql", "0001.up.sql"]);
    expect(verifications[0]?.up.outcome).toBe("not-run");
  });

  it.each([
    ["pg_trgm", []],
    ["postgis", ["verify.extensions"]],
  ])("an extension of the configuration: %s", async (extension, paths) => {
    const settings = { extensions: [extension] };
    const changed = [{ up: "SELECT 1", down: "SELECT 1" }];
    const { unverified } = await verify({ changed, settings }, engine);
    expect(unverified.map(({ path }) => path)).toEqual(paths);
  });
});
