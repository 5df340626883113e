import { displayName } from "../src/core/name.ts";
import { defineRule } from "../src/core/rule.ts";

export default defineRule({
  id: "no-cached-plan-change",
  summary: "Add columns only where no prepared statement selects all of them",
  severity: "info",
  confidence: "low",
  category: "breaks-running-code",
  dialects: ["postgresql"],
  since: "0.1.0",
  hazards: ["add-column-breaks-cached-plans"],
  condition: "ADD COLUMN to a table in use.",
  effect:
    'A statement that running code has prepared, and that selects * of the table, fails with "cached plan must not change result type" (SQLSTATE 0A000), each time until its connection prepares it anew. Some drivers do that after the first error; within a transaction none can.',
  instead: "Name the columns in prepared statements, or make connections anew after the migration.",
  references: ["https://www.postgresql.org/docs/current/sql-prepare.html"],
  examples: [
    {
      title: "A new column",
      before: "CREATE TABLE orders (id bigint PRIMARY KEY);",
      bad: "ALTER TABLE orders ADD COLUMN note text;",
      good: `SET LOCAL lock_timeout = '5s';
-- migrate-verify-ignore no-cached-plan-change every query names its columns
ALTER TABLE orders ADD COLUMN note text;`,
    },
  ],
  optIn: true,
  once: true,
  squawk: ["ban-add-column"],
  checks: {
    "add-column"(operation, context) {
      const { table } = operation;
      if (context.isNewTable(table)) return;
      context.report(
        operation,
        `Statements that running code has prepared as SELECT * of \`${displayName(table)}\` fail from here on, until they are prepared anew: their result would change. Name the columns in them.`,
        { table },
      );
    },
  },
});
