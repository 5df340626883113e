import { displayIdentifier, displayName, nameKey } from "../src/core/name.ts";
import type { InsertRows } from "../src/core/operations/rows.ts";
import type { Operation } from "../src/core/operation.ts";
import type { RuleContext } from "../src/core/rule-context.ts";
import { defineRule } from "../src/core/rule.ts";
import type { Column } from "../src/core/schema-object.ts";

export default defineRule({
  id: "no-explicit-sequence-value",
  summary: "Move the sequence on after inserting rows with numbers of your own",
  severity: "warning",
  confidence: "medium",
  category: "data-dependent-failure",
  dialects: ["postgresql"],
  since: "0.1.0",
  hazards: ["sequence-behind-explicit-ids"],
  condition:
    "INSERT that gives values for a serial or identity column that a primary key or unique constraint covers, without setval(), RESTART or dropping the sequence afterwards in the migration.",
  effect:
    "The sequence does not know of the numbers. When it reaches them, an INSERT of the running application fails with a duplicate key.",
  instead:
    "Leave the column out, or run SELECT setval(pg_get_serial_sequence('table', 'column'), (SELECT max(column) FROM table)) afterwards.",
  references: [
    "https://www.postgresql.org/docs/current/functions-sequence.html",
    "https://www.postgresql.org/docs/current/ddl-identity-columns.html",
  ],
  examples: [
    {
      title: "A row with a number",
      before: "CREATE TABLE plans (id bigserial PRIMARY KEY, name text);",
      bad: "INSERT INTO plans (id, name) VALUES (100, 'free');",
      good: `INSERT INTO plans (id, name) VALUES (100, 'free');
SELECT setval(pg_get_serial_sequence('plans', 'id'), (SELECT max(id) FROM plans));`,
    },
  ],
  checks: {
    "insert-rows"(operation, context) {
      const table = context.table(operation.table);
      const column = table?.columns.find((one) => isGiven(one, operation, context));
      if (table === undefined || column === undefined) return;
      const rest = context.operations.slice(context.operations.indexOf(operation) + 1);
      if (rest.some((later) => movesOn(later, operation, column.name))) return;
      const name = displayIdentifier(column.name);
      const of = displayName(operation.table);
      context.report(
        operation,
        `This gives \`${name}\` of \`${of}\` a value, and its sequence does not move on: when it gets there, an INSERT of the running application fails with a duplicate key. Leave the column out, or run setval() afterwards.`,
        { table: operation.table },
      );
    },
  },
});

function isGiven(column: Column, operation: InsertRows, context: RuleContext): boolean {
  if (!operation.columns.includes(column.name)) return false;
  const counted =
    column.identity !== undefined ||
    column.default?.functions.some(({ name }) => name === "nextval") === true;
  if (!counted || /\bdefault\b|\bnextval\b/i.test(context.textOf(operation))) return false;
  return context
    .indexesOf(operation.table)
    .some(({ unique, columns }) => unique && columns.length === 1 && columns[0] === column.name);
}

function movesOn(later: Operation, { table }: InsertRows, column: string): boolean {
  switch (later.kind) {
    case "select-rows":
      return later.reads.functions.some(({ name }) => name === "setval");
    case "do-block":
    case "alter-sequence":
      return true;
    case "alter-identity":
    case "drop-column-default":
    case "drop-column":
      return later.column === column && nameKey(later.table) === nameKey(table);
    case "delete-rows":
    case "drop-table":
      return nameKey(later.table) === nameKey(table);
    default:
      return false;
  }
}
