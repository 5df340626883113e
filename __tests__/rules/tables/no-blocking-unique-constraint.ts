import { AUTOCOMMIT } from "../lint.ts";
import { testRule } from "../rule-table.ts";

const USERS = "CREATE TABLE users (id bigint PRIMARY KEY, email text);";
const EVENTS = `CREATE TABLE events (id bigint, at date) PARTITION BY RANGE (at);
CREATE TABLE old PARTITION OF events FOR VALUES FROM ('2020-01-01') TO ('2021-01-01');`;

testRule("no-blocking-unique-constraint", {
  fires: [
    {
      title: "ADD CONSTRAINT",
      before: [USERS],
      migration: "ALTER TABLE users ADD CONSTRAINT u UNIQUE (email);",
      severity: "error",
      says: "UNIQUE USING INDEX",
      table: "users",
    },
    {
      title: "on a new column",
      before: [USERS],
      migration: "ALTER TABLE users ADD COLUMN handle text UNIQUE;",
      says: "Add the column alone first",
    },
    {
      title: "a partitioned table, which can have no USING INDEX",
      before: [EVENTS],
      migration: "ALTER TABLE events ADD UNIQUE (id, at);",
      says: "Give each partition the constraint first",
    },
  ],
  silent: [
    {
      title: "USING INDEX",
      before: [USERS, "CREATE UNIQUE INDEX u ON users (email);"],
      migration: "ALTER TABLE users ADD CONSTRAINT u UNIQUE USING INDEX u;",
    },
    {
      title: "a concurrent unique index",
      before: [USERS],
      migration: "CREATE UNIQUE INDEX CONCURRENTLY u ON users (email);",
      execution: AUTOCOMMIT,
    },
    { title: "a new table", migration: `${USERS} ALTER TABLE users ADD UNIQUE (email);` },
    { title: "in CREATE TABLE", migration: "CREATE TABLE t (a int UNIQUE, b int, UNIQUE (b));" },
    {
      title: "partitions that have it",
      before: [EVENTS, "ALTER TABLE old ADD UNIQUE (id, at);"],
      migration: "ALTER TABLE events ADD UNIQUE (id, at);",
    },
    {
      title: "another constraint",
      before: [USERS],
      migration: "ALTER TABLE users ADD CHECK (id > 0);",
    },
    {
      title: "another column",
      before: [USERS],
      migration: "ALTER TABLE users ADD COLUMN note text;",
    },
    {
      title: "a column of a new table",
      migration: `${USERS} ALTER TABLE users ADD COLUMN handle text UNIQUE;`,
    },
  ],
});
