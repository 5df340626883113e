import { changesManyRows } from "../src/core/bulk-change.ts";
import { displayName, nameKey, type ObjectName } from "../src/core/name.ts";
import type { Operation } from "../src/core/operation.ts";
import type { RuleContext } from "../src/core/rule-context.ts";
import { defineRule } from "../src/core/rule.ts";

export default defineRule({
  id: "require-analyze",
  summary: "Gather statistics after an expression index or a change of many rows",
  severity: "info",
  confidence: "medium",
  category: "hygiene",
  dialects: ["postgresql"],
  since: "0.1.0",
  hazards: ["analyze-missing-after-backfill"],
  condition:
    "An index on an expression is built on a table in use, or an UPDATE changes many of its rows, and the migration does not ANALYZE the table afterwards.",
  effect:
    "Until autovacuum comes by, PostgreSQL knows nothing of the expression's values, or the old ones of the rows, and may choose plans that read the whole table.",
  instead: "Run ANALYZE of the table at the end.",
  references: [
    "https://www.postgresql.org/docs/current/sql-createindex.html#SQL-CREATEINDEX-NOTES",
    "https://www.postgresql.org/docs/current/routine-vacuuming.html#VACUUM-FOR-STATISTICS",
  ],
  examples: [
    {
      title: "Addresses without regard to case",
      before: "CREATE TABLE users (id bigint PRIMARY KEY, email text);",
      bad: "CREATE INDEX CONCURRENTLY users_email ON users (lower(email));",
      good: `CREATE INDEX CONCURRENTLY users_email ON users (lower(email));
ANALYZE users;`,
      autocommit: { bad: true, good: true },
    },
  ],
  optIn: true,
  checks: {
    "create-index"(operation, context) {
      const { table, keys } = operation;
      if (keys.every(({ expression }) => expression === undefined)) return;
      if (!context.isNewTable(table)) report(operation, table, context);
    },
    "update-rows"(operation, context) {
      const { table } = operation;
      if (changesManyRows(operation, context, 10_000) === "high") report(operation, table, context);
    },
  },
});

function report(operation: Operation, table: ObjectName, context: RuleContext): void {
  const rest = context.operations.slice(context.operations.indexOf(operation) + 1);
  const isAnalyzed = rest.some(
    (later) =>
      later.kind === "analyze" &&
      (later.tables.length === 0 || later.tables.some((one) => nameKey(one) === nameKey(table))),
  );
  if (isAnalyzed) return;
  context.report(
    operation,
    `Queries on \`${displayName(table)}\` are planned with statistics that know nothing of this until autovacuum comes by. Run ANALYZE of it at the end.`,
    { table },
  );
}
