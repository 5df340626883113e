import { AUTOCOMMIT } from "../lint.ts";
import { testRule } from "../rule-table.ts";

const SHOP = `CREATE TABLE customers (id bigint PRIMARY KEY);
CREATE TABLE orders (id bigint PRIMARY KEY, note text);
CREATE INDEX orders_note ON orders (note);`;
const ALTER = "ALTER TABLE orders ADD COLUMN c text;";

testRule("require-lock-timeout", {
  fires: [
    {
      title: "no timeout",
      before: [SHOP],
      migration: ALTER,
      severity: "info",
      table: "orders",
      says: /^This takes an ACCESS EXCLUSIVE lock on `orders`.* Begin with SET LOCAL lock_timeout = '5s'/s,
    },
    {
      title: "a history that sets none, and a large table",
      before: [SHOP, "SELECT 1;"],
      migration: ALTER,
      rows: { orders: 10_000 },
      preset: "recommended",
    },
    {
      title: "once for a migration",
      before: [SHOP],
      migration: `SELECT 1;\n${ALTER}\nALTER TABLE customers ADD COLUMN c text;`,
      line: 2,
    },
    {
      title: "each migration",
      before: [SHOP],
      migration: `${ALTER}\n---\nALTER TABLE customers ADD COLUMN c text;`,
      times: 2,
    },
    {
      title: "a timeout that comes too late",
      before: [SHOP],
      migration: `${ALTER} SET lock_timeout = '5s';`,
    },
    ...["0", "'0'", "'0s'", "'0ms'", "DEFAULT"].map((value) => ({
      title: `SET lock_timeout = ${value}`,
      before: [SHOP],
      migration: `SET lock_timeout = ${value}; ${ALTER}`,
    })),
    ...["'10min'", "'61s'", "120000", "'1h'"].map((value) => ({
      title: `a timeout of ${value}, which is too long`,
      before: [SHOP],
      migration: `SET lock_timeout = ${value}; ${ALTER}`,
    })),
    {
      title: "after RESET",
      before: [SHOP],
      migration: `SET lock_timeout = '5s'; RESET lock_timeout; ${ALTER}`,
    },
    {
      title: "after RESET ALL",
      before: [SHOP],
      migration: `SET lock_timeout = '5s'; RESET ALL; ${ALTER}`,
    },
    {
      title: "another timeout",
      before: [SHOP],
      migration: `SET statement_timeout = '5s'; ${ALTER}`,
    },
    {
      title: "SET LOCAL outside of a transaction",
      before: [SHOP],
      migration: `SET LOCAL lock_timeout = '5s'; ${ALTER}`,
      execution: AUTOCOMMIT,
      says: "Begin with SET lock_timeout",
    },
    {
      title: "SET LOCAL of a transaction that is over",
      before: [SHOP],
      migration: `BEGIN; SET LOCAL lock_timeout = '5s'; COMMIT; ${ALTER}`,
      execution: AUTOCOMMIT,
    },
    {
      title: "a timeout of an earlier migration",
      before: [SHOP],
      migration: `SET LOCAL lock_timeout = '5s'; ${ALTER}\n---\nALTER TABLE customers ADD COLUMN c text;`,
    },
    {
      title: "a foreign key of a new table, which locks the old one",
      before: [SHOP],
      migration: "CREATE TABLE t (c bigint REFERENCES customers);",
      table: "customers",
      says: "every later write waits",
    },
    { title: "DROP INDEX", before: [SHOP], migration: "DROP INDEX orders_note;", table: "orders" },
    { title: "TRUNCATE", before: [SHOP], migration: "TRUNCATE orders;" },
    { title: "a DO block", before: [SHOP], migration: `DO $$ BEGIN ${ALTER} END $$;` },
  ],
  silent: [
    {
      title: "SET LOCAL in the runner's transaction",
      before: [SHOP],
      migration: `SET LOCAL lock_timeout = '5s'; ${ALTER}`,
    },
    { title: "SET", before: [SHOP], migration: `SET lock_timeout TO 2000; ${ALTER}` },
    ...["'60s'", "'1min'", "60000", "'500 ms'"].map((value) => ({
      title: `a timeout of ${value}`,
      before: [SHOP],
      migration: `SET lock_timeout = ${value}; ${ALTER}`,
    })),
    {
      title: "SET in autocommit",
      before: [SHOP],
      migration: `SET lock_timeout = '5s'; ${ALTER}`,
      execution: AUTOCOMMIT,
    },
    {
      title: "SET LOCAL among several statements of one query",
      before: [SHOP],
      migration: `SET LOCAL lock_timeout = '5s'; ${ALTER}`,
      execution: { transaction: false, sends: "script" },
    },
    {
      title: "set_config()",
      before: [SHOP],
      migration: `SELECT set_config('lock_timeout', '5s', true); ${ALTER}`,
    },
    {
      title: "a history that sets none, and a table that is not known to be large",
      before: [SHOP, "SELECT 1;"],
      migration: ALTER,
      rows: { orders: 9_999 },
      preset: "recommended",
    },
    { title: "new tables only", migration: `${SHOP} ${ALTER}` },
    {
      title: "a new table, renamed",
      migration:
        "CREATE TABLE t (id int); ALTER TABLE t RENAME TO u; ALTER TABLE u ADD COLUMN c text;",
    },
    {
      title: "a temporary table",
      migration: "CREATE TEMP TABLE t (id int); ALTER TABLE t ADD COLUMN c text;",
    },
    {
      title: "CONCURRENTLY",
      before: [SHOP],
      migration: "CREATE INDEX CONCURRENTLY i ON orders (note);",
      execution: AUTOCOMMIT,
    },
    {
      title: "VALIDATE CONSTRAINT",
      before: [`${SHOP} ALTER TABLE orders ADD CONSTRAINT c CHECK (id > 0) NOT VALID;`],
      migration: "ALTER TABLE orders VALIDATE CONSTRAINT c;",
    },
    { title: "COMMENT", before: [SHOP], migration: "COMMENT ON TABLE orders IS 'x';" },
    { title: "rows", before: [SHOP], migration: "UPDATE orders SET note = 'x' WHERE id = 1;" },
    { title: "a down script", before: [SHOP], migration: "SELECT 1;", down: ALTER },
    {
      title: "DETACH PARTITION CONCURRENTLY",
      before: [
        "CREATE TABLE p (at date) PARTITION BY RANGE (at); CREATE TABLE c PARTITION OF p FOR VALUES FROM ('2020-01-01') TO ('2021-01-01');",
      ],
      migration: "ALTER TABLE p DETACH PARTITION c CONCURRENTLY;",
      execution: AUTOCOMMIT,
    },
  ],
});
