import { afterAll, describe, expect, it, jest } from "@jest/globals";

import type { Execution } from "../../src/core/migration.ts";
import type { Batch, BatchResult, Engine } from "../../src/verify/database.ts";
import { SharedEngine } from "./shared-engine.ts";
import { SCRIPT, STATEMENTS, TRANSACTION, verify } from "./scripts.ts";

// Databases start slowly on a busy machine.
jest.setTimeout(120_000);
const engine = new SharedEngine();
afterAll(() => engine[Symbol.asyncDispose]());

const BASE = `
CREATE TABLE customers (id bigint PRIMARY KEY, name text);
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, note varchar(20));
CREATE INDEX orders_note ON orders (note);
INSERT INTO customers VALUES (1, 'Ada');
INSERT INTO orders VALUES (1, 1, 'first')`;

const RUNNERS: readonly (readonly [string, Execution])[] = [
  ["in the runner's transaction", TRANSACTION],
  ["in one string", SCRIPT],
  ["by itself", STATEMENTS],
];

/** What one statement locked, and what it wrote anew. */
type Seen = readonly [readonly string[], readonly string[]];

async function observe(up: string, execution: Execution): Promise<readonly Seen[]> {
  const changed = [{ up, down: { absent: "missing" } as const, execution }];
  const { verifications } = await verify({ base: [BASE], changed }, engine);
  expect(verifications[0]?.up.error).toBeUndefined();
  const statements = verifications[0]?.statements ?? [];
  return statements.map(({ locks, rewrites }) => [
    locks.map(({ object, mode }) => `${object}: ${mode}`),
    rewrites,
  ]);
}

describe.each(RUNNERS)("locks that are seen %s", (_, execution) => {
  it.each<[string, readonly string[], readonly string[]]>([
    ["ALTER TABLE orders ADD COLUMN paid boolean DEFAULT false", ["orders: ACCESS EXCLUSIVE"], []],
    [
      "ALTER TABLE orders ADD COLUMN token uuid DEFAULT gen_random_uuid()",
      [
        "orders: ACCESS EXCLUSIVE",
        "orders_note: ACCESS EXCLUSIVE",
        "orders_pkey: ACCESS EXCLUSIVE",
      ],
      ["orders", "orders_note", "orders_pkey"],
    ],
    ["CREATE INDEX ON orders (customer_id)", ["orders: SHARE"], []],
    [
      "ALTER TABLE orders ADD FOREIGN KEY (customer_id) REFERENCES customers",
      ["customers: SHARE ROW EXCLUSIVE", "orders: SHARE ROW EXCLUSIVE"],
      [],
    ],
    ["CREATE TABLE items (order_id bigint REFERENCES orders)", ["orders: SHARE ROW EXCLUSIVE"], []],
    ["UPDATE orders SET note = 'second'", ["orders: ROW EXCLUSIVE"], []],
    ["DROP INDEX orders_note", ["orders: ACCESS EXCLUSIVE", "orders_note: ACCESS EXCLUSIVE"], []],
    [
      "DROP TABLE orders",
      [
        "orders: ACCESS EXCLUSIVE",
        "orders_note: ACCESS EXCLUSIVE",
        "orders_pkey: ACCESS EXCLUSIVE",
      ],
      [],
    ],
    ["TRUNCATE customers", ["customers: ACCESS EXCLUSIVE", "customers_pkey: ACCESS EXCLUSIVE"], []],
    ["COMMENT ON TABLE orders IS 'orders'", ["orders: SHARE UPDATE EXCLUSIVE"], []],
  ])("%s", async (up, locks, rewrites) => {
    expect(await observe(up, execution)).toEqual([[locks, rewrites]]);
  });
});

describe("locks of several statements", () => {
  it.each(RUNNERS)("are told with the statement that takes them: %s", async (_, execution) => {
    const up = `CREATE TABLE items (id int);
      ALTER TABLE items ADD name text;
      ALTER TABLE customers RENAME TO clients;
      ALTER TABLE clients ADD vip boolean`;
    const isOneTransaction = execution !== STATEMENTS;
    expect(await observe(up, execution)).toEqual([
      [[], []],
      [[], []],
      [["customers: ACCESS EXCLUSIVE"], []],
      // Held already.
      [isOneTransaction ? [] : ["clients: ACCESS EXCLUSIVE"], []],
    ]);
  });

  it.each(RUNNERS)("are told with the last of many row statements: %s", async (_, execution) => {
    const inserts = Array.from({ length: 210 }, (__, id) => `INSERT INTO items VALUES (${id})`);
    const up = `CREATE TABLE items (id int); ${inserts.join("; ")};
      UPDATE customers SET name = 'Grace'; UPDATE items SET id = 0;
      ALTER TABLE orders ADD paid boolean`;
    const seen = await observe(up, execution);
    const locks = seen.map((one, at) => [at, ...one[0]]).filter(({ length }) => length > 1);
    // Where a transaction ends with its statement, what it locked is gone.
    const isOneTransaction = execution !== STATEMENTS;
    expect(locks).toEqual([
      ...(isOneTransaction ? [[212, "customers: ROW EXCLUSIVE"]] : []),
      [213, "orders: ACCESS EXCLUSIVE"],
    ]);
    expect(seen).toHaveLength(214);
  });

  it.each(RUNNERS)("are not looked for after each of many: %s", async (_, execution) => {
    let calls = 0;
    const counting: Engine = {
      async open() {
        const database = await engine.open();
        const run = (batch: Batch): Promise<BatchResult> => {
          calls += 1;
          return database.run(batch);
        };
        return { ...database, run, alive: true };
      },
    };
    const up = Array.from({ length: 2_000 }, (__, id) => `INSERT INTO items VALUES (${id})`);
    const changed = [{ up: up.join(";"), down: "DELETE FROM items", execution }];
    const base = ["CREATE TABLE items (id int)"];
    const { verifications } = await verify({ base, changed }, counting);
    expect(verifications[0]?.upAgain.outcome).toBe("passed");
    expect(verifications[0]?.statements).toHaveLength(2_001);
    // Two or three for each of the first 200 where it commits by itself, then one for 40; and where it
    // may stop half way, up to eight runs more of up to one for 40.
    expect(calls).toBeLessThan(1_500);
  });

  it("are not looked for where looking would be in the way", async () => {
    const up =
      "BEGIN; SET TRANSACTION ISOLATION LEVEL SERIALIZABLE; ALTER TABLE orders ADD a int; COMMIT; ALTER TABLE orders ADD b int";
    expect(await observe(up, STATEMENTS)).toEqual([
      [[], []],
      [[], []],
      [[], []],
      [[], []],
      [[], []],
    ]);
    const block =
      "BEGIN; SET TRANSACTION ISOLATION LEVEL SERIALIZABLE; ALTER TABLE orders ADD a int; COMMIT";
    expect(await observe(block, STATEMENTS)).toEqual([
      [[], []],
      [[], []],
      [["orders: ACCESS EXCLUSIVE"], []],
      [[], []],
    ]);
  });
});
