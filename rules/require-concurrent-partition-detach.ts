import { displayName } from "../src/core/name.ts";
import { defineRule } from "../src/core/rule.ts";
import { withConcurrently } from "../src/core/transaction-opt-out.ts";

export default defineRule({
  id: "require-concurrent-partition-detach",
  summary: "Detach partitions concurrently",
  severity: "warning",
  confidence: "high",
  category: "blocking-lock",
  dialects: ["postgresql"],
  since: "0.1.0",
  hazards: ["detach-partition-non-concurrent"],
  condition:
    "DETACH PARTITION without CONCURRENTLY, where the partitioned table exists already and has no default partition (with one, PostgreSQL refuses CONCURRENTLY).",
  effect:
    "The statement takes an ACCESS EXCLUSIVE lock on the partitioned table and on the partition. It is short, but it waits for every query under way on any partition, and all later reads and writes wait behind it.",
  instead: "Detach with CONCURRENTLY (PostgreSQL 14 and later), outside of a transaction.",
  references: [
    "https://www.postgresql.org/docs/current/sql-altertable.html#SQL-ALTERTABLE-DETACH-PARTITION",
  ],
  examples: [
    {
      title: "An old partition",
      before: `CREATE TABLE events (id bigint, happened_at timestamptz NOT NULL)
  PARTITION BY RANGE (happened_at);
CREATE TABLE events_2025 PARTITION OF events
  FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');`,
      bad: "ALTER TABLE events DETACH PARTITION events_2025;",
      good: "ALTER TABLE events DETACH PARTITION events_2025 CONCURRENTLY;",
      autocommit: { good: true },
    },
  ],
  directions: ["up", "down"],
  squawk: ["require-concurrent-partition-detach"],
  checks: {
    "detach-partition"(operation, context) {
      if (operation.concurrently || operation.finalize || !context.atLeast(14)) return;
      if (context.isNewTable(operation.table)) return;
      if (context.partitionsOf(operation.table).some((one) => one.isDefaultPartition)) return;
      context.report(
        operation,
        `Detaching \`${displayName(operation.partition)}\` takes an ACCESS EXCLUSIVE lock on \`${displayName(operation.table)}\`: it waits for every query under way, and every later read and write of any partition waits behind it. Detach it ${withConcurrently(operation, context)}.`,
        { table: operation.table },
      );
    },
  },
});
