import type { Operation } from "../src/core/operation.ts";
import { proposeGuard } from "../src/core/proposals/guard.ts";
import { defineRule } from "../src/core/rule.ts";

export default defineRule({
  id: "prefer-if-not-exists",
  summary: "Let a migration without a transaction run a second time",
  severity: "info",
  confidence: "medium",
  category: "hygiene",
  dialects: ["postgresql"],
  since: "0.1.0",
  condition:
    "A statement outside of a transaction creates or drops an object without IF NOT EXISTS or IF EXISTS, and another statement follows it. Statements inside of a transaction are not reported, since a failure takes them back; nor are those with CONCURRENTLY, where IF NOT EXISTS passes over an invalid index.",
  effect:
    "When a later statement fails, this one stays done; the next run of the migration fails here, because the object is there already or no longer, and somebody has to repair the database by hand.",
  instead: "Add IF NOT EXISTS or IF EXISTS, or give every statement a migration of its own.",
  references: [
    "https://www.postgresql.org/docs/current/sql-createtable.html",
    "https://www.postgresql.org/docs/current/sql-createindex.html#SQL-CREATEINDEX-CONCURRENTLY",
  ],
  examples: [
    {
      title: "A column and an index",
      before: "CREATE TABLE orders (id bigint PRIMARY KEY);",
      bad: `SET lock_timeout = '5s';
ALTER TABLE orders ADD COLUMN note text;
CREATE INDEX CONCURRENTLY orders_note ON orders (note);`,
      good: `SET lock_timeout = '5s';
ALTER TABLE orders ADD COLUMN IF NOT EXISTS note text;
CREATE INDEX CONCURRENTLY orders_note ON orders (note);`,
      autocommit: { bad: true, good: true },
    },
  ],
  directions: ["up", "down"],
  optIn: true,
  squawk: ["prefer-robust-stmts"],
  hazards: ["prefer-if-not-exists", "prefer-if-exists"],
  checks: {
    operation(operation, context) {
      const guard = missingGuard(operation);
      if (guard === undefined || context.inTransaction()) return;
      const { operations } = context;
      const later = operations.slice(operations.indexOf(operation) + 1);
      if (!later.some(({ kind }) => kind !== "set-setting")) return;
      context.report(
        operation,
        `The next run fails here when a later statement of this one has failed: there is no transaction that takes it back. Add ${guard}.`,
        { fix: () => proposeGuard(operation, guard, context) },
      );
    },
  },
});

function missingGuard(operation: Operation): "IF NOT EXISTS" | "IF EXISTS" | undefined {
  if ("concurrently" in operation && operation.concurrently) return undefined;
  if ("orReplace" in operation && operation.orReplace) return undefined;
  if ("ifNotExists" in operation && !operation.ifNotExists) {
    // PostgreSQL has no CREATE VIEW IF NOT EXISTS, only of a materialized one.
    const isView = operation.kind === "create-view" && !operation.materialized;
    return isView ? undefined : "IF NOT EXISTS";
  }
  const drops = operation.kind.startsWith("drop-") && "ifExists" in operation;
  return drops && !operation.ifExists ? "IF EXISTS" : undefined;
}
