import { testRule } from "./rule-table.ts";

const GOOD = "CREATE TABLE tags (id bigint PRIMARY KEY);";
const HINTS: readonly (readonly [title: string, sql: string, says: string | RegExp])[] = [
  [
    "a mistyped word",
    "CREATE TABEL t (id int);",
    /syntax error at or near "TABEL"\. Correct it\.$/,
  ],
  ["psql's command", "\\connect shop\nSELECT 1;", "which only psql understands"],
  ["a placeholder of Flyway", "CREATE TABLE ${schema}.t (id int);", "placeholder"],
  ["a placeholder in braces", "CREATE TABLE {{schema}}.t (id int);", "placeholder"],
  ["a variable of psql", "CREATE TABLE :schema.t (id int);", "placeholder"],
  [
    "ADD CONSTRAINT IF NOT EXISTS",
    "ALTER TABLE tags ADD CONSTRAINT IF NOT EXISTS c CHECK (id > 0);",
    "Leave out IF NOT EXISTS",
  ],
  [
    "CREATE POLICY IF NOT EXISTS",
    "CREATE POLICY IF NOT EXISTS p ON tags;",
    "Leave out IF NOT EXISTS",
  ],
  ["MySQL's backticks", "CREATE TABLE `t` (id int);", "Translate it from MySQL"],
  ["MySQL's AUTO_INCREMENT", "CREATE TABLE t (id int AUTO_INCREMENT);", "Translate it from MySQL"],
];

testRule("no-unparsed-statement", {
  fires: [
    ...HINTS.map(([title, sql, says]) => ({
      title,
      migration: `${GOOD}\n${sql}`,
      unparsed: true,
      severity: "error" as const,
      line: 2,
      says,
    })),
    { title: "each of two", migration: `SELEC 1; ${GOOD} DROP TABEL x;`, unparsed: true, times: 2 },
    {
      title: "placeholders in three of four statements, once",
      migration:
        "CREATE TABLE {{ns}}.a (id int); SELECT 1; DROP TABLE {{ns}}.b; DROP TABLE {{ns}}.c;",
      unparsed: true,
      says: "So it is with 2 more of this script.",
    },
    {
      title: "in a down script",
      migration: GOOD,
      down: "DROP TABEL tags;",
      unparsed: true,
      severity: "warning",
    },
  ],
  silent: [
    { title: "what parses", migration: GOOD },
    { title: "a colon where one belongs", migration: "SELECT '{}'::jsonb, (ARRAY[1, 2])[1:2];" },
  ],
});
