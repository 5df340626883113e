import { displayIdentifier, displayName, nameKey } from "../src/core/name.ts";
import type { AlterColumnType } from "../src/core/operations/column.ts";
import type { RuleContext } from "../src/core/rule-context.ts";
import { defineRule } from "../src/core/rule.ts";

export default defineRule({
  id: "no-enum-value-removal",
  summary: "Change the rows that hold a label before the type loses it",
  severity: "warning",
  confidence: "high",
  category: "data-dependent-failure",
  dialects: ["postgresql"],
  since: "0.1.0",
  hazards: ["rename-enum-swap-loses-value"],
  condition:
    "A column changes from one enum type to another that lacks labels of the first, and no UPDATE or DELETE of the migrations under review changed the table's rows before. Prisma and Drizzle write this for a label that is removed.",
  effect:
    "The statement fails with SQLSTATE 22P02 as soon as one row holds such a label. On an empty database, as in a test, it passes. Running code that still writes the label fails after it.",
  instead:
    "Release code that no longer writes the label, change the rows that hold it in a migration of its own, then swap the type. Or leave the label in the type, unused.",
  references: [
    "https://www.postgresql.org/docs/current/datatype-enum.html#DATATYPE-ENUM-IMPLEMENTATION-DETAILS",
    "https://www.postgresql.org/docs/current/sql-altertype.html",
  ],
  examples: [
    {
      title: "A state that is no longer used",
      before: `CREATE TYPE state AS ENUM ('draft', 'open', 'closed');
CREATE TABLE tickets (id bigint PRIMARY KEY, state state NOT NULL);`,
      bad: `CREATE TYPE state_new AS ENUM ('open', 'closed');
-- migrate-verify-ignore no-column-type-rewrite the table has 200 rows
ALTER TABLE tickets ALTER COLUMN state TYPE state_new USING (state::text::state_new);`,
      good: "COMMENT ON TYPE state IS 'draft is unused since release 41';",
      fails: "22P02",
    },
  ],
  directions: ["up", "down"],
  checks: {
    "alter-column-type"(operation, context) {
      const { table, type } = operation;
      const lost = lostLabels(operation, context);
      if (lost.length === 0 || context.isEmptyTable(table)) return;
      if (areChanged(operation, context)) return;
      const labels = lost.map((value) => `'${value}'`).join(", ");
      context.report(
        operation,
        `This fails as soon as a row of \`${displayName(table)}\` holds ${lost.length === 1 ? labels : `one of ${labels}`} in \`${displayIdentifier(operation.column)}\`: \`${displayName(type)}\` has no such label. Change those rows in an earlier migration.`,
        { table },
      );
    },
  },
});

/** Labels of the column's type that its new one lacks. */
function lostLabels(
  { table, column, type, using }: AlterColumnType,
  context: RuleContext,
): readonly string[] {
  const known = context.column(table, column);
  if (known === undefined || known.isNew) return [];
  // What USING does with the values otherwise (CASE, a function) cannot be told.
  if (using?.cast?.column !== column) return [];
  const before = context.enumType(known.type);
  const after = context.enumType(type);
  if (before === undefined || after === undefined) return [];
  return before.values.filter((value) => !after.values.includes(value));
}

/** Whether the migrations under review changed rows of the table before. */
function areChanged({ table, span }: AlterColumnType, context: RuleContext): boolean {
  return [...context.earlierMigrations("update-rows", "delete-rows"), ...context.operations].some(
    (other) =>
      (other.kind === "update-rows" || other.kind === "delete-rows") &&
      nameKey(other.table) === nameKey(table) &&
      (!context.operations.includes(other) || other.span.start < span.start),
  );
}
