import { displayName, nameKey, type ObjectName } from "../src/core/name.ts";
import type { Operation } from "../src/core/operation.ts";
import type { RuleContext } from "../src/core/rule-context.ts";
import { defineRule } from "../src/core/rule.ts";

export default defineRule({
  id: "no-attach-partition-scan",
  summary: "Prove that the rows of a partition fit before attaching it",
  severity: "warning",
  confidence: "medium",
  category: "blocking-lock",
  dialects: ["postgresql"],
  since: "0.1.0",
  hazards: ["attach-partition-scan", "attach-partition-default-scan"],
  condition:
    "ATTACH PARTITION of a table that is in use, without a validated CHECK on the columns of the partition key, each of them NOT NULL, or without the indexes that the partitioned table has. Also ATTACH PARTITION and CREATE TABLE … PARTITION OF where there is a default partition without a CHECK on the key.",
  effect:
    "Every row of the new partition, and of the default partition, is read under an ACCESS EXCLUSIVE lock to see whether it belongs there: reads and writes of it wait. An index that the partition lacks is built meanwhile.",
  instead:
    "Add a CHECK with the bounds of the partition to the table with NOT VALID, validate it in a later migration, then attach, and drop the CHECK. Give the default partition a CHECK that excludes those bounds in the same way.",
  references: [
    "https://www.postgresql.org/docs/current/sql-altertable.html#SQL-ALTERTABLE-ATTACH-PARTITION",
  ],
  examples: [
    {
      title: "A table that becomes a partition",
      before: `CREATE TABLE events (id bigint, happened_at date NOT NULL) PARTITION BY RANGE (happened_at);
CREATE TABLE events_2026 (id bigint, happened_at date NOT NULL);`,
      bad: `SET LOCAL lock_timeout = '5s';
ALTER TABLE events ATTACH PARTITION events_2026
  FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');`,
      good: `SET LOCAL lock_timeout = '5s';
ALTER TABLE events_2026 ADD CONSTRAINT events_2026_bounds
  CHECK (happened_at >= '2026-01-01' AND happened_at < '2027-01-01') NOT VALID;
---
ALTER TABLE events_2026 VALIDATE CONSTRAINT events_2026_bounds;
---
SET LOCAL lock_timeout = '5s';
ALTER TABLE events ATTACH PARTITION events_2026
  FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');`,
    },
  ],
  directions: ["up", "down"],
  checks: {
    "attach-partition"(operation, context) {
      const { table, partition } = operation;
      const scanned = scannedTables(operation, context);
      if (scanned.some((name) => nameKey(name) === nameKey(fullName(partition, context)))) {
        const name = displayName(partition);
        context.report(
          operation,
          `Attaching \`${name}\` reads each of its rows under an ACCESS EXCLUSIVE lock: every read and write of \`${name}\` waits. Add a CHECK with the bounds to it, validate that in an earlier migration, and give it every index of \`${displayName(table)}\` before.`,
          { table: partition },
        );
      }
      reportDefault(operation, table, scanned, context);
    },
    "create-table"(operation, context) {
      if (operation.partitionOf === undefined) return;
      const { parent } = operation.partitionOf;
      reportDefault(operation, parent, scannedTables(operation, context), context);
    },
  },
});

/** Tables with rows that the operation reads. */
function scannedTables(operation: Operation, context: RuleContext): readonly ObjectName[] {
  return context
    .locks(operation)
    .filter(({ scans, table }) => scans && !context.isEmptyTable(table))
    .map(({ table }) => table);
}

function reportDefault(
  operation: Operation,
  parent: ObjectName,
  scanned: readonly ObjectName[],
  context: RuleContext,
): void {
  const rest = context.partitionsOf(parent).find(({ isDefaultPartition }) => isDefaultPartition);
  if (rest === undefined || !scanned.some((name) => nameKey(name) === nameKey(rest.name))) return;
  const keys = context.table(parent)?.partitionBy?.columns ?? [];
  // Whether the CHECK excludes the bounds is not looked into: one that reads the key is believed.
  const excluded = rest.constraints.some(
    ({ definition, validated, columns }) =>
      definition.kind === "check" && validated && keys.every((key) => columns.includes(key)),
  );
  if (excluded) return;
  const name = displayName(rest.name);
  context.report(
    operation,
    `The default partition \`${name}\` is read under an ACCESS EXCLUSIVE lock, to see that none of its rows belongs to the new partition: every read and write of \`${name}\` waits. Give it a validated CHECK that excludes the new bounds before.`,
    { table: rest.name },
  );
}

function fullName(name: ObjectName, context: RuleContext): ObjectName {
  return context.table(name)?.name ?? name;
}
