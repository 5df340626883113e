import { afterAll, describe, expect, it, jest } from "@jest/globals";

import { verify } from "./scripts.ts";
import { SharedEngine } from "./shared-engine.ts";

jest.setTimeout(120_000);

const BASE = `CREATE TABLE people (id serial PRIMARY KEY, name text NOT NULL);
CREATE TABLE follows (id serial PRIMARY KEY, person int NOT NULL UNIQUE REFERENCES people, pending boolean DEFAULT false, state text NOT NULL DEFAULT 'new');`;
const ROWS = { rows: 10 };
const IDLE = "UPDATE people SET name = 'x' WHERE md5(name) = 'x'";

describe("a statement that changed none of the rows that there were", () => {
  const engine = new SharedEngine();
  afterAll(() => engine[Symbol.asyncDispose]());

  it.each([
    ["an UPDATE of what was there", IDLE, "SELECT 1"],
    ["a DELETE", "DELETE FROM people WHERE md5(name) = 'x'", "SELECT 1"],
    [
      "an UPDATE of a column under its new name",
      "ALTER TABLE people RENAME name TO label; UPDATE people SET label = '' WHERE md5(label) = 'x'",
      "ALTER TABLE people RENAME label TO name",
    ],
    [
      "an UPDATE of a table under its new name",
      "ALTER TABLE people RENAME TO humans; UPDATE humans SET name = '' WHERE md5(name) = 'x'",
      "ALTER TABLE humans RENAME TO people",
    ],
  ])("is not verified where the down would be exact: %s", async (_, up, down) => {
    const { verifications, unverified } = await verify(
      { base: [BASE], changed: [{ up, down }], settings: ROWS },
      engine,
    );
    expect(verifications[0]?.down.verdict).toBe("exact");
    expect(unverified.map(({ reason }) => reason)).toEqual([
      expect.stringMatching(
        /^whether the down brings back what the (?:UPDATE|DELETE) in line 1 changes was not seen: it picked none of the \d+ rows of (?:people|humans); a file of `verify.seed` can bring some that it picks$/,
      ),
    ]);
  });

  it.each([
    [
      "the column goes with the down",
      "ALTER TABLE people ADD size int; UPDATE people SET size = 1 WHERE md5(name) = 'x'",
      "ALTER TABLE people DROP size",
    ],
    [
      "the table goes with the down",
      "CREATE TABLE heads (id int); INSERT INTO heads SELECT id FROM people WHERE id < 0",
      "DROP TABLE heads",
    ],
    ["the down is wrong anyway", `CREATE TABLE heads (); ${IDLE}`, "SELECT 1"],
  ])("is told and fails nothing where %s", async (_, up, down) => {
    const { verifications, unverified } = await verify(
      { base: [BASE], changed: [{ up, down }], settings: ROWS },
      engine,
    );
    expect(verifications[0]?.idleStatements).toMatchObject([{ line: 1 }]);
    expect(unverified).toEqual([]);
  });

  it.each([
    ["the table is new", "CREATE TABLE a (i int); UPDATE a SET i = 1 WHERE i = 0", ROWS],
    ["no row can be picked", "UPDATE people SET name = 'x' WHERE name IS NULL", ROWS],
    ["nobody asked for rows", IDLE, { rows: 0 }],
  ])("is nobody's business where %s", async (_, up, settings) => {
    const { verifications, unverified } = await verify(
      { base: [BASE], changed: [{ up, down: "DROP TABLE IF EXISTS a" }], settings },
      engine,
    );
    expect(verifications[0]?.idleStatements).toBeUndefined();
    expect(unverified).toEqual([]);
  });

  it.each([
    ["DROP TABLE IF EXISTS schema_migrations", "CREATE TABLE schema_migrations (id int)", true],
    ["CREATE TABLE a (schema_migrations int)", "DROP TABLE a", false],
  ])(
    "is not all that is not compared: the tables of runners, as in %s",
    async (up, down, isTold) => {
      const { verifications, unverified } = await verify({ changed: [{ up, down }] }, engine);
      expect(verifications[0]?.down.verdict).toBe("exact");
      const reason =
        "whether the down brings back schema_migrations was not compared: runners keep their own record in a table of that name";
      expect(unverified.map((one) => one.reason)).toEqual(isTold ? [reason] : []);
    },
  );

  it("is not one where rows that are there already can be made to fit", async () => {
    const changed = [
      { up: "CREATE TABLE a ()", down: "DROP TABLE a" },
      {
        up: "UPDATE follows SET pending = false WHERE pending IS NULL; UPDATE follows SET state = 'done' WHERE state = 'old'",
        down: "SELECT 1",
      },
    ];
    const { verifications } = await verify({ base: [BASE], changed, settings: ROWS }, engine);
    expect(verifications[1]?.idleStatements).toBeUndefined();
    expect(verifications[1]?.survival?.fates).toMatchObject([
      { table: "follows", columns: [{ column: "pending" }, { column: "state" }] },
    ]);
  });
});
