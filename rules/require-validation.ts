import { displayIdentifier, displayName, nameKey } from "../src/core/name.ts";
import type { AddConstraint } from "../src/core/operations/table.ts";
import type { Operation } from "../src/core/operation.ts";
import { defineRule } from "../src/core/rule.ts";

export default defineRule({
  id: "require-validation",
  summary: "Validate every constraint that was added with NOT VALID",
  severity: "info",
  confidence: "medium",
  category: "hygiene",
  dialects: ["postgresql"],
  since: "0.1.0",
  hazards: ["not-valid-left-unvalidated"],
  condition:
    "ADD CONSTRAINT … NOT VALID on a table that exists already, and no VALIDATE CONSTRAINT of it later in the pull request.",
  effect:
    "Old rows may break the rule for ever: the planner does not use it, SET NOT NULL is not proven by it, and an UPDATE of a row that breaks a CHECK fails, whichever column it changes.",
  instead: "Add a migration with VALIDATE CONSTRAINT, now or with the next release.",
  references: [
    "https://www.postgresql.org/docs/current/sql-altertable.html#SQL-ALTERTABLE-DESC-VALIDATE-CONSTRAINT",
  ],
  examples: [
    {
      title: "A rule for new rows only",
      before: "CREATE TABLE orders (id bigint PRIMARY KEY, total numeric);",
      bad: `SET LOCAL lock_timeout = '5s';
ALTER TABLE orders ADD CONSTRAINT orders_total CHECK (total >= 0) NOT VALID;`,
      good: `SET LOCAL lock_timeout = '5s';
ALTER TABLE orders ADD CONSTRAINT orders_total CHECK (total >= 0) NOT VALID;
---
ALTER TABLE orders VALIDATE CONSTRAINT orders_total;`,
    },
  ],
  optIn: true,
  checks: {
    "add-constraint"(operation, context) {
      const { table, constraint } = operation;
      if (!constraint.notValid || context.isNewTable(table)) return;
      const rest = context.operations.slice(context.operations.indexOf(operation) + 1);
      const later = [
        ...rest,
        ...context.laterMigrations("drop-table", "validate-constraint", "drop-constraint"),
      ];
      if (later.some((one) => settles(one, operation))) return;
      const name =
        constraint.name === undefined
          ? "this constraint"
          : `\`${displayIdentifier(constraint.name)}\``;
      context.report(
        operation,
        `Nothing in this pull request validates ${name} of \`${displayName(table)}\`: rows that are there may break it. Add a migration with VALIDATE CONSTRAINT.`,
        { table },
      );
    },
  },
});

/** The constraint is validated, or goes. One without a name in the statement can be meant by any. */
function settles(later: Operation, { table, constraint }: AddConstraint): boolean {
  if (later.kind === "drop-table") return nameKey(later.table) === nameKey(table);
  if (later.kind !== "validate-constraint" && later.kind !== "drop-constraint") return false;
  if (nameKey(later.table) !== nameKey(table)) return false;
  return constraint.name === undefined || later.constraint === constraint.name;
}
