import { AUTOCOMMIT } from "../lint.ts";
import { testRule } from "../rule-table.ts";

const SHOP = `CREATE TABLE users (id bigint PRIMARY KEY, email text);
CREATE TABLE orders (id bigint PRIMARY KEY, note text);`;
const ALTER = "ALTER TABLE users ADD COLUMN a int;";
const UPDATE = "UPDATE users SET a = 1;";

testRule("no-backfill-with-schema-change", {
  fires: [
    {
      title: "UPDATE after ADD COLUMN",
      before: [SHOP],
      migration: `SET LOCAL lock_timeout = '5s';\n${ALTER}\n${UPDATE}`,
      severity: "error",
      table: "users",
      line: 3,
      says: /^Every read and write of `users` waits while this UPDATE of `users` runs: the statement on line 2 took an ACCESS EXCLUSIVE lock.* Move what changes rows to a later migration/,
    },
    {
      title: "UPDATE of another table",
      before: [SHOP],
      migration: `${ALTER} UPDATE orders SET note = '' WHERE note IS NULL;`,
      table: "users",
      says: "while this UPDATE of `orders` runs",
    },
    {
      title: "DELETE",
      before: [SHOP],
      migration: `${ALTER} DELETE FROM orders;`,
      says: "this DELETE of `orders`",
    },
    {
      title: "INSERT … SELECT from a table in use",
      before: [SHOP],
      migration: `${ALTER} CREATE TABLE mails (email text); INSERT INTO mails SELECT email FROM users;`,
      says: "this INSERT … SELECT into `mails`",
    },
    {
      title: "a query string of several statements",
      before: [SHOP],
      migration: `${ALTER} ${UPDATE}`,
      execution: { transaction: false, sends: "script" },
    },
    {
      title: "BEGIN and COMMIT in the file",
      before: [SHOP],
      migration: `BEGIN; ${ALTER} ${UPDATE} COMMIT;`,
      execution: AUTOCOMMIT,
    },
    {
      title: "LOCK TABLE",
      before: [SHOP],
      migration: `LOCK TABLE users; UPDATE orders SET note = '';`,
    },
    { title: "in a DO block", before: [SHOP], migration: `DO $$ BEGIN ${ALTER} ${UPDATE} END $$;` },
    {
      title: "once for each transaction",
      before: [SHOP],
      migration: `BEGIN; ${ALTER} ${UPDATE} ${UPDATE} COMMIT; BEGIN; LOCK users; ${UPDATE} COMMIT;`,
      execution: AUTOCOMMIT,
      times: 2,
    },
    {
      title: "rows changed before the lock and after it",
      before: [SHOP],
      migration: `UPDATE orders SET note = ''; ${ALTER} UPDATE orders SET note = '';`,
    },
  ],
  silent: [
    {
      title: "rows that are found by a literal, which are few more often than many",
      before: [SHOP],
      migration: `${ALTER} UPDATE users SET a = 1 WHERE email = 'a@b.c';`,
    },
    {
      title: "UPDATE first",
      before: [SHOP],
      migration: "UPDATE orders SET note = ''; ALTER TABLE users ADD b int;",
    },
    { title: "autocommit", before: [SHOP], migration: `${ALTER} ${UPDATE}`, execution: AUTOCOMMIT },
    { title: "another migration", before: [SHOP], migration: `${ALTER}\n---\n${UPDATE}` },
    {
      title: "COMMIT between them",
      before: [SHOP],
      migration: `BEGIN; ${ALTER} COMMIT; ${UPDATE}`,
      execution: AUTOCOMMIT,
    },
    {
      title: "one row by key",
      before: [SHOP],
      migration: `${ALTER} UPDATE users SET a = 1 WHERE id = 3;`,
    },
    {
      title: "one batch",
      before: [SHOP],
      migration: `${ALTER} UPDATE users SET a = 1 WHERE id IN (SELECT id FROM users LIMIT 100);`,
    },
    {
      title: "a lock on a new table",
      before: [SHOP],
      migration: "CREATE TABLE n (a int); ALTER TABLE n ADD b int; UPDATE orders SET note = '';",
    },
    {
      title: "rows of a new table",
      before: [SHOP],
      migration: `CREATE TABLE n (a int); ${ALTER} UPDATE n SET a = 1;`,
    },
    {
      title: "seeds in a new table",
      before: [SHOP],
      migration: `${ALTER} CREATE TABLE n (a int); INSERT INTO n VALUES (1), (2);`,
    },
    {
      title: "seeds in a table in use",
      before: [SHOP],
      migration: `${ALTER} INSERT INTO orders (id) VALUES (1), (2);`,
    },
    {
      title: "seeds by INSERT … SELECT from no table",
      before: [SHOP],
      migration: `${ALTER} INSERT INTO orders (id) SELECT n FROM generate_series(1, 9) AS n;`,
    },
    {
      title: "a table that is known to be small",
      before: [SHOP],
      migration: `${ALTER} ${UPDATE}`,
      rows: { users: 9 },
    },
    {
      title: "in the down script",
      before: [SHOP],
      migration: "SELECT 1;",
      down: `${ALTER} ${UPDATE}`,
    },
  ],
});
