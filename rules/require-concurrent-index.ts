import { displayIdentifier, displayName } from "../src/core/name.ts";
import type { CreateIndex } from "../src/core/operations/index-object.ts";
import type { RuleContext } from "../src/core/rule-context.ts";
import { proposeConcurrently } from "../src/core/proposals/concurrently.ts";
import { defineRule } from "../src/core/rule.ts";
import { withConcurrently } from "../src/core/transaction-opt-out.ts";

export default defineRule({
  id: "require-concurrent-index",
  summary: "Create indexes concurrently on tables that already exist",
  severity: "error",
  confidence: "high",
  category: "blocking-lock",
  dialects: ["postgresql"],
  since: "0.1.0",
  hazards: [
    "create-index-non-concurrent",
    "partitioned-index-without-only",
    "index-after-exclusive-lock-in-transaction",
    "down-takes-blocking-lock",
  ],
  condition:
    "CREATE INDEX without CONCURRENTLY on a table or materialized view that exists already.",
  effect:
    "The build holds a SHARE lock on the table until the transaction ends: SELECT goes on, and every INSERT, UPDATE and DELETE waits.",
  instead:
    "Build the index with CONCURRENTLY, in a migration that runs outside of a transaction. On a partitioned table, where CONCURRENTLY is refused, create the index ON ONLY the parent, build one on each partition with CONCURRENTLY, and attach those with ALTER INDEX … ATTACH PARTITION.",
  references: [
    "https://www.postgresql.org/docs/current/sql-createindex.html#SQL-CREATEINDEX-CONCURRENTLY",
    "https://www.postgresql.org/docs/current/ddl-partitioning.html#DDL-PARTITIONING-DECLARATIVE-MAINTENANCE",
  ],
  examples: [
    {
      title: "An index on a table in use",
      before: "CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint NOT NULL);",
      bad: "CREATE INDEX orders_customer_id ON orders (customer_id);",
      good: "CREATE INDEX CONCURRENTLY orders_customer_id ON orders (customer_id);",
      autocommit: { good: true },
    },
    {
      title: "An index on a partitioned table",
      before: `CREATE TABLE events (id bigint, happened_at timestamptz NOT NULL)
  PARTITION BY RANGE (happened_at);
CREATE TABLE events_2026 PARTITION OF events
  FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');`,
      bad: "CREATE INDEX events_happened_at ON events (happened_at);",
      good: `SET lock_timeout = '5s';
CREATE INDEX events_happened_at ON ONLY events (happened_at);
---
CREATE INDEX CONCURRENTLY events_2026_happened_at ON events_2026 (happened_at);
---
SET lock_timeout = '5s';
ALTER INDEX events_happened_at ATTACH PARTITION events_2026_happened_at;`,
      autocommit: { good: true },
    },
  ],
  directions: ["up", "down"],
  squawk: ["require-concurrent-index-creation"],
  checks: {
    "create-index"(operation, context) {
      if (operation.concurrently) return;
      if (context.isNewTable(operation.table) || context.view(operation.table)?.isNew) return;
      if (operation.ifNotExists && indexExists(operation, context)) return;

      const table = displayName(operation.table);
      const building =
        operation.name === undefined
          ? "Building this index"
          : `Building \`${displayIdentifier(operation.name)}\``;
      if (context.table(operation.table)?.partitionBy === undefined) {
        context.report(
          operation,
          `${building} takes a SHARE lock on \`${table}\`: every INSERT, UPDATE and DELETE waits until the index is done. Build it ${withConcurrently(operation, context)}.`,
          { table: operation.table, fix: () => proposeConcurrently(operation, context) },
        );
      } else if (!operation.only) {
        context.report(
          operation,
          `${building} takes a SHARE lock on \`${table}\` and all of its partitions: every INSERT, UPDATE and DELETE waits until all of them are indexed. Create it ON ONLY \`${table}\`, build one on each partition with CONCURRENTLY, and attach those with ALTER INDEX … ATTACH PARTITION.`,
          { table: operation.table },
        );
      }
    },
  },
});

/** An index is in the schema of its table. */
function indexExists({ table, name }: CreateIndex, context: RuleContext): boolean {
  if (name === undefined) return false;
  const schema = context.table(table)?.name.schema;
  return context.index({ ...(schema === undefined ? {} : { schema }), name }) !== undefined;
}
