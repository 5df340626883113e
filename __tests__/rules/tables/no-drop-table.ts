import { testRule } from "../rule-table.ts";

const USERS = "CREATE TABLE users (id bigint PRIMARY KEY, email text);";

testRule("no-drop-table", {
  fires: [
    {
      title: "a table of the base branch",
      before: [USERS],
      migration: "DROP TABLE users;",
      severity: "error",
      table: "users",
      says: /^Every row of `users` is lost, .* fails at once\. Release code/,
    },
    {
      title: "IF EXISTS",
      before: [USERS],
      migration: "DROP TABLE IF EXISTS users;",
      severity: "error",
    },
    {
      title: "a qualified name",
      before: [USERS],
      migration: "DROP TABLE public.users;",
      table: "users",
    },
    {
      title: "a quoted name, CamelCase",
      before: ['CREATE TABLE "User" (id int PRIMARY KEY);'],
      migration: 'DROP TABLE "User";',
      says: '`"User"`',
    },
    {
      title: "a name in capitals that is folded",
      before: [USERS],
      migration: "DROP TABLE USERS;",
      says: "`users`",
    },
    {
      title: "each of several",
      before: [USERS, "CREATE TABLE tags (id int PRIMARY KEY);"],
      migration: "DROP TABLE users, tags;",
      times: 2,
    },
    {
      title: "inside a DO block",
      before: [USERS],
      migration: "DO $$ BEGIN IF now() > '2020-01-01' THEN DROP TABLE users; END IF; END $$;",
    },
    {
      title: "a table that nobody made, without a guard",
      migration: "DROP TABLE legacy;",
      severity: "error",
    },
    {
      title: "a table that nobody made, with IF EXISTS",
      migration: "DROP TABLE IF EXISTS legacy;",
      severity: "warning",
      says: "No earlier migration makes `legacy`",
    },
    {
      title: "IF NOT EXISTS did not make it",
      before: [USERS],
      migration: "CREATE TABLE IF NOT EXISTS users (id int); DROP TABLE users;",
    },
    {
      title: "a table renamed in between",
      before: [USERS],
      migration: "ALTER TABLE users RENAME TO old_users; DROP TABLE old_users;",
      says: "`old_users`",
    },
    {
      title: "another table of the same name in another schema is new",
      before: [USERS],
      migration: "CREATE SCHEMA app; CREATE TABLE app.users (id int); DROP TABLE users;",
    },
    {
      title: "a foreign table, whose rows are elsewhere",
      before: [
        "CREATE FOREIGN DATA WRAPPER w; CREATE SERVER s FOREIGN DATA WRAPPER w; CREATE FOREIGN TABLE remote (id int) SERVER s;",
      ],
      migration: "DROP FOREIGN TABLE remote;",
      severity: "warning",
    },
    {
      title: "after its rows were copied",
      before: [USERS],
      migration: "CREATE TABLE people AS SELECT id, email FROM public.users; DROP TABLE users;",
      says: /^Whatever this migration did not copy from `users` before is lost, and running code/,
    },
    {
      title: "before its rows could be copied",
      before: [USERS, "CREATE TABLE people (id bigint);"],
      migration: "DROP TABLE users; INSERT INTO people SELECT id FROM users;",
      says: "Every row of `users` is lost",
    },
    {
      title: "after another table was copied",
      before: [USERS, "CREATE TABLE tags (id int);"],
      migration: "CREATE TABLE t AS SELECT * FROM tags; DROP TABLE users;",
      says: "Every row of `users` is lost",
    },
  ],
  silent: [
    { title: "a table of the same migration", migration: `${USERS} DROP TABLE users;` },
    {
      title: "a table of an earlier migration of the pull request",
      migration: `${USERS}\n---\nDROP TABLE users;`,
    },
    {
      title: "a new table that was renamed",
      migration: `${USERS} ALTER TABLE users RENAME TO people; DROP TABLE people;`,
    },
    {
      title: "a temporary table",
      before: [USERS],
      migration: "CREATE TEMP TABLE users_copy AS SELECT * FROM users; DROP TABLE users_copy;",
    },
    {
      title: "a temporary table that hides one",
      before: [USERS],
      migration: "CREATE TEMP TABLE users (id int); DROP TABLE users;",
    },
    { title: "in the down script", migration: USERS, down: "DROP TABLE users;" },
    {
      title: "of another table in the down script",
      before: [USERS],
      migration: "SELECT 1;",
      down: "DROP TABLE users;",
    },
    {
      title: "with squawk's comment",
      before: [USERS],
      migration: "-- squawk-ignore ban-drop-table\nDROP TABLE users;",
    },
    {
      title: "DROP TABLE in a string",
      before: [USERS],
      migration: "COMMENT ON TABLE users IS 'DROP TABLE users;';",
    },
  ],
});
