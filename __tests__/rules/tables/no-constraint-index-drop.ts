import { AUTOCOMMIT } from "../lint.ts";
import { testRule } from "../rule-table.ts";

const USERS = `CREATE TABLE users (id bigint PRIMARY KEY, email text UNIQUE);
CREATE INDEX users_lower ON users (lower(email));`;

testRule("no-constraint-index-drop", {
  fires: [
    {
      title: "the index of a primary key",
      before: [USERS],
      migration: "DROP INDEX users_pkey;",
      says: "belongs to the constraint `users_pkey` of `users`: DROP INDEX fails with SQLSTATE 2BP01. Write ALTER TABLE users DROP CONSTRAINT users_pkey.",
      severity: "error",
      table: "users",
    },
    {
      title: "with CONCURRENTLY",
      before: [USERS],
      migration: "DROP INDEX CONCURRENTLY IF EXISTS users_email_key;",
      execution: AUTOCOMMIT,
    },
    {
      title: "an index that a constraint took over",
      before: [
        `${USERS} CREATE UNIQUE INDEX u ON users (id, email);
ALTER TABLE users ADD CONSTRAINT "Users_key" UNIQUE USING INDEX u;`,
      ],
      migration: 'DROP INDEX "Users_key";',
      says: 'DROP CONSTRAINT "Users_key"',
    },
    {
      title: "in another schema",
      before: ["CREATE SCHEMA a; CREATE TABLE a.t (id int PRIMARY KEY);"],
      migration: "DROP INDEX a.t_pkey;",
      table: "a.t",
    },
  ],
  silent: [
    { title: "a plain index", before: [USERS], migration: "DROP INDEX users_lower;" },
    {
      title: "after the constraint was dropped",
      before: [USERS],
      migration:
        "ALTER TABLE users DROP CONSTRAINT users_email_key; DROP INDEX IF EXISTS users_email_key;",
    },
    { title: "an index that nobody knows", migration: "DROP INDEX users_pkey;" },
  ],
});
