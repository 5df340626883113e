import { AUTOCOMMIT } from "../lint.ts";
import { testRule } from "../rule-table.ts";

const ORDERS = "CREATE TABLE orders (id bigint, at date); CREATE INDEX orders_at ON orders (at);";

testRule("require-concurrent-reindex", {
  fires: [
    {
      title: "an index",
      before: [ORDERS],
      migration: "REINDEX INDEX orders_at;",
      table: "orders",
      says: "lock on the index",
    },
    {
      title: "a table",
      before: [ORDERS],
      migration: "REINDEX TABLE orders;",
      table: "orders",
      says: "lock on each index",
    },
    {
      title: "a schema",
      before: [ORDERS],
      migration: "REINDEX SCHEMA public;",
      execution: AUTOCOMMIT,
      says: "REINDEX SCHEMA",
    },
    {
      title: "a database",
      migration: "REINDEX DATABASE;",
      execution: AUTOCOMMIT,
      says: "REINDEX DATABASE",
    },
    {
      title: "an index that is not known",
      migration: "REINDEX INDEX forgotten;",
      says: "a SHARE lock on its table",
    },
    {
      title: "CONCURRENTLY switched off",
      before: [ORDERS],
      migration: "REINDEX (CONCURRENTLY FALSE) TABLE orders;",
    },
  ],
  silent: [
    {
      title: "CONCURRENTLY",
      before: [ORDERS],
      migration: "REINDEX INDEX CONCURRENTLY orders_at;",
      execution: AUTOCOMMIT,
    },
    { title: "a new table", migration: `${ORDERS} REINDEX TABLE orders;` },
    { title: "an index of a new table", migration: `${ORDERS} REINDEX INDEX orders_at;` },
    {
      title: "the system catalogs, which have no other way",
      migration: "REINDEX SYSTEM;",
      execution: AUTOCOMMIT,
    },
  ],
});
