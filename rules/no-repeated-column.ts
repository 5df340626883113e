import { displayIdentifier, displayName, type ObjectName } from "../src/core/name.ts";
import type { Operation } from "../src/core/operation.ts";
import type { RuleContext } from "../src/core/rule-context.ts";
import { defineRule } from "../src/core/rule.ts";

export default defineRule({
  id: "no-repeated-column",
  summary: "Give each column one value in a statement",
  severity: "error",
  confidence: "high",
  category: "data-dependent-failure",
  dialects: ["postgresql"],
  since: "0.1.0",
  hazards: ["duplicate-column-assignments"],
  condition: "An UPDATE sets a column twice, or an INSERT lists one twice.",
  effect:
    "PostgreSQL refuses the statement, also where it would find no row: SQLSTATE 42601 for UPDATE, 42701 for INSERT.",
  instead: "Leave one of the two out.",
  references: ["https://www.postgresql.org/docs/current/sql-update.html"],
  examples: [
    {
      title: "A column set twice",
      before: "CREATE TABLE seats (id bigint PRIMARY KEY, row_name text, free boolean);",
      bad: "UPDATE seats SET free = true, row_name = 'A', free = false WHERE id = 1;",
      good: "UPDATE seats SET free = false, row_name = 'A' WHERE id = 1;",
      fails: "42601",
    },
  ],
  directions: ["up", "down"],
  checks: {
    "update-rows"(operation, context) {
      report(operation, "sets", "42601", context);
    },
    "insert-rows"(operation, context) {
      report(operation, "lists", "42701", context);
    },
  },
});

function report(
  operation: Operation & { readonly table: ObjectName; readonly columns: readonly string[] },
  verb: string,
  code: string,
  context: RuleContext,
): void {
  const { columns, table } = operation;
  const column = columns.find((name, index) => columns.indexOf(name) !== index);
  if (column === undefined || isInParts(column, context.textOf(operation))) return;
  context.report(
    operation,
    `The statement fails with SQLSTATE ${code}: it ${verb} \`${displayIdentifier(column)}\` of \`${displayName(table)}\` twice. Leave one of the two out.`,
    { table },
  );
}

/** Elements of an array and fields of a composite value may be set one by one: `a[1]`, `a.b`. */
function isInParts(column: string, text: string): boolean {
  const place = text.toLowerCase().split(column.toLowerCase());
  return place.slice(1).some((after) => /^"?\s*[[.]/.test(after));
}
