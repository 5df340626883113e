import { testRule } from "../rule-table.ts";

const ORDERS = "CREATE TABLE orders (id bigint PRIMARY KEY, total numeric, state text);";

testRule("prefer-no-data", {
  fires: [
    {
      title: "a materialized view",
      before: [ORDERS],
      migration: "CREATE MATERIALIZED VIEW t AS SELECT sum(total) FROM orders;",
      says: "as long as the query over `orders` that fills `t`",
    },
    {
      title: "a table",
      before: [ORDERS],
      migration: "CREATE TABLE t AS SELECT total FROM orders;",
    },
    { title: "SELECT INTO", before: [ORDERS], migration: "SELECT total INTO t FROM orders;" },
  ],
  silent: [
    {
      title: "without data",
      before: [ORDERS],
      migration: "CREATE MATERIALIZED VIEW t AS SELECT sum(total) FROM orders WITH NO DATA;",
    },
    {
      title: "a temporary table",
      before: [ORDERS],
      migration: "CREATE TEMP TABLE t AS SELECT total FROM orders;",
    },
    {
      title: "over a new table",
      migration: `${ORDERS} CREATE TABLE t AS SELECT total FROM orders;`,
    },
    {
      title: "a plain view",
      before: [ORDERS],
      migration: "CREATE VIEW t AS SELECT sum(total) FROM orders;",
    },
  ],
});
