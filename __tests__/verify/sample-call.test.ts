import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { verify } from "./scripts.ts";
import { SharedEngine } from "./shared-engine.ts";

let engine: SharedEngine;
beforeAll(() => {
  engine = new SharedEngine();
});
afterAll(() => engine[Symbol.asyncDispose]());

const TYPES = [
  "smallint",
  "bigint",
  "numeric(12, 2)",
  "double precision",
  "money",
  "oid",
  "text",
  "varchar(3)",
  "char(1)",
  "name",
  "boolean",
  "date",
  "time",
  "timetz",
  "timestamp",
  "timestamptz",
  "interval",
  "uuid",
  "json",
  "jsonb",
  "bytea",
  "inet",
  "cidr",
  "text[]",
  "int4range",
  "bit(1)",
  "mood",
];

it.each(TYPES)("a write with a value of %s finds the column that it leaves out", async (type) => {
  const base = `CREATE TYPE mood AS ENUM ('good', 'bad');\nCREATE TABLE things (id bigserial PRIMARY KEY, value ${type});`;
  const { verifications } = await verify(
    {
      base: [base],
      changed: [
        {
          up: "ALTER TABLE things ADD COLUMN owner bigint NOT NULL;",
          down: "ALTER TABLE things DROP COLUMN owner;",
        },
      ],
      release: [
        { name: "add", path: "q.sql", line: 1, sql: "INSERT INTO things (value) VALUES ($1)" },
      ],
    },
    engine,
  );
  expect(verifications[0]?.release?.broken.map(({ error }) => error.code)).toEqual(["23502"]);
});

it("says nothing of a column that a trigger makes of values that only the release knows", async () => {
  const { verifications } = await verify(
    {
      base: ["CREATE TABLE teams (id int PRIMARY KEY, org int); CREATE TABLE things (team int);"],
      changed: [
        {
          up: `ALTER TABLE things ADD COLUMN org int NOT NULL;
CREATE FUNCTION fill() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW.org := (SELECT org FROM teams WHERE id = NEW.team); RETURN NEW; END $$;
CREATE TRIGGER fill BEFORE INSERT ON things FOR EACH ROW EXECUTE FUNCTION fill();`,
          down: "ALTER TABLE things DROP COLUMN org; DROP FUNCTION fill CASCADE;",
        },
      ],
      release: [
        { name: "add", path: "q.sql", line: 1, sql: "INSERT INTO things (team) VALUES ($1)" },
      ],
    },
    engine,
  );
  expect(verifications[0]?.release).toEqual({ tried: 1, broken: [] });
});

describe("what a CHECK refuses", () => {
  const REQUIRED = "ADD CONSTRAINT owned CHECK (owner IS NOT NULL) NOT VALID";

  it.each([
    ["is told of an INSERT that leaves its column out", REQUIRED, "(value) VALUES ($1)", 1],
    ["is told of a quoted table", REQUIRED, 'AS t ("value") VALUES ($1)', 1],
    ["depends on a value that is made up", "ADD CHECK (value > 7)", "(value) VALUES ($1)", 0],
    ["depends on one of several", "ADD CHECK (owner + value > 7)", "(value) VALUES ($1)", 0],
    ["depends on values without names", REQUIRED, "VALUES ($1, $2)", 0],
    ["depends on rows that are selected", REQUIRED, "(SELECT $1::int, $2::int)", 0],
  ])("%s", async (_, change, rest, broken) => {
    const { verifications } = await verify(
      {
        base: ["CREATE TABLE things (value int, owner int);"],
        changed: [{ up: `DELETE FROM things; ALTER TABLE things ${change};`, down: "SELECT 1" }],
        release: [{ name: "add", path: "q.sql", line: 1, sql: `INSERT INTO things ${rest}` }],
      },
      engine,
    );
    expect(verifications[0]?.release?.broken.map(({ error }) => error.code)).toEqual(
      Array.from({ length: broken }, () => "23514"),
    );
  });
});
