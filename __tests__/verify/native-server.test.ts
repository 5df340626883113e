import { afterAll, describe, expect, it, jest } from "@jest/globals";

import { nativeTestEngine, server } from "../database/postgres-engines.ts";
import { SharedEngine } from "./shared-engine.ts";
import { verify } from "./scripts.ts";
import { ORDERS, VERDICTS, type Case } from "./verdict-cases.ts";

jest.setTimeout(120_000);
const onServer = server === undefined ? describe.skip : describe;
const engine = new SharedEngine({ open: () => nativeTestEngine().open() });
afterAll(() => engine[Symbol.asyncDispose]());

const major = server?.major ?? 0;

/** Up to 15, who may create roles is as much as a superuser. */
function canRun({ what, up }: Case): boolean {
  if (what.includes("(PostgreSQL 18)")) return major >= 18;
  return major >= 16 || !up.includes("CREATE ROLE");
}

onServer("on a real server, whose role is no superuser", () => {
  describe.each(VERDICTS)("the verdict on a down: %s", (_, cases) => {
    it.each(cases.filter(canRun))(
      "$what",
      async ({ up, down, verdict, left = [], again = "passed" }) => {
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
      },
    );
  });

  it("roles that production has are made, and are no difference", async () => {
    const {
      verifications,
      unverified,
      engine: described,
    } = await verify(
      {
        base: [ORDERS],
        changed: [
          {
            up: "CREATE TABLE given (i int); ALTER TABLE given OWNER TO reader",
            down: "DROP TABLE given",
          },
        ],
      },
      nativeTestEngine(),
    );
    expect(unverified).toEqual([]);
    expect(verifications[0]?.down).toMatchObject({ verdict: "exact", difference: [] });
    expect(described?.limits.join()).toContain("the role reader");
  });

  it("roles that the SQL before makes are made for it, and own and are granted what it says", async () => {
    const {
      verifications,
      unverified,
      engine: described,
    } = await verify(
      {
        before: `CREATE ROLE writer LOGIN;
CREATE SCHEMA shop AUTHORIZATION writer;
GRANT USAGE ON SCHEMA shop TO writer, visitor;`,
        changed: [
          {
            up: "CREATE TABLE shop.given (i int); GRANT SELECT ON shop.given TO writer",
            down: "DROP TABLE shop.given",
          },
        ],
      },
      nativeTestEngine(),
    );
    expect(unverified).toEqual([]);
    expect(verifications[0]?.down).toMatchObject({ verdict: "exact", difference: [] });
    const limits = described?.limits.join() ?? "";
    expect(limits).toContain("verify.before were made without their attributes");
    expect(limits).toContain("the role visitor");
  });

  it("what only a superuser may do and leaves nothing behind is left out and told, and what follows is verified", async () => {
    const DEFERRED =
      "ALTER TABLE orders ADD FOREIGN KEY (customer_id) REFERENCES customers DEFERRABLE INITIALLY DEFERRED";
    const up = `ALTER TABLE orders DISABLE TRIGGER ALL;
UPDATE pg_index SET indisready = false WHERE indrelid = 'orders'::regclass;
UPDATE orders SET note = 'x', customer_id = 1;
ALTER TABLE orders ENABLE TRIGGER ALL`;
    const next = { up: "CREATE TABLE later ()", down: "DROP TABLE later" };
    const { verifications, unverified } = await verify(
      { base: [ORDERS, DEFERRED], changed: [{ up, down: "SELECT 1" }, next] },
      engine,
    );
    expect(verifications).toMatchObject([
      { up: { outcome: "passed" }, down: { verdict: "no-op" } },
      { down: { verdict: "exact" } },
    ]);
    expect(unverified).toMatchObject([
      {
        path: "0003.up.sql",
        reason: expect.stringMatching(
          /^not verified: line 1 and its like were left out, because they need a superuser: permission denied: .* is a system trigger; `verify.engine: pglite` has one$/,
        ),
      },
    ]);
  });

  it.each([
    ["up", "CREATE ROLE strong SUPERUSER", "SELECT 1", { up: { outcome: "not-run" } }],
    [
      "down",
      "ALTER TABLE notes ADD COLUMN c int",
      "ALTER TABLE notes DROP COLUMN c; CREATE ROLE strong SUPERUSER",
      { up: { outcome: "passed" }, down: { verdict: "not-run" } },
    ],
  ])(
    "what only a superuser may do %s is not verified, and no failure",
    async (_, up, down, told) => {
      const { verifications, unverified } = await verify(
        { base: [ORDERS], changed: [{ up, down }] },
        engine,
      );
      expect(verifications).toMatchObject([told]);
      expect(unverified).toMatchObject([{ reason: expect.stringContaining("more rights") }]);
    },
  );
});
