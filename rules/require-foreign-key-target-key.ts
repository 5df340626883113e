import { DEFINING_CONSTRAINTS, definedConstraints } from "../src/core/defined-constraints.ts";
import { displayIdentifier, displayName } from "../src/core/name.ts";
import type { ForeignKeyConstraint } from "../src/core/operations/constraint.ts";
import type { Operation } from "../src/core/operation.ts";
import type { RuleContext } from "../src/core/rule-context.ts";
import { defineRule } from "../src/core/rule.ts";
import type { Table } from "../src/core/schema-object.ts";

export default defineRule({
  id: "require-foreign-key-target-key",
  summary: "Reference columns that a primary key or unique constraint covers",
  severity: "error",
  confidence: "high",
  category: "data-dependent-failure",
  dialects: ["postgresql"],
  since: "0.1.0",
  hazards: ["fk-references-non-unique"],
  condition:
    "A foreign key references columns that no primary key, unique constraint or unique index of the other table covers, or names no columns of a table without a primary key. A partial index, and one on an expression, do not count.",
  effect: "The statement fails with SQLSTATE 42830 or 42704, and the migration with it.",
  instead: "Make the referenced columns unique first, or reference the primary key.",
  references: ["https://www.postgresql.org/docs/current/ddl-constraints.html#DDL-CONSTRAINTS-FK"],
  examples: [
    {
      title: "A column that is unique by luck only",
      before: "CREATE TABLE countries (id bigint PRIMARY KEY, code text NOT NULL);",
      bad: `CREATE TABLE cities (
  id bigint PRIMARY KEY,
  country_code text REFERENCES countries (code)
);
CREATE INDEX cities_country_code ON cities (country_code);`,
      good: `SET LOCAL lock_timeout = '5s';
CREATE TABLE cities (
  id bigint PRIMARY KEY,
  country_id bigint REFERENCES countries (id)
);
CREATE INDEX cities_country_id ON cities (country_id);`,
      fails: "42830",
    },
  ],
  directions: ["up", "down"],
  kinds: DEFINING_CONSTRAINTS,
  checks: {
    operation(operation, context) {
      if (operation.kind === "create-table" && context.table(operation.table) !== undefined) return;
      for (const { constraint } of definedConstraints(operation)) {
        if (constraint.kind === "foreign-key") check(operation, constraint, context);
      }
    },
  },
});

function check(operation: Operation, constraint: ForeignKeyConstraint, context: RuleContext): void {
  const parent = context.table(constraint.references);
  // A table that references itself is not there yet.
  if (parent === undefined) return;
  const name = `\`${displayName(parent.name)}\``;
  const columns = constraint.referencedColumns;
  if (columns.length === 0) {
    if (parent.constraints.some(({ definition }) => definition.kind === "primary-key")) return;
    context.report(
      operation.kind === "create-table" ? constraint : operation,
      `${name} has no primary key, and this foreign key names no columns of it: this fails with SQLSTATE 42704. Name columns that are unique.`,
      { table: parent.name },
    );
    return;
  }
  if (isUnique(parent, columns, context)) return;
  const list = columns.map((column) => `\`${displayIdentifier(column)}\``).join(", ");
  context.report(
    operation.kind === "create-table" ? constraint : operation,
    `No unique constraint or index of ${name} is over ${list}: this foreign key fails with SQLSTATE 42830. Make ${columns.length === 1 ? "the column" : "the columns"} unique first, or reference the primary key.`,
    { table: parent.name },
  );
}

function isUnique(parent: Table, columns: readonly string[], context: RuleContext): boolean {
  return context
    .indexesOf(parent.name)
    .some(
      (index) =>
        index.unique &&
        !index.partial &&
        index.columns.length === columns.length &&
        columns.every((column) => index.columns.includes(column)),
    );
}
