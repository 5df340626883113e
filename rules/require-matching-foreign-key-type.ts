import { displayIdentifier, displayName, type ObjectName } from "../src/core/name.ts";
import { DEFINING_CONSTRAINTS, definedConstraints } from "../src/core/defined-constraints.ts";
import type { ForeignKeyConstraint } from "../src/core/operations/constraint.ts";
import type { Operation } from "../src/core/operation.ts";
import type { RuleContext } from "../src/core/rule-context.ts";
import { defineRule } from "../src/core/rule.ts";
import { familyOf } from "../src/core/type-family.ts";
import type { TypeReference } from "../src/core/type-reference.ts";

export default defineRule({
  id: "require-matching-foreign-key-type",
  summary: "Give a foreign key's column the type of the column that it references",
  severity: "warning",
  confidence: "high",
  category: "design",
  dialects: ["postgresql"],
  since: "0.1.0",
  hazards: ["fk-column-type-mismatch"],
  condition:
    "A foreign key whose column is a smaller integer than the column that it references, or of a type that PostgreSQL cannot compare with it.",
  effect:
    "PostgreSQL takes the smaller integer. Once the other table's key has grown past it, no new row can be referenced, and every INSERT of one fails; mending that rewrites the table. Types that cannot be compared fail at once, with SQLSTATE 42804.",
  instead: "Declare the column with the type of the referenced column.",
  references: [
    "https://www.postgresql.org/docs/current/ddl-constraints.html#DDL-CONSTRAINTS-FK",
    "https://www.postgresql.org/docs/current/datatype-numeric.html#DATATYPE-INT",
  ],
  examples: [
    {
      title: "An integer that references a bigint",
      before: "CREATE TABLE customers (id bigint PRIMARY KEY);",
      bad: `CREATE TABLE invoices (id bigint PRIMARY KEY, customer_id integer REFERENCES customers (id));
CREATE INDEX invoices_customer_id ON invoices (customer_id);`,
      good: `SET LOCAL lock_timeout = '5s';
CREATE TABLE invoices (id bigint PRIMARY KEY, customer_id bigint REFERENCES customers (id));
CREATE INDEX invoices_customer_id ON invoices (customer_id);`,
    },
  ],
  kinds: DEFINING_CONSTRAINTS,
  checks: {
    operation(operation, context) {
      if (operation.kind === "create-table" && context.table(operation.table) !== undefined) return;
      for (const { table, constraint } of definedConstraints(operation)) {
        if (constraint.kind !== "foreign-key") continue;
        check(operation, table, constraint, context);
      }
    },
  },
});

function check(
  operation: Operation,
  table: ObjectName,
  constraint: ForeignKeyConstraint,
  context: RuleContext,
): void {
  const parent = context.table(constraint.references);
  const key = parent?.constraints.find(({ definition }) => definition.kind === "primary-key");
  const referenced =
    constraint.referencedColumns.length > 0 ? constraint.referencedColumns : (key?.columns ?? []);
  constraint.columns.forEach((name, place) => {
    const own = typeOf(operation, table, name, context);
    const column = parent?.columns.find((one) => one.name === referenced[place]);
    if (own === undefined || column === undefined || parent === undefined) return;
    const from = `\`${displayIdentifier(name)}\` of \`${displayName(table)}\` is ${own.text}, and \`${displayIdentifier(column.name)}\` of \`${displayName(parent.name)}\`, which it references, is ${column.type.text}`;
    const at = operation.kind === "create-table" ? constraint : operation;
    if (!isComparable(own, column.type, context)) {
      context.report(
        at,
        `${from}: PostgreSQL cannot compare them, and this fails with SQLSTATE 42804. Give both one type.`,
        { table, severity: "error" },
      );
    } else if (isSmaller(own, column.type, context)) {
      context.report(
        at,
        `${from}: once the referenced key has grown past ${own.text}, every INSERT of a row that references a new one fails. Declare it as ${column.type.text}.`,
        { table },
      );
    }
  });
}

function typeOf(
  operation: Operation,
  table: ObjectName,
  name: string,
  context: RuleContext,
): TypeReference | undefined {
  if (operation.kind === "create-table") {
    return operation.columns.find((column) => column.name === name)?.type;
  }
  if (operation.kind === "add-column" && operation.column.name === name) {
    return operation.column.type;
  }
  return context.column(table, name)?.type;
}

function isComparable(own: TypeReference, other: TypeReference, context: RuleContext): boolean {
  const [first, second] = [familyOf(own, context), familyOf(other, context)];
  return first === undefined || second === undefined || first === second;
}

const INTEGERS = ["int2", "int4", "int8"];

function isSmaller(own: TypeReference, other: TypeReference, context: RuleContext): boolean {
  const [first, second] = [own, other].map((type) =>
    INTEGERS.indexOf((context.domain(type)?.baseType ?? type).name),
  );
  return first !== undefined && second !== undefined && first >= 0 && first < second;
}
