import { displayName } from "../src/core/name.ts";
import { defineRule } from "../src/core/rule.ts";

export default defineRule({
  id: "no-delete-without-filter",
  summary: "Say in a WHERE which rows a DELETE removes",
  severity: "error",
  confidence: "high",
  category: "data-loss",
  dialects: ["postgresql"],
  since: "0.1.0",
  hazards: ["delete-without-where", "tautological-where"],
  condition:
    "DELETE without a WHERE, or with one that is always true, on a table that was there before the migrations under review.",
  effect:
    "Every row is lost, and no down script brings one back. All of them are deleted in one transaction, which holds a lock on each until it ends.",
  instead: "Name the rows in a WHERE. Run what is meant to empty a table by hand, after a backup.",
  references: ["https://www.postgresql.org/docs/current/sql-delete.html"],
  examples: [
    {
      title: "A DELETE without a WHERE",
      before: "CREATE TABLE sessions (id bigint PRIMARY KEY, user_id bigint NOT NULL);",
      bad: "DELETE FROM sessions;",
      good: "DELETE FROM sessions WHERE id IN (17, 42);",
    },
    {
      title: "A WHERE that is always true",
      before: "CREATE TABLE sessions (id bigint PRIMARY KEY, user_id bigint NOT NULL);",
      bad: "DELETE FROM sessions WHERE 1 = 1;",
      good: "DELETE FROM sessions WHERE id = 17;",
    },
  ],
  checks: {
    "delete-rows"(operation, context) {
      const { table, filter } = operation;
      if (filter === "some" || context.isNewTable(table)) return;
      const why =
        filter === "none" ? "this DELETE has no WHERE" : "the WHERE of this DELETE is always true";
      context.report(
        operation,
        `Every row of \`${displayName(table)}\` is lost: ${why}. Name the rows that are to go.`,
        { table },
      );
    },
  },
});
