import { testRule } from "../rule-table.ts";

const T = `CREATE TYPE mood AS ENUM ('a'); CREATE TYPE "Mood_new" AS ENUM ('a'); CREATE DOMAIN name AS text;
CREATE TABLE t (c text, n name, i int, f boolean DEFAULT false, m mood DEFAULT 'a', at timestamptz, tags text[], v varchar(9));`;
const to = (change: string): string => `ALTER TABLE t ALTER COLUMN ${change};`;

testRule("require-type-change-using", {
  fires: [
    {
      title: "text to integer",
      before: [T],
      migration: to("c TYPE integer"),
      says: "PostgreSQL does not convert `c` of `t` from text to integer by itself: this fails with SQLSTATE 42804. Write USING c::integer.",
      severity: "error",
      table: "t",
    },
    ...[
      "c TYPE uuid",
      "c TYPE jsonb",
      "v TYPE boolean",
      "c TYPE mood",
      "n TYPE int",
      "i TYPE boolean",
      "i TYPE uuid",
      "at TYPE bigint",
      'm TYPE "Mood_new"',
      "c TYPE text[]",
    ].map((change) => ({ title: change, before: [T], migration: to(change) })),
    {
      title: "a default that does not convert",
      before: [T],
      migration: to("f TYPE integer USING f::integer"),
      says: "The default of `f` of `t` does not convert",
    },
    ...["'1'", "'1'::text", "true"].map((value) => ({
      title: `DEFAULT ${value} of a text that becomes a number`,
      before: [`CREATE TABLE t (a text DEFAULT ${value});`],
      migration: "ALTER TABLE t ALTER a TYPE int USING a::int;",
      says: "The default of `a` of `t` does not convert from text to int",
    })),
    {
      title: "one of several actions",
      before: [T],
      migration: "ALTER TABLE t ADD COLUMN x int, ALTER c TYPE date, ALTER i TYPE bigint;",
    },
    { title: "a new table", migration: `${T} ${to("c TYPE integer")}` },
  ],
  silent: [
    ...[
      "c TYPE integer USING c::integer",
      "i TYPE bigint",
      "i TYPE text",
      "m TYPE text",
      "at TYPE date",
      "v TYPE text",
      "n TYPE text",
      "tags TYPE text",
      "tags TYPE varchar[]",
      "m TYPE mood",
    ].map((change) => ({ title: change, before: [T], migration: to(change) })),
    ...["1", "1.5", "-1", "1::bigint"].map((value) => ({
      title: `DEFAULT ${value} of a text that becomes a number`,
      before: [`CREATE TABLE t (a text DEFAULT ${value});`],
      migration: "ALTER TABLE t ALTER a TYPE int USING a::int;",
    })),
    {
      title: "DEFAULT true of a text that becomes a boolean",
      before: ["CREATE TABLE t (a text DEFAULT true);"],
      migration: "ALTER TABLE t ALTER a TYPE boolean USING a::boolean;",
    },
    ...["'a'::mood", "CAST('a' AS mood)", "'a'::public.mood"].map((value) => ({
      title: `Drizzle's order: DEFAULT ${value} before the type`,
      before: [T],
      migration: `ALTER TABLE t ALTER c SET DEFAULT ${value}; ALTER TABLE t ALTER c TYPE mood USING c::mood;`,
    })),
    {
      title: "a default that is dropped in the same statement",
      before: [T],
      migration: "ALTER TABLE t ALTER f DROP DEFAULT, ALTER f TYPE int USING f::int;",
    },
    { title: "a table that nobody created", migration: to("c TYPE integer") },
  ],
});
