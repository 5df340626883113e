import { displayName } from "../src/core/name.ts";
import { defineRule } from "../src/core/rule.ts";

export default defineRule({
  id: "no-select-star",
  summary: "Name the columns that a view shows",
  severity: "info",
  confidence: "high",
  category: "design",
  dialects: ["postgresql"],
  since: "0.1.0",
  hazards: ["select-star"],
  condition: "CREATE VIEW or CREATE TABLE AS with a star in its query.",
  effect:
    "PostgreSQL writes the star out when the view is made: columns that come later are missing in it, and each of those that were there refuses to be dropped. Who reads the migration cannot tell which they are.",
  instead: "Name the columns.",
  references: ["https://www.postgresql.org/docs/current/sql-createview.html"],
  examples: [
    {
      title: "Orders that are open",
      before: "CREATE TABLE orders (id bigint PRIMARY KEY, state text);",
      bad: "CREATE VIEW open_orders AS SELECT * FROM orders WHERE state = 'open';",
      good: "CREATE VIEW open_orders AS SELECT id, state FROM orders WHERE state = 'open';",
    },
  ],
  optIn: true,
  checks: {
    "create-view"(operation, context) {
      if (operation.query.columns?.includes("*") !== true) return;
      context.report(
        operation,
        `Columns that its tables get later are missing in \`${displayName(operation.view)}\`, and none that they have now can be dropped. Name the columns.`,
      );
    },
    "create-table-as"(operation, context) {
      if (operation.query.columns?.includes("*") !== true) return;
      context.report(
        operation,
        `What columns \`${displayName(operation.table)}\` has depends on what its sources had at the time. Name the columns.`,
      );
    },
  },
});
