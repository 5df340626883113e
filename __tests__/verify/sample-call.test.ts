import { afterAll, beforeAll, expect, it } from "@jest/globals";
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
