import { testRule } from "../rule-table.ts";

const using = (index: string): string => `CREATE TABLE users (id bigint NOT NULL, email text);
CREATE ${index};`;
const ADD = "ALTER TABLE users ADD CONSTRAINT users_key UNIQUE USING INDEX i;";

testRule("require-eligible-constraint-index", {
  fires: [
    {
      title: "a partial index",
      before: [using("UNIQUE INDEX i ON users (email) WHERE id > 0")],
      migration: ADD,
      says: "it has a WHERE and covers some rows only",
      severity: "error",
      table: "users",
    },
    {
      title: "an expression",
      before: [using("UNIQUE INDEX i ON users (lower(email))")],
      migration: ADD,
      says: "it has an expression among its keys",
    },
    {
      title: "an index that is not unique",
      before: [using("INDEX i ON users (email)")],
      migration: ADD.replace("UNIQUE", "PRIMARY KEY"),
      says: "it is not unique",
    },
    {
      title: "a descending key",
      before: [using("UNIQUE INDEX i ON users (email DESC)")],
      migration: ADD,
      says: "descending",
    },
    {
      title: "the index of another constraint",
      before: ["CREATE TABLE users (id int, CONSTRAINT i UNIQUE (id));"],
      migration: ADD,
      says: "it belongs to the constraint `i` already",
    },
    {
      title: "a partitioned table",
      before: [
        "CREATE TABLE users (id int) PARTITION BY HASH (id); CREATE UNIQUE INDEX i ON users (id);",
      ],
      migration: ADD,
      says: "is partitioned",
    },
  ],
  silent: [
    {
      title: "a plain unique index",
      before: [using("UNIQUE INDEX i ON users (email)")],
      migration: ADD,
    },
    {
      title: "an index that nobody knows",
      before: ["CREATE TABLE users (id int);"],
      migration: ADD,
    },
    {
      title: "an index of another table with the same name in another schema",
      before: [
        `${using("UNIQUE INDEX i ON users (email)")}
CREATE SCHEMA s; CREATE TABLE s.users (id int); CREATE INDEX i ON s.users (id);`,
      ],
      migration: ADD,
    },
  ],
});
