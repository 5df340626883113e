import { displayName, nameKey } from "../src/core/name.ts";
import type { Operation } from "../src/core/operation.ts";
import type { RuleContext } from "../src/core/rule-context.ts";
import { defineRule } from "../src/core/rule.ts";

export default defineRule({
  id: "no-wide-lock-window",
  summary: "Lock one table in use for each transaction",
  severity: "info",
  confidence: "medium",
  category: "hygiene",
  dialects: ["postgresql"],
  since: "0.1.0",
  hazards: ["wide-lock-window", "multiple-ddl-in-transaction", "cumulative-lock-budget"],
  condition:
    "A transaction takes ACCESS EXCLUSIVE locks on more tables in use than the option `tables` says.",
  effect:
    "Each lock is held until the transaction ends, so that the first table waits for the last one too. Code that uses the tables in another order deadlocks with the migration, and one of both is ended.",
  instead: "Move the change of each table to a migration of its own.",
  references: ["https://www.postgresql.org/docs/current/explicit-locking.html#LOCKING-DEADLOCKS"],
  examples: [
    {
      title: "A column on two tables",
      before: `CREATE TABLE orders (id bigint PRIMARY KEY);
CREATE TABLE users (id bigint PRIMARY KEY);`,
      bad: `ALTER TABLE orders ADD COLUMN note text;
ALTER TABLE users ADD COLUMN note text;`,
      good: `SET LOCAL lock_timeout = '5s';
ALTER TABLE orders ADD COLUMN note text;
---
SET LOCAL lock_timeout = '5s';
ALTER TABLE users ADD COLUMN note text;`,
    },
  ],
  optIn: true,
  options: {
    tables: { default: 1, description: "How many tables in use one transaction may lock." },
  },
  checks: {
    operation(operation, context) {
      const own = lockedTables(operation, context);
      if (own.length === 0) return;
      const before = new Map(
        context
          .earlierInTransaction()
          .flatMap((earlier) => lockedTables(earlier, context))
          .map((table) => [nameKey(table), table]),
      );
      const limit = Number(context.option("tables"));
      const all = new Set([...before.keys(), ...own.map(nameKey)]);
      const [first] = before.values();
      // Said once: at the statement that goes past the limit.
      if (before.size > limit || all.size <= limit || first === undefined) return;
      const [added] = own.filter((table) => !before.has(nameKey(table)));
      if (added === undefined) return;
      context.report(
        operation,
        `Reads and writes of \`${displayName(first)}\` wait until the lock on \`${displayName(added)}\` is had and the transaction ends; code that uses both in the other order deadlocks with it. Move this to a migration of its own.`,
        { table: added },
      );
    },
  },
});

function lockedTables(operation: Operation, context: RuleContext) {
  return context
    .locks(operation)
    .filter(({ mode, table }) => mode === "ACCESS EXCLUSIVE" && !context.isNewTable(table))
    .map(({ table }) => table);
}
