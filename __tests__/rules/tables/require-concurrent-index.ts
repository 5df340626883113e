import { AUTOCOMMIT } from "../lint.ts";
import { testRule } from "../rule-table.ts";

const ORDERS = "CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint);";
const EVENTS = `CREATE TABLE events (id bigint, at date NOT NULL) PARTITION BY RANGE (at);
CREATE TABLE events_2026 PARTITION OF events FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');`;
const INDEX = "CREATE INDEX orders_customer_id ON orders (customer_id);";

testRule("require-concurrent-index", {
  fires: [
    {
      title: "IF NOT EXISTS of an index that does not exist",
      before: [ORDERS],
      migration: INDEX.replace("INDEX", "INDEX IF NOT EXISTS"),
    },
    {
      title: "in a transaction, with the way out of it",
      before: [ORDERS],
      migration: INDEX,
      says: "Building `orders_customer_id` takes a SHARE lock on `orders`: every INSERT, UPDATE and DELETE waits until the index is done. Build it with CONCURRENTLY, as the only statement of a migration of its own, outside of any transaction.",
      severity: "error",
      table: "orders",
    },
    {
      title: "in autocommit, where CONCURRENTLY is all it takes",
      before: [ORDERS],
      migration: INDEX,
      execution: AUTOCOMMIT,
      says: /Build it with CONCURRENTLY\.$/,
    },
    {
      title: "goose's way out",
      framework: "goose",
      before: [ORDERS],
      migration: INDEX,
      says: "`-- +goose NO TRANSACTION`",
    },
    {
      title: "dbmate's way out",
      framework: "dbmate",
      before: [ORDERS],
      migration: INDEX,
      says: "`-- migrate:up transaction:false`",
    },
    {
      title: "an index without a name",
      before: [ORDERS],
      migration: "CREATE INDEX ON orders (id);",
    },
    {
      title: "a unique index",
      before: [ORDERS],
      migration: "CREATE UNIQUE INDEX u ON orders (id);",
    },
    {
      title: "a table that nobody created",
      migration: INDEX,
    },
    {
      title: "a materialized view of the history",
      before: [`${ORDERS} CREATE MATERIALIZED VIEW totals AS SELECT id FROM orders;`],
      migration: "CREATE INDEX totals_id ON totals (id);",
      table: "totals",
    },
    {
      title: "a partitioned table, without asking for CONCURRENTLY on it",
      before: [EVENTS],
      migration: "CREATE INDEX events_at ON events (at);",
      says: /all of its partitions.*Create it ON ONLY `events`.*ATTACH PARTITION\.$/s,
    },
    {
      title: "one partition",
      before: [EVENTS],
      migration: "CREATE INDEX events_2026_at ON events_2026 (at);",
      says: "Build it with CONCURRENTLY",
    },
    {
      title: "a table that CREATE TABLE IF NOT EXISTS finds in the history",
      before: [ORDERS],
      migration: `CREATE TABLE IF NOT EXISTS orders (id bigint); ${INDEX}`,
    },
    {
      title: "a down script",
      before: [ORDERS],
      migration: "SELECT 1;",
      down: INDEX,
      severity: "warning",
    },
    {
      title: "a table of another schema with the name of a new one",
      before: ["CREATE SCHEMA archive; CREATE TABLE archive.orders (id bigint);"],
      migration: "CREATE TABLE orders (id bigint); CREATE INDEX i ON archive.orders (id);",
      table: "archive.orders",
    },
  ],
  silent: [
    {
      title: "IF NOT EXISTS of an index that exists",
      before: [ORDERS, INDEX],
      migration: INDEX.replace("INDEX", "INDEX IF NOT EXISTS"),
    },
    {
      title: "CONCURRENTLY",
      before: [ORDERS],
      migration: INDEX.replace("INDEX", "INDEX CONCURRENTLY"),
      execution: AUTOCOMMIT,
    },
    { title: "a new table", migration: `${ORDERS} ${INDEX}` },
    {
      title: "a new table, altered in between",
      migration: `${ORDERS} ALTER TABLE orders ADD COLUMN note text; ${INDEX}`,
    },
    {
      title: "a new table, renamed",
      migration: `${ORDERS} ALTER TABLE orders RENAME TO sales; CREATE INDEX i ON sales (id);`,
    },
    {
      title: "a table of an earlier migration of the pull request",
      migration: `${ORDERS}\n---\n${INDEX}`,
    },
    {
      title: "a new table by another spelling",
      migration: `${ORDERS} CREATE INDEX i ON PUBLIC."orders" (id);`,
    },
    {
      title: "a new table with a quoted name",
      migration: 'CREATE TABLE "Order" (id int); CREATE INDEX i ON "Order" (id);',
    },
    {
      title: "a temporary table",
      migration: `CREATE TEMP TABLE t (id int) ON COMMIT DROP; CREATE INDEX i ON t (id);`,
    },
    {
      title: "CREATE TABLE AS",
      migration: "CREATE TABLE t AS SELECT 1 AS id; CREATE INDEX i ON t (id);",
    },
    {
      title: "a materialized view made here",
      before: [ORDERS],
      migration:
        "CREATE MATERIALIZED VIEW totals AS SELECT id FROM orders; CREATE INDEX i ON totals (id);",
    },
    {
      title: "ON ONLY a partitioned table",
      before: [EVENTS],
      migration: "CREATE INDEX events_at ON ONLY events (at);",
    },
    { title: "a new table in a DO block", migration: `DO $$ BEGIN ${ORDERS} ${INDEX} END $$;` },
    {
      title: "its name in a comment and in a text",
      migration: "-- CREATE INDEX i ON orders (id);\nSELECT 'CREATE INDEX i ON orders (id)';",
    },
  ],
});
