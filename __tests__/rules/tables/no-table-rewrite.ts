import { AUTOCOMMIT } from "../lint.ts";
import { testRule } from "../rule-table.ts";

const ORDERS = "CREATE TABLE orders (id bigint PRIMARY KEY);";

testRule("no-table-rewrite", {
  fires: [
    {
      title: "VACUUM FULL",
      before: [ORDERS],
      migration: "VACUUM FULL orders;",
      execution: AUTOCOMMIT,
      says: "VACUUM FULL writes every row of `orders` anew under an ACCESS EXCLUSIVE lock",
      severity: "error",
      table: "orders",
    },
    {
      title: "VACUUM FULL of every table",
      before: [ORDERS, "CREATE TABLE plans (id int);"],
      migration: "VACUUM (FULL, ANALYZE);",
      execution: AUTOCOMMIT,
      says: "and 1 more",
    },
    { title: "CLUSTER", before: [ORDERS], migration: "CLUSTER orders USING orders_pkey;" },
    {
      title: "SET UNLOGGED",
      before: [ORDERS],
      migration: "ALTER TABLE orders SET UNLOGGED;",
      says: "a crash of the server empties it",
    },
    {
      title: "SET LOGGED",
      before: ["CREATE UNLOGGED TABLE cache (id int);"],
      migration: "ALTER TABLE cache SET LOGGED;",
      says: /^SET LOGGED/,
    },
    {
      title: "SET TABLESPACE",
      migration: 'ALTER TABLE "Big" SET TABLESPACE fast;',
      table: '"Big"',
    },
    {
      title: "SET ACCESS METHOD",
      before: [ORDERS],
      migration: "ALTER TABLE orders SET ACCESS METHOD columnar;",
    },
    {
      title: "one of several actions",
      before: [ORDERS],
      migration: "ALTER TABLE orders ADD COLUMN a int, SET UNLOGGED;",
    },
  ],
  silent: [
    { title: "VACUUM", before: [ORDERS], migration: "VACUUM orders;", execution: AUTOCOMMIT },
    {
      title: "VACUUM (FULL false)",
      before: [ORDERS],
      migration: "VACUUM (FULL false) orders;",
      execution: AUTOCOMMIT,
    },
    { title: "a new table", migration: `${ORDERS} ALTER TABLE orders SET UNLOGGED;` },
    {
      title: "SET LOGGED of a table that is logged",
      before: [ORDERS],
      migration: "ALTER TABLE orders SET LOGGED;",
    },
    {
      title: "CLUSTER ON",
      before: [ORDERS],
      migration: "ALTER TABLE orders CLUSTER ON orders_pkey;",
    },
  ],
});
