import type { Operation } from "../src/core/operation.ts";
import { defineRule } from "../src/core/rule.ts";

export default defineRule({
  id: "no-half-applied-migration",
  summary: "Write one change for each migration that runs without a transaction",
  severity: "info",
  confidence: "high",
  category: "hygiene",
  dialects: ["postgresql"],
  since: "0.1.0",
  hazards: ["mixed-transactional-modes"],
  condition:
    "A migration that runs without a transaction holds a statement after one that cannot be run a second time (without IF EXISTS or IF NOT EXISTS). Said once for each migration.",
  effect:
    "When the later statement fails, the first one has taken effect: the migration can neither go on nor be run again until somebody repairs it by hand.",
  instead:
    "Move what needs no transaction of its own to another migration, or guard the first statement.",
  references: [
    "https://www.postgresql.org/docs/current/sql-createindex.html#SQL-CREATEINDEX-CONCURRENTLY",
  ],
  examples: [
    {
      title: "A column before an index",
      before: "CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint);",
      bad: `SET lock_timeout = '5s';
ALTER TABLE orders ADD COLUMN note text;
CREATE INDEX CONCURRENTLY orders_customer_id ON orders (customer_id);`,
      good: "CREATE INDEX CONCURRENTLY orders_customer_id ON orders (customer_id);",
      autocommit: { bad: true, good: true },
    },
  ],
  optIn: true,
  once: true,
  checks: {
    operation(operation, context) {
      if (context.inTransaction() || !changes(operation)) return;
      const before = context.operations.slice(0, context.operations.indexOf(operation));
      const same = new Set(context.earlierInTransaction());
      const first = before.find((one) => changes(one) && !same.has(one) && !isRepeatable(one));
      if (first === undefined) return;
      context.report(
        operation,
        "When this fails, the statements before it have taken effect, and the first of them cannot be run again: somebody repairs the database by hand. Move this to a migration of its own.",
      );
    },
  },
});

const NO_CHANGE = new Set<Operation["kind"]>([
  "set-setting",
  "select-rows",
  "session-statement",
  "analyze",
  "vacuum",
  "comment",
  "begin",
  "commit",
]);

function changes(operation: Operation): boolean {
  return !NO_CHANGE.has(operation.kind) && operation.inside === undefined;
}

function isRepeatable(operation: Operation): boolean {
  return (
    ("ifNotExists" in operation && operation.ifNotExists) ||
    ("ifExists" in operation && operation.ifExists) ||
    ("orReplace" in operation && operation.orReplace) ||
    ["validate-constraint", "set-not-null", "drop-not-null", "reindex"].includes(operation.kind)
  );
}
