import { displayName } from "../src/core/name.ts";
import { defineRule } from "../src/core/rule.ts";

export default defineRule({
  id: "require-insert-columns",
  summary: "Name the columns that an INSERT fills",
  severity: "info",
  confidence: "high",
  category: "hygiene",
  dialects: ["postgresql"],
  since: "0.1.0",
  hazards: ["insert-without-column-list"],
  once: true,
  condition:
    "INSERT without a list of columns into a table that the same migration does not create.",
  effect:
    "The values go to the columns in the order in which the table has them. Where a database has another order, or a column more, they land in the wrong columns, or the statement fails.",
  instead: "List the columns.",
  references: ["https://www.postgresql.org/docs/current/sql-insert.html"],
  examples: [
    {
      title: "Values without columns",
      before: "CREATE TABLE currencies (code text PRIMARY KEY, name text);",
      bad: "INSERT INTO currencies VALUES ('EUR', 'Euro');",
      good: "INSERT INTO currencies (code, name) VALUES ('EUR', 'Euro');",
    },
  ],
  checks: {
    "insert-rows"(operation, context) {
      const { table, columns } = operation;
      if (columns.length > 0 || context.isNewTable(table)) return;
      // One column leaves nothing to mix up.
      if (context.table(table)?.columns.length === 1) return;
      if (/\bdefault\s+values\b/i.test(context.textOf(operation))) return;
      context.report(
        operation,
        `The values go to the columns of \`${displayName(table)}\` in the order that the table has where this runs, and another database may have another. List the columns.`,
        { table },
      );
    },
  },
});
