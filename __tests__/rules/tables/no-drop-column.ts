import { testRule } from "../rule-table.ts";

const USERS =
  "CREATE TABLE users (id bigint PRIMARY KEY, team int, email text, UNIQUE (team, email));";

testRule("no-drop-column", {
  fires: [
    {
      title: "a column of the base branch",
      before: [USERS],
      migration: "ALTER TABLE users DROP COLUMN id;",
      severity: "error",
      table: "users",
      says: /^The value of `id` is lost in every row of `users`, .*fails at once\. PostgreSQL drops the constraint `users_pkey` with it\. Release code/,
    },
    {
      title: "with the constraint over two columns",
      before: [USERS],
      migration: "ALTER TABLE users DROP COLUMN team;",
      says: "PostgreSQL drops the constraint `users_team_email_key` with it.",
    },
    {
      title: "with the unique index over two columns",
      before: ["CREATE TABLE t (a int, b int); CREATE UNIQUE INDEX t_a_b ON t (a, b);"],
      migration: "ALTER TABLE t DROP COLUMN b;",
      says: "PostgreSQL drops the unique index `t_a_b` with it.",
    },
    {
      title: "one of several actions",
      before: [USERS],
      migration: "ALTER TABLE users\n  ADD COLUMN a text,\n  DROP COLUMN email;",
      line: 3,
    },
    {
      title: "quoted, mixed case, qualified",
      before: ['CREATE TABLE "User" (id int, "firstName" text);'],
      migration: 'ALTER TABLE "public"."User" DROP COLUMN "firstName";',
      table: '"User"',
      says: '`"firstName"`',
    },
    {
      title: "inside a DO block",
      before: [USERS],
      migration: "DO $$ BEGIN ALTER TABLE users DROP COLUMN email; END $$;",
    },
    {
      title: "of a table that nobody made",
      migration: "ALTER TABLE legacy DROP COLUMN a;",
      severity: "error",
    },
    {
      title: "IF EXISTS of a column that nobody made",
      before: [USERS],
      migration: "ALTER TABLE users DROP COLUMN IF EXISTS a;",
      severity: "warning",
      says: "No earlier migration adds `a` to `users`",
    },
    {
      title: "a generated column, whose values are not lost",
      before: ["CREATE TABLE t (a int, b int GENERATED ALWAYS AS (a + 1) STORED);"],
      migration: "ALTER TABLE t DROP COLUMN b;",
      severity: "warning",
      says: "none is lost",
    },
    {
      title: "after its values were copied",
      before: [USERS],
      migration:
        "ALTER TABLE users ADD COLUMN mail text; UPDATE users SET mail = email; ALTER TABLE users DROP COLUMN email;",
      says: /^Whatever this migration did not copy from `email` of `users` before is lost/,
    },
    {
      title: "after another column was copied",
      before: [USERS],
      migration: "UPDATE users SET email = id::text; ALTER TABLE users DROP COLUMN team;",
      says: "The value of `team` is lost",
    },
    {
      title: "without an index that is not unique, or not of this column",
      before: [
        "CREATE TABLE t (a int, b int, c int); CREATE INDEX i ON t (a, b); CREATE UNIQUE INDEX u ON t (b, c);",
      ],
      migration: "ALTER TABLE t DROP COLUMN a;",
      says: "fails at once. Release",
    },
    {
      title: "after every column was copied",
      before: [USERS],
      migration: "CREATE TABLE copy AS SELECT * FROM users; ALTER TABLE users DROP COLUMN email;",
      says: "Whatever this migration did not copy from `email`",
    },
    {
      title: "the column of a primary key",
      before: ["CREATE TABLE k (id int PRIMARY KEY, a int);"],
      migration: "ALTER TABLE k DROP COLUMN id;",
      says: "PostgreSQL drops the constraint `k_pkey` with it.",
    },
    {
      title: "the column of a foreign key",
      before: ["CREATE TABLE k (id int PRIMARY KEY); CREATE TABLE f (k_id int REFERENCES k);"],
      migration: "ALTER TABLE f DROP COLUMN k_id;",
      says: "PostgreSQL drops the constraint `f_k_id_fkey` with it.",
    },
  ],
  silent: [
    { title: "a new table", migration: `${USERS} ALTER TABLE users DROP COLUMN email;` },
    {
      title: "a column of the same pull request",
      before: [USERS],
      migration: "ALTER TABLE users ADD COLUMN a int;\n---\nALTER TABLE users DROP COLUMN a;",
    },
    {
      title: "a new column under another name",
      before: [USERS],
      migration:
        "ALTER TABLE users ADD COLUMN a int; ALTER TABLE users RENAME COLUMN a TO b; ALTER TABLE users DROP COLUMN b;",
    },
    {
      title: "in the down script",
      before: [USERS],
      migration: "ALTER TABLE users ADD COLUMN a int;",
      down: "ALTER TABLE users DROP COLUMN a;",
    },
    {
      title: "DROP DEFAULT and DROP CONSTRAINT",
      before: [USERS],
      migration:
        "ALTER TABLE users ALTER email DROP DEFAULT, DROP CONSTRAINT users_team_email_key;",
    },
  ],
});
