import { AUTOCOMMIT } from "../lint.ts";
import { testRule } from "../rule-table.ts";

const ORDERS = "CREATE TABLE orders (id bigint PRIMARY KEY);";

testRule("no-lock-table", {
  fires: [
    {
      title: "without a mode",
      before: [ORDERS],
      migration: "LOCK TABLE orders;",
      says: "LOCK TABLE keeps every read and write of `orders` waiting",
      severity: "warning",
      table: "orders",
    },
    {
      title: "SHARE",
      before: [ORDERS],
      migration: "LOCK orders IN SHARE MODE;",
      says: "every write of",
    },
    {
      title: "two tables",
      migration: 'LOCK TABLE a, "B" IN EXCLUSIVE MODE;',
      times: 2,
    },
    {
      title: "outside of a transaction",
      before: [ORDERS],
      migration: "LOCK TABLE orders IN ROW SHARE MODE;",
      execution: AUTOCOMMIT,
      says: "fails with SQLSTATE 25P01",
      severity: "error",
    },
  ],
  silent: [
    {
      title: "a mode that blocks neither reads nor writes",
      before: [ORDERS],
      migration: "LOCK TABLE orders IN SHARE UPDATE EXCLUSIVE MODE;",
    },
    {
      title: "a swap of tables, which takes the lock anyway",
      before: [`${ORDERS} CREATE TABLE orders_new (id bigint PRIMARY KEY);`],
      migration: `LOCK TABLE orders; LOCK TABLE orders_new;
ALTER TABLE orders RENAME TO orders_old; ALTER TABLE orders_new RENAME TO orders;`,
    },
    { title: "a new table", migration: `${ORDERS} LOCK TABLE orders;` },
  ],
});
