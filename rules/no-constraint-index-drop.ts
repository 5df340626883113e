import { displayIdentifier, displayName } from "../src/core/name.ts";
import { defineRule } from "../src/core/rule.ts";
import { adviceName, sqlIdentifier } from "../src/core/sql-name.ts";

export default defineRule({
  id: "no-constraint-index-drop",
  summary: "Drop the constraint, not the index that it rests on",
  severity: "error",
  confidence: "high",
  category: "data-dependent-failure",
  dialects: ["postgresql"],
  since: "0.1.0",
  hazards: ["drop-index-owned-by-constraint"],
  condition:
    "DROP INDEX of an index that belongs to a PRIMARY KEY, UNIQUE or EXCLUDE constraint, with or without CONCURRENTLY.",
  effect: "The statement fails with SQLSTATE 2BP01, also with CASCADE.",
  instead: "Drop the constraint with ALTER TABLE … DROP CONSTRAINT: its index goes with it.",
  references: [
    "https://www.postgresql.org/docs/current/sql-dropindex.html",
    "https://www.postgresql.org/docs/current/sql-altertable.html#SQL-ALTERTABLE-DESC-DROP-CONSTRAINT",
  ],
  examples: [
    {
      title: "The index of a unique constraint",
      before: "CREATE TABLE users (id bigint PRIMARY KEY, email text UNIQUE);",
      bad: `SET LOCAL lock_timeout = '5s';
DROP INDEX users_email_key;`,
      good: `SET LOCAL lock_timeout = '5s';
-- migrate-verify-ignore no-drop-conflict-target no release inserts users by their address
ALTER TABLE users DROP CONSTRAINT users_email_key;`,
      fails: "2BP01",
    },
  ],
  directions: ["up", "down"],
  checks: {
    "drop-index"(operation, context) {
      const index = context.index(operation.index);
      if (index?.constraint === undefined) return;
      const constraint = displayIdentifier(index.constraint);
      const table = displayName(index.table);
      context.report(
        operation,
        `\`${displayName(operation.index)}\` belongs to the constraint \`${constraint}\` of \`${table}\`: DROP INDEX fails with SQLSTATE 2BP01. Write ALTER TABLE ${adviceName(index.table)} DROP CONSTRAINT ${sqlIdentifier(index.constraint)}.`,
        { table: index.table },
      );
    },
  },
});
