import { displayName } from "../src/core/name.ts";
import { defineRule } from "../src/core/rule.ts";
import { withConcurrently } from "../src/core/transaction-opt-out.ts";

const EFFECT =
  "writes wait, and so does nearly every query, because the planner looks at all indexes of a table";

export default defineRule({
  id: "require-concurrent-reindex",
  summary: "Rebuild indexes concurrently",
  severity: "error",
  confidence: "high",
  category: "blocking-lock",
  dialects: ["postgresql"],
  since: "0.1.0",
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
      const { scope, target } = operation;
      // System catalogs cannot be rebuilt concurrently.
      if (operation.concurrently || scope === "system") return;
      const how = `Rebuild ${withConcurrently(operation, context)}.`;
      if (target === undefined || scope === "schema" || scope === "database") {
        context.report(
          operation,
          `REINDEX ${scope.toUpperCase()} takes a SHARE lock on one table after the other and an ACCESS EXCLUSIVE lock on its indexes: ${EFFECT}. ${how}`,
        );
        return;
      }
      const table = scope === "table" ? target : context.index(target)?.table;
      if (table !== undefined && (context.isNewTable(table) || context.view(table)?.isNew)) return;
      const onTable = table === undefined ? "its table" : `\`${displayName(table)}\``;
      const onIndex = scope === "table" ? "each of its indexes" : "the index";
      context.report(
        operation,
        `Rebuilding \`${displayName(target)}\` takes a SHARE lock on ${onTable} and an ACCESS EXCLUSIVE lock on ${onIndex}: ${EFFECT}. ${how}`,
        table === undefined ? {} : { table },
      );
    },
  },
});
