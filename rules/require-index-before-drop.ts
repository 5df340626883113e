import { displayIdentifier, displayName, nameKey } from "../src/core/name.ts";
import type { CreateIndex } from "../src/core/operations/index-object.ts";
import type { Operation } from "../src/core/operation.ts";
import type { RuleContext } from "../src/core/rule-context.ts";
import { defineRule } from "../src/core/rule.ts";
import type { Index } from "../src/core/schema-object.ts";

export default defineRule({
  id: "require-index-before-drop",
  summary: "Build the new index before the old one is dropped",
  severity: "warning",
  confidence: "high",
  category: "ordering",
  dialects: ["postgresql"],
  since: "0.1.0",
  hazards: ["replace-index-order"],
  condition:
    "An index of a table in use is dropped, and only a later transaction builds one that begins with the same column. Where another index that is there begins with it, nothing is said.",
  effect:
    "From the drop until the build has ended, which may be hours, every query that used the index reads the whole table.",
  instead:
    "Build the new index first, concurrently, and drop the old one when it is there; rename the new one where the name matters.",
  references: [
    "https://www.postgresql.org/docs/current/sql-createindex.html#SQL-CREATEINDEX-CONCURRENTLY",
    "https://www.postgresql.org/docs/current/sql-alterindex.html",
  ],
  examples: [
    {
      title: "An index with one column more",
      before: `CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, created_at timestamptz);
CREATE INDEX orders_customer ON orders (customer_id);`,
      bad: `DROP INDEX CONCURRENTLY orders_customer;
CREATE INDEX CONCURRENTLY orders_customer_date ON orders (customer_id, created_at);`,
      good: `CREATE INDEX CONCURRENTLY orders_customer_date ON orders (customer_id, created_at);
DROP INDEX CONCURRENTLY orders_customer;`,
      autocommit: { bad: true, good: true },
    },
  ],
  checks: {
    "drop-index"(operation, context) {
      const index = context.index(operation.index);
      if (index === undefined || !index.valid || context.isNewTable(index.table)) return;
      const [leading] = index.columns;
      if (leading === undefined || isServed(index, leading, context)) return;
      const rest = context.operations.slice(context.operations.indexOf(operation) + 1);
      const built = [...rest, ...context.laterMigrations("create-index")].find((other) =>
        takesPlace(other, index, leading),
      );
      if (built === undefined || context.laterInTransaction().includes(built)) return;
      const table = `\`${displayName(index.table)}\``;
      context.report(
        operation,
        `Queries that find rows of ${table} by \`${displayIdentifier(leading)}\` read the whole table until the later index is built. Build it first, then drop \`${displayName(index.name)}\`.`,
        { table: index.table },
      );
    },
  },
});

/** Another index that is there begins with the column. */
function isServed({ name, table }: Index, leading: string, context: RuleContext): boolean {
  return context
    .indexesOf(table)
    .some(
      (other) =>
        nameKey(other.name) !== nameKey(name) &&
        other.valid &&
        !other.partial &&
        other.columns[0] === leading,
    );
}

function takesPlace(
  operation: Operation,
  { table }: Index,
  leading: string,
): operation is CreateIndex {
  return (
    operation.kind === "create-index" &&
    nameKey(operation.table) === nameKey(table) &&
    operation.keys[0]?.column === leading
  );
}
