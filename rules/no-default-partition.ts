import { displayName, type ObjectName } from "../src/core/name.ts";
import type { Operation } from "../src/core/operation.ts";
import type { RuleContext } from "../src/core/rule-context.ts";
import { defineRule } from "../src/core/rule.ts";

export default defineRule({
  id: "no-default-partition",
  summary: "Create partitions in time instead of a default one",
  severity: "info",
  confidence: "medium",
  category: "design",
  dialects: ["postgresql"],
  since: "0.1.0",
  hazards: ["default-partition-created"],
  condition: "A default partition is created or attached.",
  effect:
    "Rows that no partition expects pile up in it unseen. Every partition that is added later locks it with ACCESS EXCLUSIVE and reads it whole, unless a CHECK excludes the new rows, and no partition can be detached concurrently.",
  instead: "Create partitions ahead of time, and let a row that fits none fail where it is made.",
  references: [
    "https://www.postgresql.org/docs/current/ddl-partitioning.html#DDL-PARTITIONING-DECLARATIVE-MAINTENANCE",
    "https://www.postgresql.org/docs/current/sql-altertable.html#SQL-ALTERTABLE-DETACH-PARTITION",
  ],
  examples: [
    {
      title: "Events by day",
      before: "CREATE TABLE events (day date NOT NULL, note text) PARTITION BY RANGE (day);",
      bad: "CREATE TABLE events_other PARTITION OF events DEFAULT;",
      good: `SET LOCAL lock_timeout = '5s';
CREATE TABLE events_2026 PARTITION OF events FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');`,
    },
  ],
  optIn: true,
  checks: {
    "create-table"(operation, context) {
      const { partitionOf } = operation;
      if (partitionOf?.isDefault === true) report(operation, partitionOf.parent, context);
    },
    "attach-partition"(operation, context) {
      if (operation.isDefault) report(operation, operation.table, context);
    },
  },
});

function report(operation: Operation, parent: ObjectName, context: RuleContext): void {
  context.report(
    operation,
    `Rows of \`${displayName(parent)}\` that no partition expects pile up here, and each partition that is added later reads them all under an ACCESS EXCLUSIVE lock. Create partitions in time instead.`,
    { table: parent },
  );
}
