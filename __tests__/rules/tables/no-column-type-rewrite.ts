import { AUTOCOMMIT } from "../lint.ts";
import { testRule } from "../rule-table.ts";

const ITEMS = `CREATE TABLE items (
  id int PRIMARY KEY, code varchar(20), name text, price numeric(8, 2), at timestamp, day timestamptz,
  kind varchar(10) CHECK (kind <> ''), tag text, net cidr
);
CREATE INDEX items_at ON items (at);
CREATE INDEX items_tag ON items (tag);`;
const change = (column: string, type: string): string =>
  `ALTER TABLE items ALTER COLUMN ${column} TYPE ${type};`;

testRule("no-column-type-rewrite", {
  fires: [
    {
      title: "int to bigint",
      before: [ITEMS],
      migration: change("id", "bigint"),
      severity: "error",
      confidence: "high",
      table: "items",
      says: "writes every row of `items` and all of its indexes anew",
    },
    {
      title: "bigint to int",
      before: [ITEMS, change("id", "bigint")],
      migration: change("id", "int"),
    },
    {
      title: "a shorter varchar",
      before: [ITEMS],
      migration: change("code", "varchar(10)"),
      says: /add CHECK \(length\(code\) <= 10\) with NOT VALID\.$/,
    },
    {
      title: "text to varchar(n)",
      before: [ITEMS],
      migration: change("name", "varchar(10)"),
      says: "Leave the type",
    },
    { title: "another scale", before: [ITEMS], migration: change("price", "numeric(8, 3)") },
    {
      title: "text to jsonb",
      before: [ITEMS],
      migration: change("name", "jsonb USING name::jsonb"),
    },
    {
      title: "USING an expression, though the type stays",
      before: [ITEMS],
      migration: change("name", "text USING lower(name)"),
    },
    {
      title: "an expression in USING, though the new type only allows more",
      before: [ITEMS],
      migration: change("code", "varchar(60) USING trim(code)"),
      says: /Leave out USING, without which the rows stay as they are/,
    },
    {
      title: "a cast in USING that forgets the length",
      before: [ITEMS],
      migration: change("code", "varchar(60) USING code::text"),
      says: "Leave out USING",
    },
    {
      title: "an expression in USING and a shorter type",
      before: [ITEMS],
      migration: change("code", "varchar(10) USING left(code, 10)"),
      says: /Add a column of the new type/,
    },
    {
      title: "a limit that a cast in USING sets as well",
      before: [ITEMS],
      migration: change("name", "varchar(10) USING name::varchar(10)"),
      says: /add CHECK \(length\(name\) <= 10\) with NOT VALID\.$/,
    },
    {
      title: "an array of longer varchar, which has no length() to check",
      before: ["CREATE TABLE items (arr varchar(5)[]);"],
      migration: change("arr", "varchar(10)[]"),
      says: /Add a column of the new type/,
    },
    {
      title: "another type to varchar without a limit",
      before: [ITEMS],
      migration: change("id", "varchar"),
      says: /Add a column of the new type/,
    },
    {
      title: "timestamp to timestamptz",
      before: [ITEMS],
      migration: change("at", "timestamptz"),
      severity: "warning",
      confidence: "medium",
      says: "unless the time zone of the session is UTC",
    },
    {
      title: "the same in UTC, which builds the index again",
      before: [ITEMS],
      migration: `SET LOCAL timezone = 'UTC'; ${change("at", "timestamptz")}`,
      says: "builds the indexes of the column again",
    },
    {
      title: "a longer varchar with a CHECK",
      before: [ITEMS],
      migration: change("kind", "varchar(20)"),
      says: "tests the CHECK constraints",
    },
    {
      title: "another collation of an indexed column",
      before: [ITEMS],
      migration: change("tag", 'text COLLATE "C"'),
      says: "builds the indexes of the column again",
    },
    {
      title: "a column that is not known",
      migration: change("id", "bigint"),
      severity: "warning",
      confidence: "low",
      says: "may write",
    },
    {
      title: "one of several actions",
      before: [ITEMS],
      migration: "ALTER TABLE items\n  ALTER name SET DEFAULT '',\n  ALTER id TYPE bigint;",
      line: 3,
    },
    {
      title: "a down script",
      before: [ITEMS],
      migration: "SELECT 1;",
      down: change("id", "bigint"),
      severity: "warning",
    },
  ],
  silent: [
    ...[
      ["code", "varchar(40)"],
      ["code", "varchar"],
      ["code", "text"],
      ["code", "text USING code::text"],
      ["code", "varchar USING code::text"],
      ["code", "text USING code::varchar(40)"],
      ["name", "varchar"],
      ["price", "numeric(10, 2)"],
      ["price", "numeric"],
      ["at", "timestamp(6)"],
      ["net", "inet"],
      ["id", "int4"],
    ].map(([column = "", type = ""]) => ({
      title: `${column} to ${type}`,
      before: [ITEMS],
      migration: change(column, type),
    })),
    {
      title: "timestamptz to timestamp in UTC, without an index",
      before: [ITEMS],
      migration: `SET timezone TO 'UTC'; ${change("day", "timestamp")}`,
      execution: AUTOCOMMIT,
    },
    { title: "a new table", migration: `${ITEMS} ${change("id", "bigint")}` },
  ],
});
