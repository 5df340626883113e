import { displayIdentifier, displayName, nameKey } from "../src/core/name.ts";
import type { Operation } from "../src/core/operation.ts";
import { defineRule } from "../src/core/rule.ts";

export default defineRule({
  id: "no-discarded-work",
  summary: "Leave out what the same pull request drops again",
  severity: "warning",
  confidence: "high",
  category: "hygiene",
  dialects: ["postgresql"],
  since: "0.1.0",
  hazards: ["work-built-then-discarded"],
  condition:
    "An index is built on a table in use, or a column is added to it, and a later migration of the same pull request drops it again; an index also where the same migration does.",
  effect:
    "Production builds the index, or takes the lock for the column, twice for nothing: first the one, then the other.",
  instead: "Remove both statements while nobody has run them.",
  references: [
    "https://www.postgresql.org/docs/current/sql-createindex.html",
    "https://www.postgresql.org/docs/current/sql-altertable.html",
  ],
  examples: [
    {
      title: "An index that a second thought replaced",
      before: "CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, total numeric);",
      bad: `CREATE INDEX CONCURRENTLY orders_customer ON orders (customer_id);
CREATE INDEX CONCURRENTLY orders_customer_total ON orders (customer_id, total);
DROP INDEX CONCURRENTLY orders_customer;`,
      good: "CREATE INDEX CONCURRENTLY orders_customer_total ON orders (customer_id, total);",
      autocommit: { bad: true, good: true },
    },
  ],
  checks: {
    "create-index"(operation, context) {
      const { name, table } = operation;
      if (name === undefined || context.isNewTable(table) || operation.ifNotExists) return;
      const rest = context.operations.slice(context.operations.indexOf(operation) + 1);
      const later = [...rest, ...context.laterMigrations("drop-index")];
      if (!later.some((other) => dropsIndex(other, name))) return;
      context.report(
        operation,
        `The index \`${displayIdentifier(name)}\` on \`${displayName(table)}\` is built for nothing: a later statement of the same pull request drops it. Remove both.`,
        { table },
      );
    },
    "add-column"(operation, context) {
      const { table, column } = operation;
      if (context.isNewTable(table) || context.column(table, column.name) !== undefined) return;
      const dropped = context
        .laterMigrations("drop-column")
        .some((later) => later.column === column.name && nameKey(later.table) === nameKey(table));
      if (!dropped) return;
      context.report(
        operation,
        `Every query on \`${displayName(table)}\` waits twice for nothing: a later migration of the same pull request drops \`${displayIdentifier(column.name)}\` again. Remove both.`,
        { table },
      );
    },
  },
});

function dropsIndex(operation: Operation, name: string): boolean {
  return operation.kind === "drop-index" && operation.index.name === name;
}
