import { displayName, nameKey, type ObjectName } from "../src/core/name.ts";
import { proposeConcurrently } from "../src/core/proposals/concurrently.ts";
import type { RuleContext } from "../src/core/rule-context.ts";
import { defineRule } from "../src/core/rule.ts";
import { withConcurrently } from "../src/core/transaction-opt-out.ts";

export default defineRule({
  id: "require-concurrent-index-drop",
  summary: "Drop indexes concurrently from tables that are in use",
  severity: "warning",
  confidence: "high",
  category: "blocking-lock",
  dialects: ["postgresql"],
  since: "0.1.0",
  hazards: ["drop-index-non-concurrent"],
  condition:
    "DROP INDEX without CONCURRENTLY on an index of a table that exists already. Not where another statement of the same transaction takes the same lock on the table, as most forms of ALTER TABLE do.",
  effect:
    "The drop takes an ACCESS EXCLUSIVE lock on the table. It is short, but it waits for every query that is under way, and every read and write that comes later waits behind it.",
  instead:
    "Drop the index with CONCURRENTLY, in a migration that runs outside of a transaction. It waits for the queries under way without making others wait.",
  references: [
    "https://www.postgresql.org/docs/current/sql-dropindex.html",
    "https://www.postgresql.org/docs/current/explicit-locking.html#LOCKING-TABLES",
  ],
  examples: [
    {
      title: "An index that is no longer used",
      before: `CREATE TABLE orders (id bigint PRIMARY KEY, note text);
CREATE INDEX orders_note ON orders (note);`,
      bad: "DROP INDEX orders_note;",
      good: "DROP INDEX CONCURRENTLY orders_note;",
      autocommit: { good: true },
    },
  ],
  directions: ["up", "down"],
  squawk: ["require-concurrent-index-deletion"],
  checks: {
    "drop-index"(operation, context) {
      if (operation.concurrently) return;

      const name = displayName(operation.index);
      const index = context.index(operation.index);
      if (index === undefined) {
        // What the history does not have, IF EXISTS does not find.
        if (operation.ifExists) return;
        context.report(
          operation,
          `Dropping \`${name}\` takes an ACCESS EXCLUSIVE lock on its table: it waits for every query under way, and every later read and write waits behind it. Drop it ${withConcurrently(operation, context)}.`,
          { confidence: "medium" },
        );
        return;
      }
      const { table } = index;
      // The server refuses to drop a constraint's index, and CONCURRENTLY on a partitioned one.
      if (index.constraint !== undefined || context.table(table)?.partitionBy !== undefined) return;
      if (context.isNewTable(table) || context.view(table)?.isNew) return;
      const tableGoesToo = context.operations.some(
        (other) => other.kind === "drop-table" && nameKey(other.table) === nameKey(table),
      );
      if (tableGoesToo || isLockedAnyway(table, context)) return;
      context.report(
        operation,
        `Dropping \`${name}\` takes an ACCESS EXCLUSIVE lock on \`${displayName(table)}\`: it waits for every query under way, and every later read and write waits behind it. Drop it ${withConcurrently(operation, context)}.`,
        { table, fix: () => proposeConcurrently(operation, context) },
      );
    },
  },
});

/** Whether something else in the transaction takes the lock that CONCURRENTLY would spare the table. */
function isLockedAnyway(table: ObjectName, context: RuleContext): boolean {
  const around = [...context.earlierInTransaction(), ...context.laterInTransaction()];
  return around.some(
    (other) =>
      other.kind !== "drop-index" &&
      context
        .locks(other)
        .some(
          (claim) => claim.mode === "ACCESS EXCLUSIVE" && nameKey(claim.table) === nameKey(table),
        ),
  );
}
