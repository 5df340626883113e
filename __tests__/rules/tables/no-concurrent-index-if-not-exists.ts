import { AUTOCOMMIT } from "../lint.ts";
import { testRule } from "../rule-table.ts";

const ORDERS = "CREATE TABLE orders (id bigint PRIMARY KEY, a int);";
const INDEX = "CREATE INDEX CONCURRENTLY IF NOT EXISTS i ON orders (a);";

testRule("no-concurrent-index-if-not-exists", {
  fires: [
    {
      title: "alone",
      before: [ORDERS],
      migration: INDEX,
      execution: AUTOCOMMIT,
      says: "Run DROP INDEX CONCURRENTLY IF EXISTS i before",
      severity: "warning",
      table: "orders",
    },
    {
      title: "after the drop of another index",
      before: [ORDERS],
      migration: `DROP INDEX CONCURRENTLY IF EXISTS j; ${INDEX}`,
      execution: AUTOCOMMIT,
    },
  ],
  silent: [
    {
      title: "after its drop",
      before: [ORDERS],
      migration: `DROP INDEX CONCURRENTLY IF EXISTS i; ${INDEX}`,
      execution: AUTOCOMMIT,
    },
    {
      title: "without IF NOT EXISTS",
      before: [ORDERS],
      migration: INDEX.replace("IF NOT EXISTS ", ""),
      execution: AUTOCOMMIT,
    },
    {
      title: "without CONCURRENTLY, where a failed build leaves nothing",
      before: [ORDERS],
      migration: INDEX.replace("CONCURRENTLY ", ""),
    },
  ],
});
