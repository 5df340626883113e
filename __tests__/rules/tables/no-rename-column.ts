import { testRule } from "../rule-table.ts";

const USERS = "CREATE TABLE users (id bigint PRIMARY KEY, name text);";

testRule("no-rename-column", {
  fires: [
    {
      title: "a column of the base branch",
      before: [USERS],
      migration: "ALTER TABLE users RENAME COLUMN name TO full_name;",
      severity: "error",
      table: "users",
      says: /^Running code that still names `name` of `users` fails at once\. Add `full_name`/,
    },
    {
      title: "without the word COLUMN",
      before: [USERS],
      migration: "ALTER TABLE users RENAME name TO n;",
    },
    {
      title: "quoted, mixed case, qualified",
      before: ['CREATE TABLE "User" ("fullName" text);'],
      migration: 'ALTER TABLE "public"."User" RENAME COLUMN "fullName" TO "full_name";',
      says: '`"fullName"` of `"User"`',
    },
    {
      title: "twice: the second time no code knows its name",
      before: [USERS],
      migration: "ALTER TABLE users RENAME name TO a; ALTER TABLE users RENAME a TO b;",
      says: "still names `name`",
    },
    { title: "of a table that nobody made", migration: "ALTER TABLE legacy RENAME a TO b;" },
    {
      title: "of a view",
      before: [USERS, "CREATE VIEW v AS SELECT name FROM users;"],
      migration: "ALTER VIEW v RENAME COLUMN name TO n;",
      table: "v",
    },
    {
      title: "inside a DO block",
      before: [USERS],
      migration: "DO $$ BEGIN ALTER TABLE users RENAME name TO n; END $$;",
    },
  ],
  silent: [
    {
      title: "an attribute of a type",
      before: ["CREATE TYPE pair AS (a int, b int);"],
      migration: "ALTER TYPE pair RENAME ATTRIBUTE a TO c;",
    },
    {
      title: "another object",
      before: ["CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1';"],
      migration: "ALTER FUNCTION f() RENAME TO g;",
    },
    { title: "a new table", migration: `${USERS} ALTER TABLE users RENAME name TO n;` },
    {
      title: "a column of the same pull request",
      before: [USERS],
      migration: "ALTER TABLE users ADD a int;\n---\nALTER TABLE users RENAME a TO b;",
    },
    {
      title: "a new view",
      migration: "CREATE VIEW v AS SELECT 1 AS a; ALTER VIEW v RENAME COLUMN a TO b;",
    },
    {
      title: "in the down script",
      before: [USERS],
      migration: "SELECT 1;",
      down: "ALTER TABLE users RENAME name TO n;",
    },
  ],
});
