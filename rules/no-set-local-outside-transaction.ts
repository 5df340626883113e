import { defineRule } from "../src/core/rule.ts";

export default defineRule({
  id: "no-set-local-outside-transaction",
  summary: "Use SET LOCAL within a transaction only",
  severity: "warning",
  confidence: "high",
  category: "transaction",
  dialects: ["postgresql"],
  since: "0.1.0",
  hazards: ["set-local-outside-transaction"],
  condition: "SET LOCAL where no transaction is open: PostgreSQL warns and changes nothing.",
  effect:
    "The setting that the statements after it count on is not in effect. A lock_timeout that was meant to protect the readers of a table does not.",
  instead: "Write SET without LOCAL, or put BEGIN and COMMIT around the statements.",
  references: ["https://www.postgresql.org/docs/current/sql-set.html"],
  examples: [
    {
      title: "A timeout that is never set",
      before: "CREATE TABLE orders (id bigint PRIMARY KEY);",
      bad: `SET LOCAL lock_timeout = '5s';
ALTER TABLE orders ADD COLUMN note text;`,
      good: `SET lock_timeout = '5s';
ALTER TABLE orders ADD COLUMN note text;`,
      autocommit: { bad: true, good: true },
    },
  ],
  directions: ["up", "down"],
  checks: {
    "set-setting"(operation, context) {
      if (!operation.local || operation.inside !== undefined || context.inTransaction()) return;
      context.report(
        operation,
        `No transaction is open here: SET LOCAL ${operation.setting} warns and changes nothing. Write SET without LOCAL, or put BEGIN and COMMIT around the statements.`,
      );
    },
  },
});
