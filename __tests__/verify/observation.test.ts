import { afterAll, describe, expect, it, jest } from "@jest/globals";

import type { Execution } from "../../src/core/migration.ts";
import { PROBES, type Waiting } from "../../src/core/observation.ts";
import type { StatementRun } from "../../src/core/verification.ts";
import { nativeTestEngine, server } from "../database/postgres-engines.ts";
import { SharedEngine } from "./shared-engine.ts";
import { STATEMENTS, TRANSACTION, verify } from "./scripts.ts";

// Databases start slowly on a busy machine.
jest.setTimeout(120_000);
const onServer = server === undefined ? describe.skip : describe;
const engine = new SharedEngine({ open: () => nativeTestEngine().open() });
afterAll(() => engine[Symbol.asyncDispose]());

const BASE = `
CREATE TABLE users (id bigint PRIMARY KEY, email text, age int);
CREATE TABLE orders (id bigint PRIMARY KEY, user_id bigint);
CREATE INDEX users_email ON users (email);
CREATE TABLE parts (id int, note text) PARTITION BY RANGE (id);
CREATE TABLE parts_1 PARTITION OF parts FOR VALUES FROM (0) TO (1000);
CREATE MATERIALIZED VIEW ages AS SELECT id, age FROM users;
CREATE UNIQUE INDEX ages_id ON ages (id);
INSERT INTO users SELECT i, 'u' || i, i FROM generate_series(1, 500) AS i;
INSERT INTO orders SELECT i, i FROM generate_series(1, 300) AS i`;

const ALL = PROBES;
const WRITES = ["INSERT", "UPDATE", "DELETE"] as const;

async function observed(up: string, execution: Execution = TRANSACTION): Promise<StatementRun[]> {
  const changed = [{ up, down: { absent: "missing" } as const, execution }];
  const { verifications } = await verify({ base: [BASE], changed }, engine);
  expect(verifications[0]?.up.error).toBeUndefined();
  return [...(verifications[0]?.statements ?? [])];
}

function told(waiting: readonly Waiting[] | undefined): string[] | undefined {
  return waiting?.map(({ table, blocked }) => `${table}: ${blocked.join(" ")}`);
}

onServer("what a second session waits for while a statement's transaction is open", () => {
  it.each<[string, Record<string, readonly string[]>]>([
    ["ALTER TABLE users ADD COLUMN a int", { users: ALL }],
    ["ALTER TABLE users ALTER COLUMN email DROP NOT NULL", { users: ALL }],
    ["ALTER TABLE users RENAME TO people", { users: ALL }],
    ["DROP INDEX users_email", { users: ALL }],
    ["DROP TABLE orders", { orders: ALL }],
    ["CREATE INDEX ON users (age)", { users: WRITES }],
    [
      "ALTER TABLE orders ADD FOREIGN KEY (user_id) REFERENCES users",
      { orders: WRITES, users: WRITES },
    ],
    [
      "ALTER TABLE orders ADD FOREIGN KEY (user_id) REFERENCES users NOT VALID",
      { orders: WRITES, users: WRITES },
    ],
    ["CREATE TABLE items (user_id bigint REFERENCES users)", { users: WRITES }],
    // The table's lock is SHARE only: the planner waits for the index.
    ["REINDEX INDEX users_email", { users: ALL }],
    ["LOCK TABLE users IN EXCLUSIVE MODE", { users: ALL.slice(1) }],
    ["ALTER TABLE users SET (fillfactor = 70)", { users: [] }],
    ["COMMENT ON TABLE users IS 'people'", { users: [] }],
    ["ANALYZE users", { users: [] }],
    ["UPDATE users SET age = 0", {}],
    ["REFRESH MATERIALIZED VIEW ages", { ages: ["SELECT"] }],
  ])("%s", async (up, waiting) => {
    const [run] = await observed(up);
    const expected = Object.entries(waiting).map(([table, all]) => `${table}: ${all.join(" ")}`);
    expect(told(run?.waiting)).toEqual(expected);
  });
});

onServer("a statement behind a reader", () => {
  it.each([
    ["in the runner's transaction", TRANSACTION],
    ["by itself", STATEMENTS],
  ])("holds up everybody, if it needs the table alone: %s", async (_, execution) => {
    const up =
      "ALTER TABLE users ADD a int; ALTER TABLE users ADD b int; DROP INDEX users_email; CREATE INDEX ON orders (user_id)";
    const runs = await observed(up, execution);
    expect(runs.map(({ queue }) => told(queue))).toEqual([
      [`users: ${ALL.join(" ")}`],
      undefined,
      undefined,
      undefined,
    ]);
  });

  it("is not made to wait when its own patience is short", async () => {
    const [, run] = await observed("SET lock_timeout = '50ms'; ALTER TABLE users ADD a int");
    expect(run).toMatchObject({ watched: true });
    expect(run?.queue).toBeUndefined();
  });
});

