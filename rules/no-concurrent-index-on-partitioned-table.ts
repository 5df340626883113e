import { displayName, type ObjectName } from "../src/core/name.ts";
import type { Operation } from "../src/core/operation.ts";
import type { RuleContext } from "../src/core/rule-context.ts";
import { defineRule } from "../src/core/rule.ts";

export default defineRule({
  id: "no-concurrent-index-on-partitioned-table",
  summary: "Index partitioned tables one partition at a time",
  severity: "error",
  confidence: "high",
  category: "blocking-lock",
  dialects: ["postgresql"],
  since: "0.1.0",
  hazards: ["concurrent-index-on-partitioned-table"],
  condition: "CREATE INDEX or DROP INDEX with CONCURRENTLY on a partitioned table.",
  effect:
    "The statement fails with SQLSTATE 0A000 in every version of PostgreSQL, also with ON ONLY.",
  instead:
    "Create the index ON ONLY the parent, build one on each partition with CONCURRENTLY, and attach those with ALTER INDEX … ATTACH PARTITION. Drop a partitioned index with a plain DROP INDEX and a lock_timeout.",
  references: [
    "https://www.postgresql.org/docs/current/sql-createindex.html#SQL-CREATEINDEX-CONCURRENTLY",
    "https://www.postgresql.org/docs/current/ddl-partitioning.html#DDL-PARTITIONING-DECLARATIVE-MAINTENANCE",
    "https://www.postgresql.org/docs/current/sql-dropindex.html",
  ],
  examples: [
    {
      title: "A concurrent index on a partitioned table",
      before: `CREATE TABLE events (id bigint, happened_at timestamptz NOT NULL)
  PARTITION BY RANGE (happened_at);
CREATE TABLE events_2026 PARTITION OF events
  FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');`,
      bad: "CREATE INDEX CONCURRENTLY events_happened_at ON events (happened_at);",
      good: `SET lock_timeout = '5s';
CREATE INDEX events_happened_at ON ONLY events (happened_at);
---
CREATE INDEX CONCURRENTLY events_2026_happened_at ON events_2026 (happened_at);
---
SET lock_timeout = '5s';
ALTER INDEX events_happened_at ATTACH PARTITION events_2026_happened_at;`,
      autocommit: { bad: true, good: true },
      fails: "0A000",
    },
  ],
  directions: ["up", "down"],
  checks: {
    "create-index"(operation, context) {
      if (!operation.concurrently) return;
      check(operation, operation.table, context, (table) => [
        `PostgreSQL builds no index concurrently on \`${table}\`, because it is partitioned: this fails with SQLSTATE 0A000.`,
        `Create the index ON ONLY \`${table}\`, build one on each partition with CONCURRENTLY, and attach those with ALTER INDEX … ATTACH PARTITION.`,
      ]);
    },
    "drop-index"(operation, context) {
      const table = context.index(operation.index)?.table;
      if (!operation.concurrently || table === undefined) return;
      check(operation, table, context, (name) => [
        `PostgreSQL drops no index concurrently from \`${name}\`, because it is partitioned: this fails with SQLSTATE 0A000.`,
        "Drop the index without CONCURRENTLY, after SET lock_timeout.",
      ]);
    },
  },
});

function check(
  operation: Operation,
  table: ObjectName,
  context: RuleContext,
  message: (table: string) => readonly string[],
): void {
  if (context.table(table)?.partitionBy === undefined) return;
  context.report(operation, message(displayName(table)).join(" "), { table });
}
