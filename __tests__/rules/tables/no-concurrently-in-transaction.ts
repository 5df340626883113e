import { AUTOCOMMIT } from "../lint.ts";
import { testRule } from "../rule-table.ts";

const ORDERS = `CREATE TABLE orders (id bigint PRIMARY KEY, at date);
CREATE INDEX orders_at ON orders (at);
CREATE TABLE events (at date) PARTITION BY RANGE (at);
CREATE TABLE old PARTITION OF events FOR VALUES FROM ('2020-01-01') TO ('2021-01-01');`;
const INDEX = "CREATE INDEX CONCURRENTLY i ON orders (at);";
const ONE_QUERY = { transaction: false, sends: "script" } as const;

testRule("no-concurrently-in-transaction", {
  fires: [
    {
      title: "the runner's transaction",
      framework: "goose",
      before: [ORDERS],
      migration: INDEX,
      says: "CREATE INDEX CONCURRENTLY cannot run in a transaction, and goose opens one around this migration: it fails with SQLSTATE 25001. Run it in a migration of its own that begins with `-- +goose NO TRANSACTION`.",
    },
    {
      title: "BEGIN, with a comment above it",
      before: [ORDERS],
      migration: `-- an index\nBEGIN;\n${INDEX}\nCOMMIT;`,
      execution: AUTOCOMMIT,
      says: "the transaction that BEGIN opens",
      line: 3,
    },
    {
      title: "several statements in one query",
      framework: "golang-migrate",
      before: [ORDERS],
      migration: `SET lock_timeout = '5s';\n${INDEX}`,
      execution: ONE_QUERY,
      says: /golang-migrate sends them as one query.*only statement of a file of its own/s,
    },
    {
      title: "several statements in one query of a runner that is not known",
      before: [ORDERS],
      migration: `SET lock_timeout = '5s';\n${INDEX}`,
      execution: ONE_QUERY,
      says: "where the runner sends this file as one query",
      severity: "warning",
      confidence: "medium",
    },
    {
      title: "also as the first of them",
      framework: "prisma",
      before: [ORDERS],
      migration: `${INDEX} SELECT 1;`,
      execution: ONE_QUERY,
    },
    { title: "DROP INDEX", before: [ORDERS], migration: "DROP INDEX CONCURRENTLY orders_at;" },
    { title: "REINDEX", before: [ORDERS], migration: "REINDEX INDEX CONCURRENTLY orders_at;" },
    {
      title: "REINDEX (CONCURRENTLY)",
      before: [ORDERS],
      migration: "REINDEX (CONCURRENTLY) TABLE orders;",
    },
    {
      title: "DETACH PARTITION",
      before: [ORDERS],
      migration: "ALTER TABLE events DETACH PARTITION old CONCURRENTLY;",
    },
    {
      title: "a DO block, also in autocommit",
      before: [ORDERS],
      migration: `DO $$ BEGIN ${INDEX} END $$;`,
      execution: AUTOCOMMIT,
      says: "a DO block",
    },
    {
      title: "a new table",
      migration: `CREATE TABLE t (id int); CREATE INDEX CONCURRENTLY i ON t (id);`,
    },
    {
      title: "a down script",
      before: [ORDERS],
      migration: "SELECT 1;",
      down: "DROP INDEX CONCURRENTLY orders_at;",
    },
  ],
  silent: [
    {
      title: "autocommit",
      before: [ORDERS],
      migration: `SET lock_timeout = '5s'; ${INDEX}`,
      execution: AUTOCOMMIT,
    },
    {
      title: "one statement in one query",
      before: [ORDERS],
      migration: INDEX,
      execution: ONE_QUERY,
    },
    {
      title: "after COMMIT",
      before: [ORDERS],
      migration: `BEGIN; SELECT 1; COMMIT; ${INDEX}`,
      execution: AUTOCOMMIT,
    },
    {
      title: "without CONCURRENTLY",
      before: [ORDERS],
      migration: "CREATE INDEX i ON orders (at);",
    },
    {
      title: "REFRESH MATERIALIZED VIEW CONCURRENTLY, which is allowed",
      before: ["CREATE MATERIALIZED VIEW m AS SELECT 1 AS id; CREATE UNIQUE INDEX u ON m (id);"],
      migration: "REFRESH MATERIALIZED VIEW CONCURRENTLY m;",
    },
    {
      title: "DETACH PARTITION FINALIZE",
      before: [ORDERS],
      migration: "ALTER TABLE events DETACH PARTITION old FINALIZE;",
    },
  ],
});
