import { displayIdentifier } from "../src/core/name.ts";
import { defineRule } from "../src/core/rule.ts";

export default defineRule({
  id: "no-concurrent-index-if-not-exists",
  summary: "Drop a half-built index before building it again concurrently",
  severity: "warning",
  confidence: "medium",
  category: "hygiene",
  dialects: ["postgresql"],
  since: "0.1.0",
  hazards: ["concurrent-index-invalid-leftover"],
  condition:
    "CREATE INDEX CONCURRENTLY with IF NOT EXISTS, and no DROP INDEX of that name before it in the same migration.",
  effect:
    "A concurrent build that fails, by a duplicate or a timeout, leaves an index that is invalid: no query uses it, and every write keeps it up. When the migration runs again, IF NOT EXISTS finds that name, skips the build, and succeeds.",
  instead:
    "Run DROP INDEX CONCURRENTLY IF EXISTS before, each in a transaction of its own, and leave IF NOT EXISTS out.",
  references: [
    "https://www.postgresql.org/docs/current/sql-createindex.html#SQL-CREATEINDEX-CONCURRENTLY",
  ],
  examples: [
    {
      title: "A build that can be run twice",
      before: "CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint);",
      bad: "CREATE INDEX CONCURRENTLY IF NOT EXISTS orders_customer_id ON orders (customer_id);",
      good: `DROP INDEX CONCURRENTLY IF EXISTS orders_customer_id;
CREATE INDEX CONCURRENTLY orders_customer_id ON orders (customer_id);`,
      autocommit: { bad: true, good: true },
    },
  ],
  directions: ["up", "down"],
  optIn: true,
  checks: {
    "create-index"(operation, context) {
      const { name, concurrently, ifNotExists } = operation;
      if (!concurrently || !ifNotExists || name === undefined) return;
      const before = context.operations.slice(0, context.operations.indexOf(operation));
      if (before.some((one) => one.kind === "drop-index" && one.index.name === name)) return;
      context.report(
        operation,
        `When a first build of \`${displayIdentifier(name)}\` fails, it leaves an invalid index of that name, and IF NOT EXISTS takes that for the index: no query will use it. Run DROP INDEX CONCURRENTLY IF EXISTS ${displayIdentifier(name)} before, and leave IF NOT EXISTS out.`,
        { table: operation.table },
      );
    },
  },
});
