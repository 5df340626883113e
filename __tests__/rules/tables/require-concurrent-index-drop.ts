import { AUTOCOMMIT } from "../lint.ts";
import { testRule } from "../rule-table.ts";

const ORDERS = `CREATE TABLE orders (id bigint PRIMARY KEY, note text, UNIQUE (note));
CREATE INDEX orders_by_note ON orders (note);`;

testRule("require-concurrent-index-drop", {
  fires: [
    {
      title: "an index of a table in use",
      before: [ORDERS],
      migration: "DROP INDEX orders_by_note;",
      says: "ACCESS EXCLUSIVE lock on `orders`",
      severity: "warning",
      table: "orders",
    },
    {
      title: "by its qualified name",
      before: [ORDERS],
      migration: "DROP INDEX IF EXISTS public.orders_by_note;",
    },
    {
      title: "each of a list",
      before: [`${ORDERS} CREATE INDEX b ON orders (id);`],
      migration: "DROP INDEX orders_by_note, b;",
      times: 2,
    },
    {
      title: "an index that is not known",
      migration: "DROP INDEX forgotten;",
      says: "on its table",
      confidence: "medium",
    },
    {
      title: "a down script",
      before: [ORDERS],
      migration: "SELECT 1;",
      down: "DROP INDEX orders_by_note;",
    },
    {
      title: "beside a change of the table in a transaction of its own",
      before: [ORDERS],
      migration: "ALTER TABLE orders ADD COLUMN a int; DROP INDEX orders_by_note;",
      execution: AUTOCOMMIT,
    },
    {
      title: "beside a weaker lock",
      before: [ORDERS],
      migration: "CREATE INDEX n ON orders (note); DROP INDEX orders_by_note;",
    },
  ],
  silent: [
    {
      title: "under the lock of another statement",
      before: [ORDERS],
      migration: "ALTER TABLE orders ADD COLUMN a int; DROP INDEX orders_by_note;",
    },
    {
      title: "before a statement that takes the same lock",
      before: [ORDERS],
      migration: "DROP INDEX orders_by_note; ALTER TABLE public.orders DROP COLUMN note;",
    },
    {
      title: "IF EXISTS of an index that is not known",
      before: [ORDERS],
      migration: "DROP INDEX IF EXISTS forgotten;",
    },
    {
      title: "CONCURRENTLY",
      before: [ORDERS],
      migration: "DROP INDEX CONCURRENTLY orders_by_note;",
      execution: AUTOCOMMIT,
    },
    { title: "a new table", migration: `${ORDERS} DROP INDEX orders_by_note;` },
    {
      title: "a constraint's index, which the server refuses",
      before: [ORDERS],
      migration: "DROP INDEX orders_note_key;",
    },
    {
      title: "a partitioned index, which cannot be dropped concurrently",
      before: [
        "CREATE TABLE events (at date) PARTITION BY RANGE (at); CREATE INDEX events_at ON events (at);",
      ],
      migration: "DROP INDEX events_at;",
    },
    {
      title: "a table that is dropped as well",
      before: [ORDERS],
      migration: "DROP INDEX orders_by_note; DROP TABLE orders;",
    },
    {
      title: "a materialized view made here",
      before: [ORDERS],
      migration:
        "CREATE MATERIALIZED VIEW m AS SELECT id FROM orders; CREATE INDEX i ON m (id); DROP INDEX i;",
    },
  ],
});
