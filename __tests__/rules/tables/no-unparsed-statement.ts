import { testRule } from "../rule-table.ts";

const COPY = "COPY tags (id) FROM STDIN;\n1\n\\.\n";
const DEEP = `SELECT ${"NOT ".repeat(4_000)}true;`;
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
      title: "rows of COPY, twice",
      migration: `${GOOD}\n${COPY}${COPY}`,
      unparsed: true,
      severity: "error",
      line: 3,
      says: /^The server cannot run this: rows of COPY .* Write INSERT in their place\. So it is with 1 more of this script\.$/,
    },
    {
      title: "rows of COPY, which Flyway sends",
      framework: "flyway",
      migration: `${GOOD}\n${COPY}`,
      unparsed: true,
      severity: "warning",
      says: /^Not verified: Flyway loads these rows/,
    },
    {
      title: "psql's command in a migration of Flyway",
      framework: "flyway",
      migration: `${GOOD}\n\\connect shop`,
      unparsed: true,
      severity: "error",
    },
    {
      title: "a script that is too large",
      migration: `${GOOD}--${"x".repeat(2 * 1024 * 1024)}`,
      unparsed: true,
      says: /^No rule has looked at this script: the file is larger than 2 MB and was not read\. Split it/,
    },
    {
      title: "a NUL character",
      migration: `${GOOD}\0`,
      unparsed: true,
      says: /^No rule has looked at this script: it has a NUL character, which SQL cannot hold\. Take/,
    },
    {
      title: "a statement that is nested too deeply",
      migration: DEEP,
      unparsed: true,
      says: "No rule has looked at this statement: it is nested too deeply to be read. Split it.",
    },
    {
      title: "in a down script",
      migration: GOOD,
      down: "DROP TABEL tags;",
      unparsed: true,
      severity: "error",
    },
  ],
  silent: [
    { title: "what parses", migration: GOOD },
    { title: "a colon where one belongs", migration: "SELECT '{}'::jsonb, (ARRAY[1, 2])[1:2];" },
  ],
});
