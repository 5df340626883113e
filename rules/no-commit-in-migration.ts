import type { Operation } from "../src/core/operation.ts";
import type { RuleContext } from "../src/core/rule-context.ts";
import { defineRule } from "../src/core/rule.ts";
import { runnerName } from "../src/core/transaction-opt-out.ts";

export default defineRule({
  id: "no-commit-in-migration",
  summary: "Leave the runner's transaction to the runner",
  severity: "warning",
  confidence: "high",
  category: "transaction",
  dialects: ["postgresql"],
  since: "0.1.0",
  hazards: ["transaction-nesting"],
  condition:
    "COMMIT or ROLLBACK in a migration that the runner wraps in a transaction. PostgreSQL has no nested transactions: a BEGIN in there only warns, and its COMMIT ends the runner's.",
  effect:
    "COMMIT keeps what ran before it, whatever happens after: when a later statement or the runner's own record of the migration fails, half of it stays. ROLLBACK throws away everything so far, and the runner still records the migration as done.",
  instead: "Remove BEGIN and COMMIT, or have the runner open no transaction around this migration.",
  references: [
    "https://www.postgresql.org/docs/current/sql-begin.html",
    "https://www.postgresql.org/docs/current/sql-commit.html",
  ],
  examples: [
    {
      title: "A transaction within the runner's",
      before: "CREATE TABLE currencies (code text PRIMARY KEY, name text);",
      bad: `BEGIN;
UPDATE currencies SET name = 'Euro' WHERE code = 'EUR';
COMMIT;`,
      good: "UPDATE currencies SET name = 'Euro' WHERE code = 'EUR';",
    },
  ],
  directions: ["up", "down"],
  once: true,
  checks: {
    commit: check,
    rollback: check,
  },
});

function check(operation: Operation, context: RuleContext): void {
  if (operation.inside !== undefined || context.transactionKind() !== "runner") return;
  const runner = runnerName(context.framework);
  if (operation.kind === "rollback") {
    context.report(
      operation,
      `ROLLBACK ends the transaction that ${runner} opened: everything before it in this migration is undone, and ${runner} may still record it as done. Remove it.`,
      { severity: "error" },
    );
    return;
  }
  context.report(
    operation,
    `COMMIT ends the transaction that ${runner} opened: what runs after it, ${runner}'s record of the migration included, is no longer undone together with the rest when something fails. Remove BEGIN and COMMIT.`,
  );
}
