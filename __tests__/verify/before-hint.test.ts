import { afterAll, describe, expect, it, jest } from "@jest/globals";

import { BEFORE_HINT } from "../../src/verify/before-hint.ts";
import { STATEMENTS, verify } from "./scripts.ts";
import { SharedEngine } from "./shared-engine.ts";

// Databases start slowly on a busy machine.
jest.setTimeout(120_000);
const engine = new SharedEngine();
afterAll(() => engine[Symbol.asyncDispose]());

describe("what is missing", () => {
  it.each([
    ["a schema", "CREATE TABLE billing.bills ()", true],
    ["a table", "ALTER TABLE customers ADD name text", true],
    ["an application's setting", "SELECT current_setting('app.host')", true],
    ["a setting of the server", "SELECT current_setting('nothing')", false],
    ["a table that is named with its schema", "CREATE TABLE a (); SELECT FROM public.b", true],
    ["a table that is dropped before", "CREATE TABLE a (); DROP TABLE a; SELECT FROM a", false],
    ["a table that is made too late", "SELECT FROM public.a; CREATE TABLE a ()", false],
    [
      "a table under its old name",
      "CREATE TABLE a (); ALTER TABLE a RENAME TO b; DROP TABLE b; SELECT FROM b",
      false,
    ],
    [
      "a schema that is dropped before",
      "CREATE SCHEMA s; DROP SCHEMA s; CREATE TABLE s.a ()",
      false,
    ],
    ["a column", "CREATE TABLE a (); ALTER TABLE a DROP b", false],
  ])("is hinted at where production may have it: %s", async (_, up, isHinted) => {
    const { verifications } = await verify({ changed: [{ up, down: "SELECT 1" }] }, engine);
    expect(verifications[0]?.up.outcome).toBe("failed");
    expect(verifications[0]?.up.error?.hint).toBe(isHinted ? BEFORE_HINT : undefined);
  });

  it("is there once verify.before sets it: an application's setting, in every migration", async () => {
    const up = "DO $$ BEGIN ASSERT current_setting('app.host') = 'example.org'; END $$";
    const changed = [
      { up: `${up}; CREATE TABLE a ()`, down: `DROP TABLE a; ${up}` },
      { up, down: "SELECT 1" },
    ];
    const before = "SET app.host = 'example.org'; SET LOCAL app.port = '80'; SET work_mem = '1MB'";
    const { verifications } = await verify({ base: [up], before, changed }, engine);
    expect(verifications).toMatchObject([
      { up: { outcome: "passed" }, down: { verdict: "exact" }, upAgain: { outcome: "passed" } },
      { up: { outcome: "passed" } },
    ]);
    const server = { up: "SELECT current_setting('work_mem')::int", down: "SELECT 1" };
    const own = await verify({ before, changed: [server] }, engine);
    expect(own.verifications[0]?.up.error?.message).not.toContain("1MB");
  });

  it("is hinted at in a history", async () => {
    const changed = [{ up: "CREATE TABLE a ()", down: "DROP TABLE a" }];
    const base = ["CREATE TABLE billing.bills ()"];
    const { unverified } = await verify({ base, changed, execution: STATEMENTS }, engine);
    expect(unverified[0]?.reason).toBe(
      `this cannot be applied before the migrations under review, line 1: schema "billing" does not exist; ${BEFORE_HINT}`,
    );
  });
});
