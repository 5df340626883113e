import { displayIdentifier, displayName, type ObjectName } from "../src/core/name.ts";
import type { RuleContext } from "../src/core/rule-context.ts";
import { proposeProvenNotNull } from "../src/core/proposals/proven-not-null.ts";
import { defineRule } from "../src/core/rule.ts";
import { sqlIdentifier } from "../src/core/sql-name.ts";

export default defineRule({
  id: "no-set-not-null-scan",
  summary: "Prove that a column holds no NULL before SET NOT NULL",
  severity: "error",
  confidence: "high",
  category: "blocking-lock",
  dialects: ["postgresql"],
  since: "0.1.0",
  hazards: ["set-not-null-scan", "set-not-null-existing-nulls"],
  condition:
    "SET NOT NULL on a column of a table that exists already, when no validated CHECK proves that the column holds no NULL. Also ADD CONSTRAINT … NOT NULL without NOT VALID (PostgreSQL 18).",
  effect:
    "PostgreSQL reads the table while it holds an ACCESS EXCLUSIVE lock: every read and write waits, and the statement fails at the first NULL.",
  instead:
    "Add CHECK (column IS NOT NULL) NOT VALID, validate it in a second migration, and set NOT NULL in a third: PostgreSQL then trusts the CHECK and reads no row. Drop the CHECK afterwards. From PostgreSQL 18, ADD CONSTRAINT … NOT NULL column NOT VALID and VALIDATE CONSTRAINT do the same in two steps.",
  references: [
    "https://www.postgresql.org/docs/current/sql-altertable.html#SQL-ALTERTABLE-DESC-SET-DROP-NOT-NULL",
  ],
  examples: [
    {
      title: "A column that becomes required",
      before: "CREATE TABLE orders (id bigint PRIMARY KEY, email text DEFAULT 'none');",
      bad: "ALTER TABLE orders ALTER COLUMN email SET NOT NULL;",
      good: `SET LOCAL lock_timeout = '5s';
ALTER TABLE orders ADD CONSTRAINT orders_email_present CHECK (email IS NOT NULL) NOT VALID;
---
ALTER TABLE orders VALIDATE CONSTRAINT orders_email_present;
---
SET LOCAL lock_timeout = '5s';
ALTER TABLE orders ALTER COLUMN email SET NOT NULL;
ALTER TABLE orders DROP CONSTRAINT orders_email_present;`,
    },
  ],
  directions: ["up", "down"],
  squawk: ["adding-not-nullable-field"],
  checks: {
    "set-not-null"(operation, context) {
      const { table, column } = operation;
      if (context.isNewTable(table) || context.provenNotNull(table, column)) return;
      context.report(operation, message("SET NOT NULL", table, column, context), {
        table,
        fix: () => proposeProvenNotNull(operation, context),
      });
    },
    "add-constraint"({ span, table, constraint }, context) {
      if (constraint.kind !== "not-null" || constraint.notValid) return;
      if (context.isNewTable(table) || context.provenNotNull(table, constraint.column)) return;
      context.report(span, message("This NOT NULL", table, constraint.column, context), { table });
    },
  },
});

function message(what: string, table: ObjectName, column: string, context: RuleContext): string {
  const name = displayIdentifier(column);
  const effect = `${what} holds an ACCESS EXCLUSIVE lock on \`${displayName(table)}\` while every row is searched for a NULL in \`${name}\`: every read and write waits.`;
  const pending = context
    .table(table)
    ?.constraints.find(
      ({ definition, validated }) =>
        !validated &&
        definition.kind === "check" &&
        definition.expression.provesNotNull.includes(column),
    );
  if (pending !== undefined) {
    return `${effect} The CHECK \`${displayIdentifier(pending.name)}\` does not spare that as long as it is NOT VALID. Validate it in an earlier migration.`;
  }
  return context.atLeast(18)
    ? `${effect} Write ADD CONSTRAINT … NOT NULL ${sqlIdentifier(column)} NOT VALID instead, and run VALIDATE CONSTRAINT in a later migration.`
    : `${effect} Add CHECK (${sqlIdentifier(column)} IS NOT NULL) NOT VALID, validate it in a later migration, and set NOT NULL after that: it then reads no row.`;
}
