import { displayName, nameKey, type ObjectName } from "../src/core/name.ts";
import type { RuleContext } from "../src/core/rule-context.ts";
import { defineRule } from "../src/core/rule.ts";

export default defineRule({
  id: "no-drop-view",
  summary: "Keep views that running code reads",
  severity: "warning",
  confidence: "high",
  category: "breaks-running-code",
  dialects: ["postgresql"],
  since: "0.1.0",
  hazards: ["drop-view-or-matview", "app-code-still-references-object"],
  condition:
    "A view that was there before the migrations under review is dropped, and the same transaction does not make it again.",
  effect: "Running code that still reads the view fails at once, reports and dashboards too.",
  instead:
    "Release code that no longer reads the view, then drop it in a later migration. To change its columns, drop it and make it again in one transaction.",
  references: ["https://www.postgresql.org/docs/current/sql-dropview.html"],
  examples: [
    {
      title: "A view whose columns change",
      before: `CREATE TABLE orders (id bigint PRIMARY KEY, total numeric NOT NULL);
CREATE VIEW large_orders AS SELECT id FROM orders WHERE total > 1000;`,
      bad: "DROP VIEW large_orders;",
      good: `DROP VIEW large_orders;
CREATE VIEW large_orders AS SELECT total, id FROM orders WHERE total > 1000;`,
    },
  ],
  checks: {
    "drop-view"(operation, context) {
      const { view, materialized } = operation;
      const known = context.view(view);
      if (known?.isNew === true || (known === undefined && operation.ifExists)) return;
      if (isMadeAgain(view, context)) return;
      const what = materialized ? "materialized view" : "view";
      context.report(
        operation,
        `Running code that still reads the ${what} \`${displayName(view)}\` fails at once. Release code that no longer does, then drop it in a later migration.`,
        { table: view, removes: { table: view } },
      );
    },
  },
});

function isMadeAgain(view: ObjectName, context: RuleContext): boolean {
  return context.laterInTransaction().some((later) => {
    if (later.kind === "create-view") return nameKey(later.view) === nameKey(view);
    if (later.kind !== "create-table" && later.kind !== "create-table-as") return false;
    return nameKey(later.table) === nameKey(view);
  });
}
