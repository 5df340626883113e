import { displayIdentifier, displayName, type ObjectName } from "../src/core/name.ts";
import { everyPartitionHas } from "../src/core/partition-constraint.ts";
import type { RuleContext } from "../src/core/rule-context.ts";
import { proposeUsingIndex } from "../src/core/proposals/using-index.ts";
import { defineRule } from "../src/core/rule.ts";
import { isSharedInUnique } from "../src/core/shared-default.ts";
import type { Constraint } from "../src/core/schema-object.ts";

export default defineRule({
  id: "no-blocking-unique-constraint",
  summary: "Build the index of a UNIQUE constraint concurrently first",
  severity: "error",
  confidence: "high",
  category: "blocking-lock",
  dialects: ["postgresql"],
  since: "0.1.0",
  hazards: [
    "add-unique-constraint",
    "add-unique-existing-duplicates",
    "add-column-inline-unique-or-primary-key",
  ],
  condition:
    "ADD UNIQUE without USING INDEX on a table that exists already, or UNIQUE on a column that ADD COLUMN adds to one.",
  effect:
    "The constraint's index is built under an ACCESS EXCLUSIVE lock: every read and write of the table waits until it is done.",
  instead:
    "Build the index with CREATE UNIQUE INDEX CONCURRENTLY, then add the constraint in a later migration with UNIQUE USING INDEX, which builds nothing. A partitioned table can have neither: give each partition the constraint in this way first, and the partitioned table takes those over.",
  references: [
    "https://www.postgresql.org/docs/current/sql-altertable.html#SQL-ALTERTABLE-DESC-ADD-TABLE-CONSTRAINT-USING-INDEX",
    "https://www.postgresql.org/docs/current/sql-createindex.html#SQL-CREATEINDEX-CONCURRENTLY",
  ],
  examples: [
    {
      title: "Unique e-mail addresses",
      before: "CREATE TABLE users (id bigint PRIMARY KEY, email text);",
      bad: "ALTER TABLE users ADD CONSTRAINT users_email_key UNIQUE (email);",
      good: `CREATE UNIQUE INDEX CONCURRENTLY users_email_key ON users (email);
---
SET lock_timeout = '5s';
ALTER TABLE users ADD CONSTRAINT users_email_key UNIQUE USING INDEX users_email_key;`,
      autocommit: { good: true },
    },
    {
      title: "A new column that is unique",
      before: "CREATE TABLE users (id bigint PRIMARY KEY);",
      bad: "ALTER TABLE users ADD COLUMN handle text UNIQUE;",
      good: `SET lock_timeout = '5s';
ALTER TABLE users ADD COLUMN handle text;
---
CREATE UNIQUE INDEX CONCURRENTLY users_handle_key ON users (handle);
---
SET lock_timeout = '5s';
ALTER TABLE users ADD CONSTRAINT users_handle_key UNIQUE USING INDEX users_handle_key;`,
      autocommit: { good: true },
    },
  ],
  directions: ["up", "down"],
  squawk: ["disallowed-unique-constraint"],
  checks: {
    "add-constraint"(operation, context) {
      const { span, table, constraint } = operation;
      if (constraint.kind !== "unique" || constraint.usingIndex !== undefined) return;
      if (context.isNewTable(table)) return;
      const columns = constraint.columns.join();
      const fits = (one: Constraint): boolean =>
        one.definition.kind === "unique" && one.columns.join() === columns;
      if (everyPartitionHas(table, fits, context)) return;
      context.report(
        span,
        `This UNIQUE constraint builds its index under an ACCESS EXCLUSIVE lock on \`${displayName(table)}\`: every read and write waits until it is done. ${advice(table, context)}`,
        { table, fix: () => proposeUsingIndex(operation, constraint, context) },
      );
    },
    "add-column"(operation, context) {
      const { table, column } = operation;
      if (context.isOn("no-shared-default-in-unique") && isSharedInUnique(operation, context)) {
        return;
      }
      const unique = column.constraints.find(({ kind }) => kind === "unique");
      if (unique === undefined || context.isNewTable(table)) return;
      context.report(
        unique,
        `Adding \`${displayIdentifier(column.name)}\` with UNIQUE builds an index under an ACCESS EXCLUSIVE lock on \`${displayName(table)}\`: every read and write waits until it is done. Add the column alone first. ${advice(table, context)}`,
        { table },
      );
    },
  },
});

function advice(table: ObjectName, context: RuleContext): string {
  return context.table(table)?.partitionBy === undefined
    ? "Build the index with CREATE UNIQUE INDEX CONCURRENTLY, and add the constraint with UNIQUE USING INDEX in a later migration."
    : `Give each partition the constraint first, with an index built by CREATE UNIQUE INDEX CONCURRENTLY and UNIQUE USING INDEX: \`${displayName(table)}\` then takes those over.`;
}
