import { changesManyRows, exclusiveLockBefore, type RowChange } from "../src/core/bulk-change.ts";
import { displayName } from "../src/core/name.ts";
import type { Operation, OperationOf } from "../src/core/operation.ts";
import type { RuleContext } from "../src/core/rule-context.ts";
import { proposeBatches } from "../src/core/proposals/batches.ts";
import { defineRule } from "../src/core/rule.ts";

export default defineRule({
  id: "no-backfill-with-schema-change",
  summary: "Change rows in a migration of its own, not under the lock of a schema change",
  severity: "error",
  confidence: "high",
  category: "transaction",
  dialects: ["postgresql"],
  since: "0.1.0",
  hazards: [
    "ddl-and-backfill-same-transaction",
    "schema-and-data-mixed",
    "statement-after-access-exclusive",
    "bulk-insert-select",
    "unbatched-backfill",
    "unbatched-delete",
    "update-without-where",
    "tautological-where",
  ],
  condition:
    "UPDATE, DELETE, MERGE or INSERT … SELECT of many rows in a transaction in which an earlier statement took an ACCESS EXCLUSIVE lock on a table that was there before.",
  effect:
    "The lock is held until the transaction ends. So every read and write of the table waits as long as the rows are changed, although the schema change itself takes a millisecond.",
  instead: "Move the change of rows to a later migration, in batches.",
  references: [
    "https://www.postgresql.org/docs/current/explicit-locking.html#LOCKING-TABLES",
    "https://www.postgresql.org/docs/current/sql-altertable.html",
  ],
  examples: [
    {
      title: "A new column, and rows copied under its lock",
      before: `CREATE TABLE orders (id bigint PRIMARY KEY, address text);
CREATE TABLE addresses (order_id bigint PRIMARY KEY, address text);`,
      bad: `SET LOCAL lock_timeout = '5s';
ALTER TABLE orders ADD COLUMN moved_at timestamptz;
INSERT INTO addresses (order_id, address)
  SELECT id, address FROM orders ON CONFLICT DO NOTHING;`,
      good: `SET LOCAL lock_timeout = '5s';
ALTER TABLE orders ADD COLUMN moved_at timestamptz;
---
INSERT INTO addresses (order_id, address)
  SELECT id, address FROM orders ON CONFLICT DO NOTHING;`,
    },
  ],
  options: {
    rows: {
      default: 10_000,
      description: "Tables that the statistics know to hold fewer rows are left alone.",
    },
  },
  checks: {
    "update-rows": check,
    "delete-rows": check,
    "merge-rows": check,
    "insert-rows": check,
  },
});

type Change = RowChange | OperationOf<"insert-rows">;

const VERBS = {
  "update-rows": "UPDATE of",
  "delete-rows": "DELETE of",
  "merge-rows": "MERGE into",
  "insert-rows": "INSERT … SELECT into",
};

function check(change: Change, context: RuleContext): void {
  if (!isBulk(change, context)) return;
  const lock = exclusiveLockBefore(context);
  if (lock === undefined) return;
  // Once for each transaction: what follows moves with the first.
  const earlier = context.earlierInTransaction();
  const since = earlier.slice(earlier.indexOf(lock.operation));
  if (since.some((operation) => isBulk(operation, context))) return;

  const line = context.line(lock.operation);
  context.report(
    change,
    `Every read and write of \`${displayName(lock.table)}\` waits while this ${VERBS[change.kind]} \`${displayName(change.table)}\` runs: the statement on line ${line} took an ACCESS EXCLUSIVE lock that is held until the transaction ends. Move what changes rows to a later migration, in batches.`,
    {
      table: lock.table,
      fix: () => (change.kind === "insert-rows" ? undefined : proposeBatches(change, context)),
    },
  );
}

function isBulk(operation: Operation, context: RuleContext): boolean {
  const rows = Number(context.option("rows"));
  switch (operation.kind) {
    case "insert-rows":
      return (operation.query?.tables ?? []).some(
        (table) => !context.isNewTable(table) && (context.rows(table) ?? Infinity) >= rows,
      );
    case "update-rows":
    case "delete-rows":
    case "merge-rows": {
      const confidence = changesManyRows(operation, context, rows);
      // A literal compared with a column that is no key finds few rows more often than many.
      return confidence !== undefined && confidence !== "low";
    }
    default:
      return false;
  }
}
