import { displayIdentifier, displayName } from "../src/core/name.ts";
import { defineRule } from "../src/core/rule.ts";

export default defineRule({
  id: "no-drop-not-null",
  summary: "Keep NOT NULL where running code relies on it",
  severity: "warning",
  confidence: "medium",
  category: "breaks-running-code",
  dialects: ["postgresql"],
  since: "0.1.0",
  hazards: ["drop-not-null"],
  condition: "DROP NOT NULL of a column that was there before the migrations under review.",
  effect:
    "Once new code has written a NULL, running code that expects none fails when it reads that row; and a down script cannot set NOT NULL again while there is one.",
  instead: "Release code that reads NULL without failing first. Write NULL in a later release.",
  references: [
    "https://www.postgresql.org/docs/current/sql-altertable.html#SQL-ALTERTABLE-DESC-SET-DROP-NOT-NULL",
  ],
  examples: [
    {
      title: "A column that becomes optional",
      before: "CREATE TABLE users (id bigint PRIMARY KEY, email text NOT NULL);",
      bad: "ALTER TABLE users ALTER COLUMN email DROP NOT NULL;",
      good: `SET LOCAL lock_timeout = '5s';
-- migrate-verify-ignore no-drop-not-null code since release 41 reads NULL as "no address"
ALTER TABLE users ALTER COLUMN email DROP NOT NULL;`,
    },
  ],
  optIn: true,
  squawk: ["ban-drop-not-null"],
  checks: {
    "drop-not-null"(operation, context) {
      const { table } = operation;
      const column = context.column(table, operation.column);
      if (context.isNewTable(table) || column?.isNew === true || column?.notNull === false) return;
      context.report(
        operation,
        `Running code that expects no NULL in \`${displayIdentifier(operation.column)}\` of \`${displayName(table)}\` fails on the first one that it reads. Release code that reads NULL first.`,
        { table },
      );
    },
  },
});
