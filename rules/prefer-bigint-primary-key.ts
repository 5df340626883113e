import { displayIdentifier, displayName } from "../src/core/name.ts";
import type { ConstraintDefinition } from "../src/core/operations/constraint.ts";
import type { ColumnDefinition } from "../src/core/operations/column.ts";
import { defineRule } from "../src/core/rule.ts";

export default defineRule({
  id: "prefer-bigint-primary-key",
  summary: "Number rows with bigint",
  severity: "info",
  confidence: "medium",
  category: "design",
  dialects: ["postgresql"],
  since: "0.1.0",
  condition:
    "The primary key of a new table is a column of the type smallint or integer, serial included. Other integer columns are not reported, nor are columns of a key that reference another table.",
  effect:
    "The insert after row 2,147,483,647 (32,767 of a smallint) fails, and to change the type then rewrites the table and every table that references it under ACCESS EXCLUSIVE locks.",
  instead: "Write bigint, or uuid. bigint takes 4 bytes more, which padding often takes anyway.",
  references: [
    "https://www.postgresql.org/docs/current/datatype-numeric.html",
    "https://www.postgresql.org/docs/current/sql-altertable.html#SQL-ALTERTABLE-NOTES",
  ],
  examples: [
    {
      title: "A key",
      before: "CREATE TABLE users (id bigint PRIMARY KEY);",
      bad: "CREATE TABLE events (id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY);",
      good: "CREATE TABLE events (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY);",
    },
  ],
  optIn: true,
  squawk: ["prefer-bigint-over-int", "prefer-bigint-over-smallint"],
  hazards: ["prefer-bigint-primary-key", "prefer-bigint-over-smallint", "sequence-int-capacity"],
  checks: {
    "create-table"(operation, context) {
      if (operation.persistence === "temporary") return;
      const { table, columns } = operation;
      const constraints = [
        ...operation.constraints,
        ...columns.flatMap((column) => column.constraints),
      ];
      for (const column of columns) {
        if (!isSmallKey(column, constraints)) continue;
        const last = column.type.name === "int2" ? "32,767" : "2,147,483,647";
        context.report(
          column.span,
          `Inserts into \`${displayName(table)}\` fail once \`${displayIdentifier(column.name)}\` has reached ${last}, and to change its type then rewrites the table. Write bigint.`,
          { table },
        );
      }
    },
  },
});

function isSmallKey(
  { name, type }: ColumnDefinition,
  constraints: readonly ConstraintDefinition[],
): boolean {
  if ((type.name !== "int2" && type.name !== "int4") || type.arrayDimensions > 0) return false;
  const isIn = (kind: ConstraintDefinition["kind"]): boolean =>
    constraints.some(
      (constraint) =>
        constraint.kind === kind && "columns" in constraint && constraint.columns.includes(name),
    );
  return isIn("primary-key") && !isIn("foreign-key");
}
