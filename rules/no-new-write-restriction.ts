import { displayIdentifier, displayName, type ObjectName } from "../src/core/name.ts";
import type { Operation } from "../src/core/operation.ts";
import type { ConstraintDefinition } from "../src/core/operations/constraint.ts";
import type { RuleContext } from "../src/core/rule-context.ts";
import { defineRule } from "../src/core/rule.ts";

export default defineRule({
  id: "no-new-write-restriction",
  summary: "Restrict writes only after every running release keeps to it",
  severity: "info",
  confidence: "low",
  category: "breaks-running-code",
  dialects: ["postgresql"],
  since: "0.1.0",
  hazards: ["new-write-restriction"],
  condition:
    "A constraint, a unique index or NOT NULL is put on columns that a table in use had before, with NOT VALID too.",
  effect:
    "NOT VALID spares the rows that are there and no new one: a running release that writes what is forbidden now fails from that moment.",
  instead: "Release code that keeps to it, then add the restriction in a later migration.",
  references: [
    "https://www.postgresql.org/docs/current/sql-altertable.html#SQL-ALTERTABLE-DESC-ADD-TABLE-CONSTRAINT",
  ],
  examples: [
    {
      title: "Totals from zero",
      before: "CREATE TABLE orders (id bigint PRIMARY KEY, total numeric);",
      bad: `ALTER TABLE orders ADD CONSTRAINT total_from_zero CHECK (total >= 0) NOT VALID;
---
ALTER TABLE orders VALIDATE CONSTRAINT total_from_zero;`,
      good: `SET LOCAL lock_timeout = '5s';
-- migrate-verify-ignore no-new-write-restriction release 41 refuses totals below zero
ALTER TABLE orders ADD CONSTRAINT total_from_zero CHECK (total >= 0) NOT VALID;
---
SET LOCAL lock_timeout = '5s';
ALTER TABLE orders VALIDATE CONSTRAINT total_from_zero;`,
    },
  ],
  optIn: true,
  squawk: ["ban-new-write-restriction"],
  checks: {
    "set-not-null": (operation, context) => report(operation, [operation.column], context),
    "add-constraint"(operation, context) {
      const { constraint } = operation;
      if (constraint.notEnforced || ("usingIndex" in constraint && constraint.usingIndex)) return;
      report(operation, columnsOf(constraint), context);
    },
    "create-index"(operation, context) {
      const columns = operation.keys.flatMap(({ column, expression }) =>
        column === undefined ? (expression?.columns ?? []) : [column],
      );
      if (operation.unique) report(operation, columns, context);
    },
  },
});

function columnsOf(constraint: ConstraintDefinition): readonly string[] {
  if (constraint.kind === "check") return constraint.expression.columns;
  return constraint.kind === "not-null" ? [constraint.column] : constraint.columns;
}

function report(
  operation: Operation & { readonly table: ObjectName },
  columns: readonly string[],
  context: RuleContext,
): void {
  const { table } = operation;
  if (context.isNewTable(table)) return;
  const old = columns.find((name) => context.column(table, name)?.isNew !== true);
  if (old === undefined) return;
  context.report(
    operation,
    `Running code that writes other values to \`${displayIdentifier(old)}\` of \`${displayName(table)}\` fails from here on, whatever the rows hold. Release code that keeps to it first.`,
    { table },
  );
}
