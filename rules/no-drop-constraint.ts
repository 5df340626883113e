import { displayIdentifier, displayName, nameKey } from "../src/core/name.ts";
import type { DropConstraint } from "../src/core/operations/table.ts";
import type { RuleContext } from "../src/core/rule-context.ts";
import { defineRule } from "../src/core/rule.ts";
import type { Constraint } from "../src/core/schema-object.ts";

export default defineRule({
  id: "no-drop-constraint",
  summary: "Drop a constraint only where nothing relies on it any more",
  severity: "info",
  confidence: "medium",
  category: "breaks-running-code",
  dialects: ["postgresql"],
  since: "0.1.0",
  hazards: ["drop-constraint", "drop-foreign-key"],
  condition:
    "A foreign key, a CHECK or an exclusion constraint of a table in use is dropped, and none of its kind over the same columns takes its place. The CHECK that proved NOT NULL may go when the column is NOT NULL. Keys have rules of their own.",
  effect:
    "What the constraint kept out gets in: rows that reference nothing, values that code does not expect. Bringing it back fails on the first of them, and ON DELETE CASCADE no longer removes anything.",
  instead: "Say in the migration what guarantees it from now on.",
  references: ["https://www.postgresql.org/docs/current/ddl-constraints.html"],
  examples: [
    {
      title: "A foreign key",
      before: `CREATE TABLE users (id bigint PRIMARY KEY);
CREATE TABLE notes (id bigint PRIMARY KEY, user_id bigint CONSTRAINT notes_user REFERENCES users);`,
      bad: "ALTER TABLE notes DROP CONSTRAINT notes_user;",
      good: `SET LOCAL lock_timeout = '5s';
-- migrate-verify-ignore no-drop-constraint users live in another database from release 41 on
ALTER TABLE notes DROP CONSTRAINT notes_user;`,
    },
  ],
  optIn: true,
  squawk: ["ban-drop-constraint"],
  checks: {
    "drop-constraint"(operation, context) {
      const { table } = operation;
      const constraint = context.constraint(table, operation.constraint);
      if (constraint === undefined || context.isNewTable(table)) return;
      const { kind } = constraint.definition;
      if (kind !== "check" && kind !== "foreign-key" && kind !== "exclude") return;
      if (isReplaced(operation, constraint, context) || isProven(operation, constraint, context)) {
        return;
      }
      const what = kind === "foreign-key" ? "Rows that reference nothing" : "What it kept out";
      context.report(
        operation,
        `${what} may get into \`${displayName(table)}\` once \`${displayIdentifier(constraint.name)}\` is gone, and bringing it back fails on the first such row. Say what guarantees it from now on.`,
        { table },
      );
    },
  },
});

/** A constraint of the same kind over the same columns is added in the same pull request. */
function isReplaced(
  { table }: DropConstraint,
  { definition, columns }: Constraint,
  context: RuleContext,
): boolean {
  return [...context.operations, ...context.laterMigrations("add-constraint")].some((other) => {
    if (other.kind !== "add-constraint" || nameKey(other.table) !== nameKey(table)) return false;
    const { constraint } = other;
    if (constraint.kind !== definition.kind) return false;
    const own = constraint.kind === "check" ? constraint.expression.columns : [];
    const added = "columns" in constraint ? constraint.columns : own;
    return added.some((column) => columns.includes(column));
  });
}

/** A CHECK that says no more than the NOT NULL which its columns have. */
function isProven(
  { table }: DropConstraint,
  { definition }: Constraint,
  context: RuleContext,
): boolean {
  if (definition.kind !== "check") return false;
  const { columns, provesNotNull } = definition.expression;
  return (
    provesNotNull.length > 0 &&
    columns.every((column) => context.column(table, column)?.notNull === true)
  );
}
