import { changesManyRows, type RowChange } from "../src/core/bulk-change.ts";
import { displayName, type ObjectName } from "../src/core/name.ts";
import type { Operation } from "../src/core/operation.ts";
import type { RuleContext } from "../src/core/rule-context.ts";
import { LineTable } from "../src/core/span.ts";
import { defineRule } from "../src/core/rule.ts";

export default defineRule({
  id: "no-backfill-with-schema-change",
  summary: "Change rows in a migration of its own, not under the lock of a schema change",
  severity: "error",
  confidence: "high",
  category: "transaction",
  dialects: ["postgresql"],
  since: "0.1.0",
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
INSERT INTO addresses SELECT id, address FROM orders ON CONFLICT DO NOTHING;`,
      good: `SET LOCAL lock_timeout = '5s';
ALTER TABLE orders ADD COLUMN moved_at timestamptz;
---
INSERT INTO addresses SELECT id, address FROM orders ON CONFLICT DO NOTHING;`,
    },
  ],
  options: {
    rows: {
      default: 10_000,
      description: "Tables that the statistics know to hold fewer rows are left alone.",
    },
  },
  checks: {
    "update-rows": (operation, context) => checkChange(operation, "UPDATE", context),
    "delete-rows": (operation, context) => checkChange(operation, "DELETE", context),
    "merge-rows": (operation, context) => checkChange(operation, "MERGE", context),
    "insert-rows": (operation, context) => {
      const large = operation.query?.tables.some((table) => isLarge(table, context)) ?? false;
      if (large) report(operation, operation.table, "INSERT … SELECT into", context);
    },
  },
});

function checkChange(operation: RowChange, verb: string, context: RuleContext): void {
  const confidence = changesManyRows(operation, context, Number(context.option("rows")));
  // A literal compared with a column that is no key finds few rows more often than many.
  if (confidence === undefined || confidence === "low") return;
  report(operation, operation.table, `${verb} of`, context);
}

function isLarge(table: ObjectName, context: RuleContext): boolean {
  return (
    !context.isNewTable(table) &&
    (context.rows(table) ?? Infinity) >= Number(context.option("rows"))
  );
}

function report(operation: Operation, table: ObjectName, what: string, context: RuleContext): void {
  for (const earlier of context.earlierInTransaction()) {
    const claim = context
      .locks(earlier)
      .find((lock) => lock.mode === "ACCESS EXCLUSIVE" && !context.isNewTable(lock.table));
    if (claim === undefined) continue;
    const { line } = new LineTable(context.migration.up.text).place(earlier.span);
    context.report(
      operation,
      `Every read and write of \`${displayName(claim.table)}\` waits while this ${what} \`${displayName(table)}\` runs: the statement on line ${line} took an ACCESS EXCLUSIVE lock that is held until the transaction ends. Move this statement to a later migration.`,
      { table: claim.table },
    );
    return;
  }
}
