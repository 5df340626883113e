import { displayName, nameKey } from "../src/core/name.ts";
import type { Operation } from "../src/core/operation.ts";
import { defineRule } from "../src/core/rule.ts";

export default defineRule({
  id: "require-comment",
  summary: "Say in a comment what a table holds",
  severity: "info",
  confidence: "high",
  category: "design",
  dialects: ["postgresql"],
  since: "0.1.0",
  condition:
    "A table is created, and no migration of the pull request has COMMENT ON TABLE for it. Temporary tables and partitions are not reported.",
  effect:
    "Whoever looks into the database (support, analysts, the next team) guesses what a row stands for.",
  instead: "Add COMMENT ON TABLE … IS '…'.",
  references: ["https://www.postgresql.org/docs/current/sql-comment.html"],
  examples: [
    {
      title: "A new table",
      before: "CREATE TABLE users (id bigint PRIMARY KEY);",
      bad: "CREATE TABLE grants (id bigint PRIMARY KEY);",
      good: `CREATE TABLE grants (id bigint PRIMARY KEY);
COMMENT ON TABLE grants IS 'Money that a foundation gave, one row for each payment';`,
    },
  ],
  optIn: true,
  hazards: ["require-comment"],
  checks: {
    "create-table"(operation, context) {
      const { table, persistence, partitionOf } = operation;
      if (persistence === "temporary" || partitionOf !== undefined) return;
      const later = [...context.operations, ...context.laterMigrations("comment")];
      if (later.some(tells)) return;
      context.report(
        operation,
        `Whoever finds \`${displayName(table)}\` in the database guesses what a row stands for. Add COMMENT ON TABLE.`,
        { table },
      );

      function tells(other: Operation): boolean {
        if (other.kind !== "comment" || other.object !== "table") return false;
        return other.name !== undefined && nameKey(other.name) === nameKey(table);
      }
    },
  },
});
