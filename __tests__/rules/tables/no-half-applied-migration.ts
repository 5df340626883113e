import { AUTOCOMMIT } from "../lint.ts";
import { testRule } from "../rule-table.ts";

const ORDERS = "CREATE TABLE orders (id bigint PRIMARY KEY, total numeric, state text);";
const BUILD = "CREATE INDEX CONCURRENTLY i ON orders (state);";

testRule("no-half-applied-migration", {
  fires: [
    {
      title: "a column before an index",
      before: [ORDERS],
      migration: `ALTER TABLE orders ADD COLUMN a int; ${BUILD}`,
      execution: AUTOCOMMIT,
      says: "somebody repairs the database by hand",
    },
  ],
  silent: [
    { title: "one statement", before: [ORDERS], migration: BUILD, execution: AUTOCOMMIT },
    {
      title: "a guarded one before",
      before: [ORDERS],
      migration: `ALTER TABLE orders ADD COLUMN IF NOT EXISTS a int; ${BUILD}`,
      execution: AUTOCOMMIT,
    },
    {
      title: "settings before",
      before: [ORDERS],
      migration: `SET lock_timeout = '5s'; ${BUILD}`,
      execution: AUTOCOMMIT,
    },
    {
      title: "within a transaction",
      before: [ORDERS],
      migration: "ALTER TABLE orders ADD COLUMN a int; ALTER TABLE orders ADD COLUMN b int;",
    },
    {
      title: "several actions of one statement",
      before: [ORDERS],
      migration: "ALTER TABLE orders ADD COLUMN a int, ADD COLUMN b int;",
      execution: AUTOCOMMIT,
    },
  ],
});