onServer("a statement that runs in no transaction", () => {
  it.each<[string, string, string[], string[]]>([
    [
      "CREATE INDEX CONCURRENTLY users_age ON users (age)",
      "users",
      ["users: SHARE UPDATE EXCLUSIVE"],
      ["users_age"],
    ],
    [
      "REINDEX INDEX CONCURRENTLY users_email",
      "users",
      ["users: SHARE UPDATE EXCLUSIVE", "users_email: SHARE UPDATE EXCLUSIVE"],
      ["users_email"],
    ],
    [
      "DROP INDEX CONCURRENTLY users_email",
      "users",
      ["users: SHARE UPDATE EXCLUSIVE", "users_email: SHARE UPDATE EXCLUSIVE"],
      [],
    ],
  ])("is seen while it waits for a reader: %s", async (up, table, locks, indexBuilds) => {
    const [run] = await observed(up, STATEMENTS);
    expect(run).toMatchObject({ watched: true, waitsForReaders: true, rewrites: [], indexBuilds });
    expect(run?.locks.map(({ object, mode }) => `${object}: ${mode}`)).toEqual(locks);
    expect(told(run?.waiting)).toEqual([`${table}: `]);
  });

  it("is seen on a table whose queue was seen before, and on every further one", async () => {
    const indexes = ["age", "email", "id", "(age + 1)", "(id + 1)"].map(
      (key, at) => `CREATE INDEX CONCURRENTLY users_${at} ON users (${key})`,
    );
    const runs = await observed(["ALTER TABLE users ADD a int", ...indexes].join("; "), STATEMENTS);
    expect(runs.map(({ locks }) => locks.map(({ mode }) => mode))).toEqual([
      ["ACCESS EXCLUSIVE"],
      ...indexes.map(() => ["SHARE UPDATE EXCLUSIVE"]),
    ]);
    expect(runs.map(({ indexBuilds }) => indexBuilds)).toEqual([
      [],
      ...indexes.map((_, at) => [`users_${at}`]),
    ]);
  });

  it("is seen to lock out everybody: VACUUM FULL does not wait to be told", async () => {
    const [run] = await observed("CLUSTER users USING users_email", STATEMENTS);
    expect(run?.locks).toContainEqual(
      expect.objectContaining({ object: "users", mode: "ACCESS EXCLUSIVE" }),
    );
    expect(run?.rewrites).toEqual(["users", "users_email", "users_pkey"]);
  });
});

onServer("what a statement did", () => {
  it.each<[string, Partial<StatementRun>]>([
    [
      "ALTER TABLE users ADD COLUMN token uuid DEFAULT gen_random_uuid()",
      {
        rewrites: ["users", "users_email", "users_pkey"],
        // The table once, and again for each index.
        scans: [{ table: "users", rows: 1500 }],
        rowsScanned: 1500,
        rowsChanged: 0,
      },
    ],
    [
      "ALTER TABLE users ALTER COLUMN age SET NOT NULL",
      { rewrites: [], indexBuilds: [], rowsScanned: 500 },
    ],
    ["CREATE INDEX users_age ON users (age)", { indexBuilds: ["users_age"], rowsScanned: 500 }],
    ["ALTER TABLE users ADD UNIQUE (age)", { indexBuilds: ["users_age_key"], rowsScanned: 500 }],
    [
      "ALTER TABLE users ALTER COLUMN email TYPE varchar",
      { rewrites: [], indexBuilds: [], scans: [] },
    ],
    ["UPDATE users SET age = 1 WHERE id <= 20", { rowsChanged: 20 }],
    ["DELETE FROM orders", { rowsChanged: 300, scans: [{ table: "orders", rows: 300 }] }],
    ["TRUNCATE orders", { rewrites: [], indexBuilds: [] }],
  ])("%s", async (up, expected) => {
    const [run] = await observed(up);
    expect(run).toMatchObject(expected);
    expect(run?.walBytes).toBeGreaterThan(0);
  });

  it("is its own, not that of the statement before", async () => {
    const runs = await observed(
      "UPDATE users SET age = 1; CREATE INDEX users_age ON users (age); UPDATE users SET age = 2 WHERE id = 1; SELECT 1",
    );
    expect(runs.map(({ rowsChanged, indexBuilds }) => [rowsChanged, indexBuilds])).toEqual([
      [500, []],
      [0, ["users_age"]],
      [1, []],
      [0, []],
    ]);
  });

  it("is not what was counted before the transaction began", async () => {
    const runs = await observed(
      "ALTER TABLE users ADD a int; ALTER TABLE orders ADD b int; DELETE FROM orders WHERE id = 1",
    );
    expect(runs.map(({ rowsChanged }) => rowsChanged)).toEqual([0, 0, 1]);
    expect(runs[1]?.scans).toEqual([]);
  });

  it("is held to the end of the runner's transaction", async () => {
    const up = "ALTER TABLE users ADD a int; SELECT pg_sleep(0.2); ALTER TABLE orders ADD a int";
    const runs = await observed(up);
    const held = runs.flatMap(({ locks }) => locks.map(({ heldMs }) => heldMs ?? 0));
    expect(held[0]).toBeGreaterThan(200);
    expect(held.at(-1)).toBeLessThan(held[0] ?? 0);
    const alone = await observed(up, STATEMENTS);
    expect(alone[0]?.locks[0]?.heldMs).toBeLessThan(200);
  });
});
