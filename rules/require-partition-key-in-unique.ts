import { displayIdentifier, displayName, type ObjectName } from "../src/core/name.ts";
import type { Operation } from "../src/core/operation.ts";
import type { ConstraintDefinition } from "../src/core/operations/constraint.ts";
import type { PartitionKey } from "../src/core/operations/table.ts";
import type { RuleContext } from "../src/core/rule-context.ts";
import { defineRule } from "../src/core/rule.ts";

export default defineRule({
  id: "require-partition-key-in-unique",
  summary: "Include the partition key in every unique key of a partitioned table",
  severity: "error",
  confidence: "high",
  category: "data-dependent-failure",
  dialects: ["postgresql"],
  since: "0.1.0",
  hazards: ["partition-key-missing-in-unique"],
  condition:
    "A PRIMARY KEY, UNIQUE or unique index on a partitioned table that leaves out a column of the partition key, or where the partition key is an expression.",
  effect:
    "The statement fails with SQLSTATE 0A000: each partition has an index of its own, and none of them sees the rows of the others.",
  instead:
    "Add the columns of the partition key to the unique key. What has to be unique over all partitions without them, keep unique in a table that is not partitioned.",
  references: [
    "https://www.postgresql.org/docs/current/ddl-partitioning.html#DDL-PARTITIONING-DECLARATIVE-LIMITATIONS",
  ],
  examples: [
    {
      title: "A primary key without the partition key",
      before: "CREATE TABLE sensors (id bigint PRIMARY KEY);",
      bad: `CREATE TABLE readings (id bigint PRIMARY KEY, taken_at timestamptz NOT NULL)
  PARTITION BY RANGE (taken_at);`,
      good: `CREATE TABLE readings (id bigint, taken_at timestamptz NOT NULL, PRIMARY KEY (id, taken_at))
  PARTITION BY RANGE (taken_at);`,
      fails: "0A000",
    },
  ],
  directions: ["up", "down"],
  checks: {
    "create-table"(operation, context) {
      const { table, partitionBy } = operation;
      if (partitionBy === undefined || context.table(table) !== undefined) return;
      const inColumns = operation.columns.flatMap(({ constraints }) => constraints);
      for (const constraint of [...inColumns, ...operation.constraints]) {
        check(constraint, constraint, table, partitionBy, context);
      }
    },
    "add-constraint"(operation, context) {
      const { table, constraint } = operation;
      check(operation, constraint, table, context.table(table)?.partitionBy, context);
    },
    "create-index"(operation, context) {
      if (!operation.unique) return;
      const columns = operation.keys.flatMap(({ column }) => column ?? []);
      report(
        operation,
        columns,
        operation.table,
        context.table(operation.table)?.partitionBy,
        context,
      );
    },
  },
});

function check(
  at: Pick<Operation, "span">,
  constraint: ConstraintDefinition,
  table: ObjectName,
  key: PartitionKey | undefined,
  context: RuleContext,
): void {
  if (constraint.kind !== "primary-key" && constraint.kind !== "unique") return;
  if (constraint.usingIndex === undefined) report(at, constraint.columns, table, key, context);
}

function report(
  at: Pick<Operation, "span">,
  columns: readonly string[],
  table: ObjectName,
  key: PartitionKey | undefined,
  context: RuleContext,
): void {
  const missing = (key?.columns ?? []).filter((column) => !columns.includes(column));
  if (missing.length === 0) return;
  const names = missing
    .filter((column) => column !== "")
    .map((name) => `\`${displayIdentifier(name)}\``);
  const what =
    names.length === 0
      ? "is partitioned by an expression, and can have no unique key"
      : `is partitioned by ${names.join(" and ")}, which this unique key leaves out`;
  const advice =
    names.length === 0
      ? "Partition it by columns, or leave the key out."
      : `Add ${names.join(" and ")} to the key.`;
  context.report(
    at,
    `\`${displayName(table)}\` ${what}: this fails with SQLSTATE 0A000. ${advice}`,
    {
      table,
    },
  );
}
