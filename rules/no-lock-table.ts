import { blocks, LOCK_MODES } from "../src/core/lock.ts";
import { displayName, nameKey, type ObjectName } from "../src/core/name.ts";
import type { RuleContext } from "../src/core/rule-context.ts";
import { defineRule } from "../src/core/rule.ts";

export default defineRule({
  id: "no-lock-table",
  summary: "Leave locking to the statements that need it",
  severity: "warning",
  confidence: "high",
  category: "blocking-lock",
  dialects: ["postgresql"],
  since: "0.1.0",
  hazards: ["lock-table-explicit"],
  condition:
    "LOCK TABLE of a table that exists already, in a mode that keeps others from writing, where no later statement of the transaction takes such a lock itself. The modes up to SHARE UPDATE EXCLUSIVE block neither reads nor writes.",
  effect:
    "Every write of the table waits until the transaction ends, and with ACCESS EXCLUSIVE, which is what LOCK TABLE takes when it names no mode, every read as well. Two transactions that lock tables in different orders end in a deadlock. Outside of a transaction the statement fails with SQLSTATE 25P01.",
  instead:
    "Leave LOCK TABLE out, and keep what needs a stable table to rows that are locked with SELECT … FOR UPDATE, batch by batch.",
  references: [
    "https://www.postgresql.org/docs/current/sql-lock.html",
    "https://www.postgresql.org/docs/current/explicit-locking.html#LOCKING-TABLES",
  ],
  examples: [
    {
      title: "A table that is locked to be corrected",
      before: "CREATE TABLE plans (id bigint PRIMARY KEY, price numeric);",
      bad: `SET LOCAL lock_timeout = '5s';
LOCK TABLE plans;
UPDATE plans SET price = 9 WHERE id = 3;`,
      good: "UPDATE plans SET price = 9 WHERE id = 3;",
    },
  ],
  directions: ["up", "down"],
  checks: {
    "lock-table"(operation, context) {
      const { table } = operation;
      const name = displayName(table);
      if (!context.inTransaction() && operation.inside === undefined) {
        context.report(
          operation,
          `No transaction is open here: LOCK TABLE \`${name}\` fails with SQLSTATE 25P01. Put BEGIN and COMMIT around what needs the lock, or leave it out.`,
          { table, severity: "error" },
        );
        return;
      }
      if (context.isNewTable(table)) return;
      const mode = LOCK_MODES.find((one) => one === operation.mode.toUpperCase());
      const blocked = blocks(mode ?? "ACCESS EXCLUSIVE");
      if (!blocked.endsWith("writes") || isLockedLater(table, context)) return;
      context.report(
        operation,
        `LOCK TABLE keeps ${blocked === "writes" ? "every write" : "every read and write"} of \`${name}\` waiting until this transaction ends. Leave it out, or lock only the rows that the next statement changes.`,
        { table },
      );
    },
  },
});

/** A later statement of the transaction locks the table as strongly: this one only comes first, to keep the tables' order. */
function isLockedLater(name: ObjectName, context: RuleContext): boolean {
  return context
    .laterInTransaction()
    .some(
      (later) =>
        later.kind !== "lock-table" &&
        context
          .locks(later)
          .some(
            ({ table, mode }) => mode === "ACCESS EXCLUSIVE" && nameKey(table) === nameKey(name),
          ),
    );
}
