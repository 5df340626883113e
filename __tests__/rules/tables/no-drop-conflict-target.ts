import { AUTOCOMMIT } from "../lint.ts";
import { testRule } from "../rule-table.ts";

const USERS = `CREATE TABLE users (id bigint PRIMARY KEY, email text, CONSTRAINT one_email UNIQUE (email));
CREATE UNIQUE INDEX users_pair ON users (email, id);`;
const DROP = "ALTER TABLE users DROP CONSTRAINT one_email;";

testRule("no-drop-conflict-target", {
  fires: [
    {
      title: "a constraint",
      before: [USERS],
      migration: DROP,
      says: "INSERT … ON CONFLICT (email) of running code fails from here on",
      severity: "warning",
      table: "users",
    },
    {
      title: "an index, concurrently",
      before: [USERS],
      migration: "DROP INDEX CONCURRENTLY users_pair;",
      execution: AUTOCOMMIT,
      says: "ON CONFLICT (email, id)",
    },
    {
      title: "a key over more columns takes its place",
      before: [USERS],
      migration: `${DROP} ALTER TABLE users ADD UNIQUE (email, id);`,
    },
  ],
  silent: [
    {
      title: "the same key by another name",
      before: [USERS],
      migration: `${DROP} CREATE UNIQUE INDEX one_email ON users (email);`,
    },
    {
      title: "another key over the same columns is there",
      before: [USERS, "CREATE UNIQUE INDEX other ON users (id, email);"],
      migration: "DROP INDEX users_pair;",
    },
    {
      title: "an index that is not unique",
      before: [USERS, "CREATE INDEX plain ON users (email);"],
      migration: "DROP INDEX plain;",
    },
    {
      title: "an index on an expression",
      before: [USERS, "CREATE UNIQUE INDEX lower ON users (lower(email));"],
      migration: "DROP INDEX lower;",
    },
    {
      title: "the column goes as well",
      before: [USERS],
      migration: `${DROP} ALTER TABLE users DROP COLUMN email;`,
    },
    { title: "a new table", migration: `${USERS} ${DROP}` },
    {
      title: "a foreign key rests on it: PostgreSQL refuses",
      before: [USERS, "CREATE TABLE t (email text REFERENCES users (email));"],
      migration: DROP,
    },
  ],
});
