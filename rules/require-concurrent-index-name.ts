import { displayName } from "../src/core/name.ts";
import { defineRule } from "../src/core/rule.ts";

export default defineRule({
  id: "require-concurrent-index-name",
  summary: "Name every index that is built concurrently",
  severity: "warning",
  confidence: "high",
  category: "hygiene",
  dialects: ["postgresql"],
  since: "0.1.0",
  hazards: ["index-without-name"],
  condition: "CREATE INDEX CONCURRENTLY without a name.",
  effect:
    "A build that fails leaves an invalid index under a name that PostgreSQL chose. The next attempt chooses another name and builds a second index; every write keeps both up.",
  instead: "Name the index, so that a second attempt meets the first.",
  references: [
    "https://www.postgresql.org/docs/current/sql-createindex.html#SQL-CREATEINDEX-CONCURRENTLY",
  ],
  examples: [
    {
      title: "An index without a name",
      before: "CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint);",
      bad: "CREATE INDEX CONCURRENTLY ON orders (customer_id);",
      good: "CREATE INDEX CONCURRENTLY orders_customer_id ON orders (customer_id);",
      autocommit: { bad: true, good: true },
    },
  ],
  directions: ["up", "down"],
  checks: {
    "create-index"(operation, context) {
      if (!operation.concurrently || operation.name !== undefined) return;
      context.report(
        operation,
        `This index of \`${displayName(operation.table)}\` has no name: when the build fails and is run again, a second index is built beside the invalid first. Name it.`,
        { table: operation.table },
      );
    },
  },
});
