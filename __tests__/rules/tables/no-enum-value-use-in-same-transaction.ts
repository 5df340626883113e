import { AUTOCOMMIT } from "../lint.ts";
import { testRule } from "../rule-table.ts";

const TICKETS = `CREATE TYPE state AS ENUM ('open', 'closed');
CREATE TABLE tickets (id bigint PRIMARY KEY, state state, note text);`;
const ADD = "ALTER TYPE state ADD VALUE 'it''s new';";

const USES: readonly (readonly [title: string, sql: string])[] = [
  ["INSERT", "INSERT INTO tickets (id, state) VALUES (1, 'it''s new');"],
  ["INSERT without a column list", "INSERT INTO tickets VALUES (1, 'it''s new', '');"],
  ["UPDATE", "UPDATE tickets SET state = 'it''s new' WHERE id = 1;"],
  ["a WHERE", "DELETE FROM tickets WHERE state = 'it''s new';"],
  ["SELECT", "SELECT 1 FROM tickets WHERE state IN ('open', 'it''s new');"],
  ["a DEFAULT", "ALTER TABLE tickets ALTER COLUMN state SET DEFAULT 'it''s new';"],
  ["the DEFAULT of a new column", "ALTER TABLE tickets ADD COLUMN old state DEFAULT 'it''s new';"],
  ["the DEFAULT in a new table", "CREATE TABLE t (s public.state DEFAULT 'it''s new');"],
  ["a row of a new table", "CREATE TABLE t (s state); INSERT INTO t (s) VALUES ('it''s new');"],
  ["a CHECK", "ALTER TABLE tickets ADD CHECK (state <> 'it''s new') NOT VALID;"],
  ["the WHERE of an index", "CREATE INDEX ON tickets (id) WHERE state = 'it''s new';"],
  ["a view", "CREATE VIEW v AS SELECT id FROM tickets WHERE state = 'it''s new';"],
  ["a cast", "SELECT 'it''s new'::state;"],
  ["CAST", "SELECT CAST('it''s new' AS public.state);"],
  ["inside a DO block", "DO $$ BEGIN UPDATE tickets SET state = 'it''s new'; END $$;"],
];

testRule("no-enum-value-use-in-same-transaction", {
  fires: [
    ...USES.map(([title, sql]) => ({
      title,
      before: [TICKETS],
      migration: `${ADD}\n${sql}`,
      severity: "error" as const,
      line: 2,
    })),
    {
      title: "in one query string",
      before: [TICKETS],
      migration: `${ADD} UPDATE tickets SET state = 'it''s new';`,
      execution: { transaction: false, sends: "script" },
      says: /^The migration fails here: PostgreSQL refuses to use 'it's new' of `state`.* Add the value in an earlier migration/,
    },
    {
      title: "a quoted type in a schema",
      before: [`CREATE TYPE app."State" AS ENUM ('open'); CREATE TABLE t (s app."State");`],
      migration: `ALTER TYPE app."State" ADD VALUE 'x'; UPDATE t SET s = 'x';`,
    },
    {
      title: "a type of the same transaction before PostgreSQL 17",
      migration: `${TICKETS} ${ADD} UPDATE tickets SET state = 'it''s new';`,
      postgres: [16],
      confidence: "high",
      says: "Before PostgreSQL 17 the migration fails here",
    },
    ...[[16, 17], []].map((postgres) => ({
      title: `a type of the same transaction, with PostgreSQL ${postgres.join(" and ") || "unknown"}`,
      migration:
        "CREATE TYPE m AS ENUM ('a'); ALTER TYPE m ADD VALUE 'b'; CREATE TABLE q (x m DEFAULT 'b');",
      postgres,
      severity: "error" as const,
      confidence: "medium" as const,
      says: /^Before PostgreSQL 17 the migration fails here: .* Name the value in CREATE TYPE\.$/,
    })),
    {
      title: "a type of an earlier transaction, with PostgreSQL 17",
      before: [TICKETS],
      migration: `${ADD} UPDATE tickets SET state = 'it''s new';`,
      postgres: [17],
      confidence: "high",
      says: /^The migration fails here/,
    },
  ],
  silent: [
    {
      title: "the same text in an INSERT that leaves the column out",
      before: [TICKETS],
      migration: `${ADD} INSERT INTO tickets (id, note) VALUES (1, 'it''s new');`,
    },
    {
      title: "an earlier migration",
      before: [TICKETS],
      migration: `${ADD}\n---\nUPDATE tickets SET state = 'it''s new';`,
    },
    {
      title: "autocommit",
      before: [TICKETS],
      migration: `${ADD} UPDATE tickets SET state = 'it''s new';`,
      execution: AUTOCOMMIT,
    },
    {
      title: "another value",
      before: [TICKETS],
      migration: `${ADD} UPDATE tickets SET state = 'open';`,
    },
    {
      title: "the same text in another column",
      before: [TICKETS],
      migration: `${ADD} UPDATE tickets SET note = 'it''s new';`,
    },
    {
      title: "the same text in another table",
      before: [TICKETS, "CREATE TABLE notes (state text);"],
      migration: `${ADD} INSERT INTO notes (state) VALUES ('it''s new');`,
    },
    {
      title: "a longer text",
      before: [TICKETS],
      migration: `${ADD} UPDATE tickets SET state = 'open', note = 'so it''s new!';`,
    },
    {
      title: "a use before",
      before: [TICKETS],
      migration: `UPDATE tickets SET note = 'it''s new'; ${ADD}`,
    },
    {
      title: "a type that is made with the value",
      migration:
        "CREATE TYPE m AS ENUM ('a', 'b'); CREATE TABLE t (m m DEFAULT 'b'); INSERT INTO t VALUES ('b');",
    },
    {
      title: "a type of the same transaction from PostgreSQL 17",
      migration: `${TICKETS} ${ADD} UPDATE tickets SET state = 'it''s new';`,
      postgres: [17],
    },
    {
      title: "a value that the type has already",
      before: [TICKETS],
      migration:
        "ALTER TYPE state ADD VALUE IF NOT EXISTS 'open'; UPDATE tickets SET state = 'open';",
    },
    {
      title: "the type made anew with the value",
      before: [TICKETS],
      migration: `CREATE TYPE state2 AS ENUM ('open', 'new');
ALTER TABLE tickets ALTER COLUMN state TYPE state2 USING (state::text::state2);
UPDATE tickets SET state = 'new';`,
    },
  ],
});
