import { displayName } from "../src/core/name.ts";
import type { RefreshMaterializedView } from "../src/core/operations/object.ts";
import type { RuleContext } from "../src/core/rule-context.ts";
import { defineRule } from "../src/core/rule.ts";

export default defineRule({
  id: "require-concurrent-refresh",
  summary: "Refresh materialized views concurrently, over a unique index",
  severity: "error",
  confidence: "high",
  category: "blocking-lock",
  dialects: ["postgresql"],
  since: "0.1.0",
  hazards: ["refresh-matview-non-concurrent", "refresh-matview-concurrent-exclusive"],
  condition:
    "REFRESH MATERIALIZED VIEW without CONCURRENTLY of a view that exists already; or with CONCURRENTLY where the view has no unique index over plain columns and all rows.",
  effect:
    "Without CONCURRENTLY the view is locked with ACCESS EXCLUSIVE while its query runs: every read of it waits. With CONCURRENTLY reads go on and a second refresh waits; without a unique index it fails with SQLSTATE 55000.",
  instead:
    "Create a unique index over plain columns of the view, then refresh with CONCURRENTLY, which also works within a transaction.",
  references: ["https://www.postgresql.org/docs/current/sql-refreshmaterializedview.html"],
  examples: [
    {
      title: "A view that people read",
      before: `CREATE TABLE sales (id bigint PRIMARY KEY, shop text, total numeric);
CREATE MATERIALIZED VIEW shop_totals AS SELECT shop, sum(total) AS total FROM sales GROUP BY shop;
CREATE UNIQUE INDEX shop_totals_shop ON shop_totals (shop);`,
      bad: "REFRESH MATERIALIZED VIEW shop_totals;",
      good: `SET LOCAL lock_timeout = '5s';
REFRESH MATERIALIZED VIEW CONCURRENTLY shop_totals;`,
    },
    {
      title: "A view without a unique index",
      before: `CREATE TABLE sales (id bigint PRIMARY KEY, shop text);
CREATE MATERIALIZED VIEW shops AS SELECT DISTINCT shop FROM sales;`,
      bad: `SET LOCAL lock_timeout = '5s';
REFRESH MATERIALIZED VIEW CONCURRENTLY shops;`,
      good: "CREATE UNIQUE INDEX CONCURRENTLY shops_shop ON shops (shop);",
      autocommit: { good: true },
      fails: "55000",
    },
  ],
  directions: ["up", "down"],
  checks: {
    "refresh-materialized-view"(operation, context) {
      const { view, concurrently, withData } = operation;
      const name = displayName(view);
      if (concurrently) {
        if (!lacksUniqueIndex(operation, context)) return;
        context.report(
          operation,
          `\`${name}\` has no unique index over plain columns and all rows: REFRESH with CONCURRENTLY fails with SQLSTATE 55000. Create one with CREATE UNIQUE INDEX CONCURRENTLY first.`,
          { table: view },
        );
        return;
      }
      if (!withData || context.view(view)?.isNew === true) return;
      const first = lacksUniqueIndex(operation, context)
        ? "Create a unique index on it, and r"
        : "R";
      context.report(
        operation,
        `Refreshing \`${name}\` holds an ACCESS EXCLUSIVE lock on it while its query runs: every read of the view waits. ${first}efresh it with CONCURRENTLY.`,
        { table: view },
      );
    },
  },
});

/** Of a view that the migrations made. */
function lacksUniqueIndex({ view }: RefreshMaterializedView, context: RuleContext): boolean {
  if (context.view(view) === undefined) return false;
  return !context
    .indexesOf(view)
    .some(({ unique, partial, columns }) => unique && !partial && !columns.includes(undefined));
}
