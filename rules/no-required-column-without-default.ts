import { displayIdentifier, displayName, nameKey } from "../src/core/name.ts";
import type { AddColumn } from "../src/core/operations/column.ts";
import type { RuleContext } from "../src/core/rule-context.ts";
import { defineRule } from "../src/core/rule.ts";

const CHANGES_ROWS = new Set(["truncate", "delete-rows", "insert-rows", "copy-rows", "merge-rows"]);

export default defineRule({
  id: "no-required-column-without-default",
  summary: "Give a NOT NULL column a default when the table may hold rows",
  severity: "error",
  confidence: "high",
  category: "data-dependent-failure",
  dialects: ["postgresql"],
  since: "0.1.0",
  hazards: [
    "add-column-not-null-no-default",
    "old-code-cannot-insert-required-column",
    "prisma-required-field-old-rows",
  ],
  condition:
    "ADD COLUMN … NOT NULL without a default on a table that exists already. DEFAULT NULL is no default.",
  effect:
    "The statement fails with SQLSTATE 23502 as soon as the table holds one row. On an empty database, as in a test, it passes.",
  instead:
    "Give the column a DEFAULT: a constant one is stored once and rewrites nothing. Where rows need different values, add the column without NOT NULL, fill it in batches, and set NOT NULL by way of a validated CHECK.",
  references: [
    "https://www.postgresql.org/docs/current/ddl-alter.html#DDL-ALTER-ADDING-A-COLUMN",
    "https://www.postgresql.org/docs/current/sql-altertable.html#SQL-ALTERTABLE-NOTES",
  ],
  examples: [
    {
      title: "A required column",
      before: "CREATE TABLE orders (id bigint PRIMARY KEY);",
      bad: "ALTER TABLE orders ADD COLUMN status text NOT NULL;",
      good: `SET LOCAL lock_timeout = '5s';
ALTER TABLE orders ADD COLUMN status text NOT NULL DEFAULT 'new';`,
      fails: "23502",
    },
  ],
  directions: ["up", "down"],
  squawk: ["adding-required-field"],
  checks: {
    "add-column"(operation, context) {
      const { table, column } = operation;
      if (!column.notNull || fillsItself(operation, context)) return;
      if (context.isEmptyTable(table) || isEmptied(operation, context)) return;
      context.report(
        operation,
        `Adding \`${displayIdentifier(column.name)}\` as NOT NULL without a default fails as soon as \`${displayName(table)}\` holds a row. Give it a DEFAULT, or add it without NOT NULL and fill it first.`,
        { table },
      );
    },
  },
});

/** Whether the migration removed every row before, and put none in since. */
function isEmptied(operation: AddColumn, context: RuleContext): boolean {
  const table = nameKey(operation.table);
  const last = context.operations
    .slice(0, context.operations.indexOf(operation))
    .findLast(
      (one) =>
        CHANGES_ROWS.has(one.kind) &&
        "table" in one &&
        one.table !== undefined &&
        nameKey(one.table) === table,
    );
  return last?.kind === "truncate" || (last?.kind === "delete-rows" && last.filter !== "some");
}

/** Whether the rows that exist get a value. */
function fillsItself({ column }: AddColumn, context: RuleContext): boolean {
  if (column.default !== undefined) return !column.default.null;
  return (
    column.type.serial ||
    column.identity !== undefined ||
    column.generated !== undefined ||
    context.domain(column.type)?.hasDefault === true
  );
}
