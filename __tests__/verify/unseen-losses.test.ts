import { afterAll, describe, expect, it, jest } from "@jest/globals";

import { verify } from "./scripts.ts";
import { SharedEngine } from "./shared-engine.ts";

jest.setTimeout(120_000);

const IMPOSSIBLE = `CREATE TABLE odd (id int NOT NULL CHECK (id > 5 AND id < 3), note text);
CREATE TABLE plain (id int PRIMARY KEY, note text);`;
const ROWS = { rows: 10 };
const WORDS =
  "what becomes of the rows of odd was not seen: none could be made for it (none of the rows that were tried satisfies its constraints); a file of `verify.seed` can bring some";

describe("tables that could not be filled", () => {
  const engine = new SharedEngine();
  afterAll(() => engine[Symbol.asyncDispose]());

  it.each([
    ["ALTER TABLE odd DROP COLUMN note", "ALTER TABLE odd ADD COLUMN note text"],
    ["UPDATE odd SET note = 'x'", "SELECT 1"],
    ["TRUNCATE odd", "SELECT 1"],
    ["ALTER TABLE odd ALTER COLUMN note TYPE varchar(3)", "ALTER TABLE odd ALTER note TYPE text"],
  ])("are told where %s would take something from them", async (up, down) => {
    const { unverified } = await verify(
      { base: [IMPOSSIBLE], changed: [{ up, down }], settings: ROWS },
      engine,
    );
    expect(unverified.map(({ reason }) => reason)).toEqual([WORDS]);
  });

  it.each([
    ["ALTER TABLE odd ADD COLUMN more text", "ALTER TABLE odd DROP COLUMN more"],
    ["ALTER TABLE plain DROP COLUMN note", "ALTER TABLE plain ADD COLUMN note text"],
    ["CREATE TABLE new (id int); UPDATE new SET id = 1", "DROP TABLE new"],
  ])("are nobody's business where %s takes nothing from them", async (up, down) => {
    const { unverified } = await verify(
      { base: [IMPOSSIBLE], changed: [{ up, down }], settings: ROWS },
      engine,
    );
    expect(unverified).toEqual([]);
  });

  it("are not told where nobody asked for rows", async () => {
    const pair = { up: "ALTER TABLE odd DROP COLUMN note", down: "SELECT 1" };
    const { unverified } = await verify(
      { base: [IMPOSSIBLE], changed: [pair], settings: { rows: 0 } },
      engine,
    );
    expect(unverified).toEqual([]);
  });
});

function unseen(table: string): string {
  return `what becomes of the rows of ${table} was not seen: the up stops on those that were made (update or delete on table "parents" violates foreign key constraint "children_parent_id_fkey" on table "children"); a file of \`verify.seed\` can bring some`;
}

describe("an up that stops on every row that is made", () => {
  const engine = new SharedEngine();
  afterAll(() => engine[Symbol.asyncDispose]());
  const BASE = `CREATE TABLE parents (id int PRIMARY KEY);
CREATE TABLE children (parent_id int PRIMARY KEY REFERENCES parents, note text);`;

  it("is run without rows, and what it takes was not seen then", async () => {
    const pair = {
      up: "DELETE FROM parents; ALTER TABLE children DROP COLUMN note",
      down: "ALTER TABLE children ADD COLUMN note text",
    };
    const { verifications, unverified } = await verify(
      { base: [BASE], changed: [pair], settings: ROWS },
      engine,
    );
    expect(verifications[0]?.up.outcome).toBe("passed");
    expect(unverified.map(({ reason }) => reason)).toEqual(["children", "parents"].map(unseen));
  });
});

describe("rows of the project's own", () => {
  const engine = new SharedEngine();
  afterAll(() => engine[Symbol.asyncDispose]());
  const BASE =
    "CREATE TABLE a (id int PRIMARY KEY, note text); CREATE TABLE b (id int PRIMARY KEY)";

  it("win over made-up ones, and what becomes of them is told", async () => {
    const seed = [
      { path: "seed/1.sql", text: "INSERT INTO a VALUES (7, 'seven'), (8, NULL)" },
      {
        path: "seed/2.sql",
        text: "SET search_path = nowhere; INSERT INTO public.a VALUES (9, '')",
      },
    ];
    const up = "DELETE FROM a WHERE note = 'seven'";
    const { verifications, engine: told } = await verify(
      { base: [BASE], changed: [{ up, down: "SELECT 1" }], seed, settings: ROWS },
      engine,
    );
    expect(verifications[0]?.survival).toMatchObject({
      tables: 2,
      rows: 13,
      fates: [{ table: "a", before: 3, lost: 1, examples: ["id 7"], cause: { line: 1 } }],
    });
    expect(told?.limits.filter((limit) => limit.includes("seed"))).toEqual([]);
  });

  it("are told where their file cannot be run, and the table is filled all the same", async () => {
    const seed = [{ path: "seed/1.sql", text: "INSERT INTO a VALUES (7, 'x'); SELECT nothing" }];
    const { verifications, engine: told } = await verify(
      { base: [BASE], changed: [{ up: "TRUNCATE a", down: "SELECT 1" }], seed, settings: ROWS },
      engine,
    );
    expect(verifications[0]?.survival?.fates[0]).toMatchObject({ table: "a", lost: 1000 });
    expect(told?.limits).toContainEqual(
      'The seed file seed/1.sql could not be run: column "nothing" does not exist.',
    );
  });
});
