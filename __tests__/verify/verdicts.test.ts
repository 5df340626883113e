import { afterAll, describe, expect, it, jest } from "@jest/globals";

import { SharedEngine } from "./shared-engine.ts";
import { verify } from "./scripts.ts";
import { ORDERS, VERDICTS } from "./verdict-cases.ts";

// Databases start slowly on a busy machine.
jest.setTimeout(120_000);
const engine = new SharedEngine();
afterAll(() => engine[Symbol.asyncDispose]());

describe.each(VERDICTS)("the verdict on a down: %s", (_, cases) => {
  it.each(cases)("$what", async ({ up, down, verdict, left = [], again = "passed" }) => {
    const { verifications, unverified } = await verify(
      { base: [ORDERS], changed: [{ up, down }] },
      engine,
    );
    const [verification] = verifications;
    expect(verification?.up.error).toBeUndefined();
    expect(verification?.down.verdict).toBe(verdict);
    expect(
      verification?.down.difference.map(({ name, weight }) =>
        weight === "cosmetic" ? `~${name}` : name,
      ),
    ).toEqual(left);
    expect(verification?.upAgain.outcome).toBe(again);
    expect(unverified).toEqual([]);
  });
});

const KEYS = ["id 1", "id 2"];
const CAUSE = { direction: "up", line: 1 };

describe("rows that are lost", () => {
  it.each([
    [
      "ALTER TABLE orders DROP COLUMN amount",
      "ALTER TABLE orders ADD COLUMN amount numeric(10, 2) CHECK (amount > 0)",
      [
        {
          table: "orders",
          before: 2,
          after: 2,
          changedColumns: ["amount"],
          examples: KEYS,
          cause: CAUSE,
        },
      ],
    ],
    [
      "UPDATE customers SET name = 'x'",
      "SELECT 1",
      [
        {
          table: "customers",
          before: 2,
          after: 2,
          changedColumns: ["name"],
          examples: KEYS,
          cause: CAUSE,
        },
      ],
    ],
    [
      "TRUNCATE orders",
      "SELECT pg_sleep(0)",
      [{ table: "orders", before: 2, after: 0, lost: 2, examples: KEYS, cause: CAUSE }],
    ],
    [
      "DELETE FROM orders WHERE id = 1",
      "INSERT INTO orders (id, customer_id, note, amount) VALUES (1, 1, 'first', 10)",
      [],
    ],
  ])("%s", async (up, down, rows) => {
    const { verifications } = await verify({ base: [ORDERS], changed: [{ up, down }] }, engine);
    expect(verifications[0]?.rows).toEqual(rows);
  });
});

describe("a down that is not run", () => {
  it.each([
    [
      "the down says so",
      "ALTER TABLE orders DROP amount",
      "-- migrate-verify: irreversible the amounts are gone\n",
      "the file says that it is irreversible: the amounts are gone",
    ],
    [
      "the up says so",
      "/* migrate-verify: irreversible: no way back */ DROP TABLE orders",
      "SELECT 1",
      "the file says that it is irreversible: no way back",
    ],
  ])("because %s", async (_, up, down, reason) => {
    const { verifications } = await verify({ base: [ORDERS], changed: [{ up, down }] }, engine);
    expect(verifications[0]?.up.outcome).toBe("passed");
    expect(verifications[0]?.down).toEqual({ verdict: "not-run", difference: [], reason });
  });

  it("needs a reason", async () => {
    const changed = [
      { up: "-- migrate-verify: irreversible\nDROP TABLE orders", down: "CREATE TABLE orders ()" },
    ];
    const { verifications } = await verify({ base: [ORDERS], changed }, engine);
    expect(verifications[0]?.down.verdict).toBe("partial");
  });

  it("because the configuration switches downs off", async () => {
    const changed = [{ up: "CREATE TABLE a ()", down: "DROP TABLE nothing" }];
    const { verifications } = await verify({ changed, settings: { down: "off" } }, engine);
    expect(verifications[0]?.down.verdict).toBe("not-run");
    expect(verifications[0]?.down.reason).toContain("verify.down");
  });
});
