import { copiesValues } from "../src/core/copied-values.ts";
import { displayName } from "../src/core/name.ts";
import { defineRule } from "../src/core/rule.ts";

export default defineRule({
  id: "no-drop-table",
  summary: "Keep tables that hold rows",
  severity: "error",
  confidence: "high",
  category: "data-loss",
  dialects: ["postgresql"],
  since: "0.1.0",
  hazards: ["drop-table", "app-code-still-references-object"],
  condition: "DROP TABLE of a table that was there before the migrations under review.",
  effect:
    "Every row is lost: a down script can bring back the table, not what was in it. Running code that still names the table fails at once.",
  instead:
    "Release code that no longer uses the table, take a backup, and drop it in a later migration with a comment that says so.",
  references: ["https://www.postgresql.org/docs/current/sql-droptable.html"],
  examples: [
    {
      title: "A table that is no longer used",
      before: "CREATE TABLE coupons (id bigint PRIMARY KEY, code text NOT NULL);",
      bad: "DROP TABLE coupons;",
      good: `SET LOCAL lock_timeout = '5s';
-- migrate-verify-ignore no-drop-table no code since release 41 reads it, and its rows are in the archive
DROP TABLE coupons;`,
    },
  ],
  squawk: ["ban-drop-table"],
  checks: {
    "drop-table"(operation, context) {
      const { table, ifExists, foreign } = operation;
      if (context.isNewTable(table)) return;

      const name = displayName(table);
      if (foreign) {
        context.report(
          operation,
          `Running code that still reads the foreign table \`${name}\` fails at once. Release code that no longer uses it, then drop it in a later migration.`,
          { table, severity: "warning", removes: { table } },
        );
        return;
      }
      if (ifExists && context.table(table) === undefined) {
        context.report(
          operation,
          `No earlier migration makes \`${name}\`: where it exists all the same, every row of it is lost. Remove the statement if it is there for repeated runs only.`,
          { table, severity: "warning", confidence: "medium", removes: { table } },
        );
        return;
      }
      const before = context.operations.slice(0, context.operations.indexOf(operation));
      const lost = before.some((earlier) => copiesValues(earlier, table))
        ? `Whatever this migration did not copy from \`${name}\` before is lost`
        : `Every row of \`${name}\` is lost`;
      context.report(
        operation,
        `${lost}, and running code that still names the table fails at once. Release code that no longer uses it, take a backup, then drop it in a later migration.`,
        { table, removes: { table } },
      );
    },
  },
});
