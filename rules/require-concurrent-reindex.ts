import { displayName, type ObjectName } from "../src/core/name.ts";
import type { Reindex } from "../src/core/operations/index-object.ts";
import type { RuleContext } from "../src/core/rule-context.ts";
import { defineRule } from "../src/core/rule.ts";
import { withConcurrently } from "../src/core/transaction-opt-out.ts";

export default defineRule({
  id: "require-concurrent-reindex",
  summary: "Rebuild indexes concurrently",
  severity: "error",
  confidence: "high",
  category: "blocking-lock",
  dialects: ["postgresql"],
  since: "0.1.0",
  hazards: ["reindex-non-concurrent"],
  condition: "REINDEX without CONCURRENTLY of an index, a table, a schema or a database.",
  effect:
    "The rebuild holds a SHARE lock on the table and an ACCESS EXCLUSIVE lock on each index in turn. Writes wait, and so does nearly every query, because the planner looks at all indexes of a table.",
  instead: "Rebuild with REINDEX … CONCURRENTLY, outside of a transaction.",
  references: [
    "https://www.postgresql.org/docs/current/sql-reindex.html#SQL-REINDEX-CONCURRENTLY",
    "https://www.postgresql.org/docs/current/explicit-locking.html#LOCKING-TABLES",
  ],
  examples: [
    {
      title: "A bloated index",
      before: `CREATE TABLE orders (id bigint PRIMARY KEY, note text);
CREATE INDEX orders_note ON orders (note);`,
      bad: "REINDEX INDEX orders_note;",
      good: "REINDEX INDEX CONCURRENTLY orders_note;",
      autocommit: { good: true },
    },
  ],
  directions: ["up", "down"],
  squawk: ["require-concurrent-reindex"],
  checks: {
    reindex(operation, context) {
      // System catalogs cannot be rebuilt concurrently.
      if (operation.concurrently || operation.scope === "system") return;
      const table = tableOf(operation, context);
      if (table !== undefined && isNew(table, context)) return;
      context.report(
        operation,
        `${lockOf(operation, table)}: writes wait, and so does nearly every query, because the planner looks at all indexes of a table. Rebuild ${withConcurrently(operation, context)}.`,
        table === undefined ? {} : { table },
      );
    },
  },
});

function tableOf({ scope, target }: Reindex, context: RuleContext): ObjectName | undefined {
  if (target === undefined) return undefined;
  if (scope === "table") return target;
  return scope === "index" ? context.index(target)?.table : undefined;
}

function isNew(table: ObjectName, context: RuleContext): boolean {
  return context.isNewTable(table) || context.view(table)?.isNew === true;
}

function lockOf({ scope, target }: Reindex, table: ObjectName | undefined): string {
  if (target === undefined || scope === "schema" || scope === "database") {
    return `REINDEX ${scope.toUpperCase()} takes a SHARE lock on one table after the other, and an ACCESS EXCLUSIVE lock on each of its indexes`;
  }
  const onTable = table === undefined ? "its table" : `\`${displayName(table)}\``;
  return scope === "table"
    ? `Rebuilding the indexes of ${onTable} takes a SHARE lock on it, and an ACCESS EXCLUSIVE lock on each index`
    : `Rebuilding \`${displayName(target)}\` takes a SHARE lock on ${onTable}, and an ACCESS EXCLUSIVE lock on the index`;
}
