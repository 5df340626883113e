import { afterAll, describe, expect, it, jest } from "@jest/globals";

import { DEFAULT_SETTINGS } from "../../src/core/settings.ts";
import type { ScriptRun } from "../../src/verify/script-run.ts";
import { verifyProject } from "../../src/verify/verify-project.ts";
import { scriptRun, SCRIPT, STATEMENTS, TRANSACTION, verify } from "./scripts.ts";
import { SharedEngine } from "./shared-engine.ts";

// Databases start slowly on a busy machine.
jest.setTimeout(120_000);
const engine = new SharedEngine();
afterAll(() => engine[Symbol.asyncDispose]());

function run(text: string, path: string): ScriptRun {
  return scriptRun(text, TRANSACTION, path);
}

describe("several migrations", () => {
  it("are each verified from what the ones before leave, also after a down that fails", async () => {
    const { verifications } = await verify(
      {
        execution: SCRIPT,
        changed: [
          { up: "CREATE TABLE a (id int)", down: "DROP TABLE b" },
          { up: "ALTER TABLE a ADD name text", down: "ALTER TABLE a DROP name" },
          { up: "CREATE TYPE mood AS ENUM ('good')", down: "SELECT 1" },
          { up: "ALTER TABLE a ADD mood mood", down: "ALTER TABLE a DROP mood" },
        ],
      },
      engine,
    );
    expect(verifications.map(({ down }) => down.verdict)).toEqual([
      "fails",
      "exact",
      "no-op",
      "exact",
    ]);
  });

  it("are not run after one that cannot be applied", async () => {
    const { verifications, unverified } = await verify(
      {
        changed: [
          { up: "CREATE TABLE a (id int);\n\nALTER TABLE nothing ADD b int", down: "DROP TABLE a" },
          { up: "CREATE TABLE b ()", down: "DROP TABLE b" },
          { up: "CREATE TABLE c ()", down: { absent: "forward-only" } },
        ],
      },
      engine,
    );
    expect(verifications[0]?.up).toMatchObject({
      outcome: "failed",
      difference: [],
      error: { code: "42P01", line: 3 },
    });
    expect(verifications[0]?.down).toMatchObject({ verdict: "not-run", reason: "up failed" });
    const reason = "the migration before it, 0001, could not be applied";
    expect(verifications[1]?.up).toMatchObject({ outcome: "not-run", reason });
    expect(unverified).toEqual([
      { path: "0002.up.sql", reason: `not verified: ${reason}` },
      { path: "0003.up.sql", reason: `not verified: ${reason}` },
    ]);
  });

  it("that have no down, by what they are or say, leave nothing unverified", async () => {
    const { unverified } = await verify(
      {
        changed: [
          { up: "CREATE TABLE a ()", down: { absent: "forward-only" } },
          { up: "CREATE TABLE b ()", down: { absent: "repeatable" } },
          { up: "-- migrate-verify: irreversible no way back\nDROP TABLE a", down: "SELECT 1" },
        ],
      },
      engine,
    );
    expect(unverified).toEqual([]);
  });

  it("that fail without a transaction leave what they did", async () => {
    const changed = [
      {
        up: "CREATE TABLE a (id int); SELECT nothing",
        down: "DROP TABLE a",
        execution: STATEMENTS,
      },
    ];
    const { verifications } = await verify({ changed }, engine);
    expect(verifications[0]?.up.outcome).toBe("failed");
    expect(verifications[0]?.up.difference.map(({ name }) => name)).toEqual(["a"]);
    expect(verifications[0]?.up.reason).toContain("stays");
  });

  it("tell each statement with its line and direction", async () => {
    const changed = [
      { up: "-- one\nCREATE TABLE a ();\nCREATE TABLE b ();", down: "\nDROP TABLE a, b" },
    ];
    const { verifications } = await verify({ changed }, engine);
    expect(
      verifications[0]?.statements.map(({ direction, line, sql }) => [direction, line, sql]),
    ).toEqual([
      ["up", 2, "CREATE TABLE a ()"],
      ["up", 3, "CREATE TABLE b ()"],
      ["down", 2, "DROP TABLE a, b"],
    ]);
  });

  it("may have an unchanged one between them, which is named when it fails", async () => {
    const { verifications, unverified } = await verifyProject({
      engine,
      base: [run("CREATE TABLE orders ()", "1")],
      changed: [
        {
          id: "2",
          up: run("ALTER TABLE orders ADD a int", "2"),
          down: run("ALTER TABLE orders DROP a", "2.down"),
        },
        {
          id: "4",
          earlier: [run("ALTER TABLE orders ADD b int", "3")],
          up: run("ALTER TABLE orders DROP a, DROP b", "4"),
          down: "missing",
        },
        {
          id: "6",
          earlier: [run("ALTER TABLE orders DROP b", "5")],
          up: run("SELECT 1", "6"),
          down: "missing",
        },
      ],
      settings: DEFAULT_SETTINGS.verify,
    });
    expect(verifications.map(({ up }) => up.outcome)).toEqual(["passed", "passed", "not-run"]);
    expect(unverified.map(({ path }) => path)).toEqual(["5", "6"]);
  });

  it("are each verified with what unchanged ones between them did, also in a new database", async () => {
    const { verifications } = await verifyProject({
      engine,
      base: [run("CREATE TABLE orders ()", "1")],
      changed: [
        {
          id: "3",
          earlier: [run("ALTER TABLE orders ADD b int", "2")],
          up: run("ALTER TABLE orders RENAME b TO c", "3"),
          down: run("SELECT nothing", "3.down"),
        },
        { id: "4", up: run("ALTER TABLE orders DROP c", "4"), down: "missing" },
      ],
      settings: DEFAULT_SETTINGS.verify,
    });
    expect(verifications.map(({ up }) => up.outcome)).toEqual(["passed", "passed"]);
  });

  it("have the rows that the ones before left, also after a down that lost them", async () => {
    const { verifications } = await verify(
      {
        base: ["CREATE TABLE orders (id int, note text)", "INSERT INTO orders VALUES (1, 'first')"],
        changed: [
          {
            up: "ALTER TABLE orders ADD a int",
            down: "ALTER TABLE orders DROP a; DELETE FROM orders",
          },
          { up: "ALTER TABLE orders DROP note", down: "ALTER TABLE orders ADD note text" },
        ],
      },
      engine,
    );
    expect(verifications.map(({ down }) => down.verdict)).toEqual(["schema-only", "schema-only"]);
    expect(verifications[1]?.rows).toEqual([
      {
        table: "orders",
        before: 1,
        after: 1,
        changedColumns: ["note"],
        cause: { direction: "up", line: 1 },
      },
    ]);
  });

  it("do not have what a history's open transaction did", async () => {
    const { verifications } = await verify(
      {
        base: ["BEGIN; CREATE TABLE a ()", "CREATE TABLE b ()"],
        changed: [{ up: "CREATE TABLE a ()", down: "DROP TABLE a" }],
        execution: STATEMENTS,
      },
      engine,
    );
    expect(verifications[0]?.down.verdict).toBe("exact");
  });

  it("tell a statement once, also when the script was run again for a missing role", async () => {
    const changed = [{ up: "CREATE TABLE a (); GRANT SELECT ON a TO app", down: "DROP TABLE a" }];
    const { verifications } = await verify({ changed }, engine);
    expect(verifications[0]?.statements.map(({ sql }) => sql)).toEqual([
      "CREATE TABLE a ()",
      "GRANT SELECT ON a TO app",
      "DROP TABLE a",
    ]);
  });
});
