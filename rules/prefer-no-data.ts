import { displayName, type ObjectName } from "../src/core/name.ts";
import type { ReadRows } from "../src/core/operations/rows.ts";
import type { Operation } from "../src/core/operation.ts";
import type { RuleContext } from "../src/core/rule-context.ts";
import { defineRule } from "../src/core/rule.ts";

export default defineRule({
  id: "prefer-no-data",
  summary: "Create what a query fills WITH NO DATA, and fill it afterwards",
  severity: "info",
  confidence: "medium",
  category: "design",
  dialects: ["postgresql"],
  since: "0.1.0",
  hazards: ["create-matview-with-data", "create-table-as-select"],
  condition:
    "CREATE MATERIALIZED VIEW, CREATE TABLE AS or SELECT INTO runs a query over a table in use.",
  effect:
    "The query runs inside the migration, which takes as long as it: vacuum cannot remove what dies meanwhile, locks that the transaction holds stay, and a failure at the end undoes all of it. A table made so has no key, no default and no NOT NULL.",
  instead:
    "Say WITH NO DATA, then REFRESH MATERIALIZED VIEW, or INSERT in batches, outside of the migration.",
  references: [
    "https://www.postgresql.org/docs/current/sql-creatematerializedview.html",
    "https://www.postgresql.org/docs/current/sql-createtableas.html",
  ],
  examples: [
    {
      title: "Totals for each customer",
      before: "CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, total numeric);",
      bad: "CREATE MATERIALIZED VIEW totals AS SELECT customer_id, sum(total) AS total FROM orders GROUP BY customer_id;",
      good: "CREATE MATERIALIZED VIEW totals AS SELECT customer_id, sum(total) AS total FROM orders GROUP BY customer_id WITH NO DATA;",
    },
  ],
  optIn: true,
  checks: {
    "create-view": (operation, context) => {
      const { materialized, withData, view, query } = operation;
      if (materialized && withData) report(operation, { made: view, query }, context);
    },
    "create-table-as": (operation, context) => {
      const { withData, table, query, persistence } = operation;
      if (withData && persistence !== "temporary")
        report(operation, { made: table, query }, context);
    },
  },
});

function report(
  operation: Operation,
  { made, query }: { readonly made: ObjectName; readonly query: ReadRows },
  context: RuleContext,
): void {
  const read = query.tables.find(
    (table) => !context.isNewTable(table) && context.view(table)?.isNew !== true,
  );
  if (read === undefined) return;
  context.report(
    operation,
    `The migration takes as long as the query over \`${displayName(read)}\` that fills \`${displayName(made)}\`, and holds its locks meanwhile. Create it WITH NO DATA and fill it afterwards.`,
    { table: read },
  );
}
