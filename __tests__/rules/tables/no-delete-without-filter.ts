import { testRule } from "../rule-table.ts";

const USERS = "CREATE TABLE users (id bigint PRIMARY KEY, email text);";

testRule("no-delete-without-filter", {
  fires: [
    {
      title: "no WHERE",
      before: [USERS],
      migration: "DELETE FROM users;",
      severity: "error",
      table: "users",
      says: /^Every row of `users` is lost: this DELETE has no WHERE\. Name the rows/,
    },
    {
      title: "WHERE true",
      before: [USERS],
      migration: "DELETE FROM users WHERE true;",
      says: "always true",
    },
    {
      title: "WHERE 1 = 1",
      before: [USERS],
      migration: "DELETE FROM users WHERE 1=1;",
      says: "always true",
    },
    {
      title: "a qualified name",
      before: [USERS],
      migration: "delete from PUBLIC.Users",
      table: "users",
    },
    {
      title: "in a DO block",
      before: [USERS],
      migration: "DO $$ BEGIN DELETE FROM users; END $$;",
    },
    {
      title: "in a CTE",
      before: [USERS, "CREATE TABLE gone (id bigint, email text);"],
      migration: "WITH d AS (DELETE FROM users RETURNING *) INSERT INTO gone SELECT * FROM d;",
    },
    {
      title: "USING without a WHERE, which joins every row with every other",
      before: [USERS],
      migration: "DELETE FROM users USING (SELECT id FROM users LIMIT 9) batch;",
    },
  ],
  silent: [
    { title: "a WHERE", before: [USERS], migration: "DELETE FROM users WHERE email IS NULL;" },
    {
      title: "a WHERE with a true part",
      before: [USERS],
      migration: "DELETE FROM users WHERE 1 = 1 AND email IS NULL;",
    },
    { title: "a new table", migration: `${USERS} DELETE FROM users;` },
    { title: "a temporary table", migration: "CREATE TEMP TABLE t (a int); DELETE FROM t;" },
    {
      title: "in the down script",
      before: [USERS],
      migration: "SELECT 1;",
      down: "DELETE FROM users;",
    },
  ],
});
