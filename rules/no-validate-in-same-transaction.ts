import { blocks, isStronger, type LockMode } from "../src/core/lock.ts";
import { displayIdentifier, displayName, nameKey, type ObjectName } from "../src/core/name.ts";
import type { RuleContext } from "../src/core/rule-context.ts";
import { defineRule } from "../src/core/rule.ts";

export default defineRule({
  id: "no-validate-in-same-transaction",
  summary: "Validate a constraint in a transaction of its own",
  severity: "error",
  confidence: "high",
  category: "blocking-lock",
  dialects: ["postgresql"],
  since: "0.1.0",
  hazards: ["not-valid-and-validate-same-transaction"],
  condition:
    "VALIDATE CONSTRAINT in a transaction in which an earlier statement, such as the ADD CONSTRAINT … NOT VALID, took a lock on the table that blocks reads or writes.",
  effect:
    "Locks are held until the transaction ends. So every row is read under the strong lock of the earlier statement, and NOT VALID has gained nothing.",
  instead: "Move VALIDATE CONSTRAINT to a migration of its own, or to a separate transaction.",
  references: [
    "https://www.postgresql.org/docs/current/sql-altertable.html#SQL-ALTERTABLE-NOTES",
    "https://www.postgresql.org/docs/current/explicit-locking.html#LOCKING-TABLES",
  ],
  examples: [
    {
      title: "NOT VALID and VALIDATE in one migration",
      before: "CREATE TABLE orders (id bigint PRIMARY KEY, total numeric);",
      bad: `SET LOCAL lock_timeout = '5s';
ALTER TABLE orders ADD CONSTRAINT orders_total_positive CHECK (total >= 0) NOT VALID;
ALTER TABLE orders VALIDATE CONSTRAINT orders_total_positive;`,
      good: `SET LOCAL lock_timeout = '5s';
ALTER TABLE orders ADD CONSTRAINT orders_total_positive CHECK (total >= 0) NOT VALID;
---
ALTER TABLE orders VALIDATE CONSTRAINT orders_total_positive;`,
    },
  ],
  directions: ["up", "down"],
  squawk: ["constraint-missing-not-valid"],
  checks: {
    "validate-constraint"(operation, context) {
      const { table } = operation;
      if (context.isNewTable(table)) return;
      const held = strongestLock(table, context);
      if (held === undefined || !/writes/.test(blocks(held))) return;
      const waits = blocks(held) === "writes" ? "every write" : "every read and write";
      context.report(
        operation,
        `Validating \`${displayIdentifier(operation.constraint)}\` reads every row of \`${displayName(table)}\` while this transaction still holds the ${held} lock of an earlier statement: ${waits} waits. Validate it in a migration of its own.`,
        { table },
      );
    },
  },
});

/** The strongest lock that the transaction already holds on a table. */
function strongestLock(table: ObjectName, context: RuleContext): LockMode | undefined {
  let strongest: LockMode | undefined;
  for (const earlier of context.earlierInTransaction()) {
    for (const claim of context.locks(earlier)) {
      if (nameKey(claim.table) !== nameKey(table)) continue;
      if (strongest === undefined || isStronger(claim.mode, strongest)) strongest = claim.mode;
    }
  }
  return strongest;
}
