import type { Operation } from "../src/core/operation.ts";
import type { RuleContext } from "../src/core/rule-context.ts";
import { defineRule } from "../src/core/rule.ts";
import { runnerName } from "../src/core/transaction-opt-out.ts";

export default defineRule({
  id: "require-commit",
  summary: "Commit the transaction that a migration begins",
  severity: "error",
  confidence: "high",
  category: "transaction",
  dialects: ["postgresql"],
  since: "0.1.0",
  hazards: ["uncommitted-transaction"],
  condition:
    "A BEGIN without a COMMIT after it, in a migration that the runner does not wrap in a transaction.",
  effect:
    "When the session ends, PostgreSQL rolls back what the migration did, and the runner may have recorded it as done. Until then every lock is held.",
  instead: "End the script with COMMIT.",
  references: ["https://www.postgresql.org/docs/current/sql-begin.html"],
  examples: [
    {
      title: "A transaction that is left open",
      before: "CREATE TABLE orders (id bigint PRIMARY KEY);",
      bad: `BEGIN;
SET LOCAL lock_timeout = '5s';
ALTER TABLE orders ADD COLUMN note text;`,
      good: `BEGIN;
SET LOCAL lock_timeout = '5s';
ALTER TABLE orders ADD COLUMN note text;
COMMIT;`,
      autocommit: { bad: true, good: true },
    },
  ],
  directions: ["up", "down"],
  checks: {
    migration(context) {
      if (isWrapped(context)) return;
      let begin: Operation | undefined;
      for (const operation of context.operations) {
        if (operation.inside !== undefined) continue;
        if (operation.kind === "begin") begin ??= operation;
        if (/^(commit|rollback|prepare-transaction)$/.test(operation.kind)) begin = undefined;
      }
      if (begin === undefined) return;
      context.report(
        begin,
        `No COMMIT follows this BEGIN: when the session of ${runnerName(context.framework)} ends, PostgreSQL rolls back everything after it. End the script with COMMIT.`,
      );
    },
  },
});

function isWrapped({ direction, migration }: RuleContext): boolean {
  const script = direction === "up" ? migration.up : migration.down;
  return typeof script !== "string" && script.execution.transaction;
}
