import { displayIdentifier, displayName, nameKey, type ObjectName } from "../src/core/name.ts";
import type { Operation } from "../src/core/operation.ts";
import type { RuleContext } from "../src/core/rule-context.ts";
import { defineRule } from "../src/core/rule.ts";

export default defineRule({
  id: "no-early-requirement",
  summary: "Require a value of a new column only after the code that gives it runs",
  severity: "warning",
  confidence: "high",
  category: "breaks-running-code",
  dialects: ["postgresql"],
  since: "0.1.0",
  hazards: [
    "new-write-restriction",
    "old-code-cannot-insert-required-column",
    "django-default-dropped-after-add",
  ],
  condition:
    "The migrations under review add a column to a table in use, and require a value of it that no default gives: by SET NOT NULL, by a CHECK that no NULL passes, with NOT VALID too, or by DROP DEFAULT of a NOT NULL column, as Django does for AddField(default=…).",
  effect:
    "NOT VALID spares the old rows and no new one. The release that runs knows nothing of the column: each of its INSERTs into the table fails from the migration until the new release has taken over.",
  instead:
    "Keep a default on the column, or release the code that gives the value first and require it in a later pull request. With Django 5, say db_default.",
  references: [
    "https://www.postgresql.org/docs/current/sql-altertable.html#SQL-ALTERTABLE-DESC-ADD-TABLE-CONSTRAINT",
    "https://docs.djangoproject.com/en/stable/ref/models/fields/#db-default",
  ],
  examples: [
    {
      title: "A column that every order has from now on",
      before: "CREATE TABLE orders (id bigint PRIMARY KEY);",
      bad: `ALTER TABLE orders ADD COLUMN region text;
ALTER TABLE orders ADD CONSTRAINT region_is_set CHECK (region IS NOT NULL) NOT VALID;`,
      good: `SET LOCAL lock_timeout = '5s';
ALTER TABLE orders ADD COLUMN region text DEFAULT 'eu';
ALTER TABLE orders ADD CONSTRAINT region_is_set CHECK (region IS NOT NULL) NOT VALID;
---
SET LOCAL lock_timeout = '5s';
ALTER TABLE orders VALIDATE CONSTRAINT region_is_set;`,
    },
    {
      title: "A default for the old rows only",
      before: "CREATE TABLE orders (id bigint PRIMARY KEY);",
      bad: `ALTER TABLE orders ADD COLUMN region text DEFAULT 'eu' NOT NULL;
ALTER TABLE orders ALTER COLUMN region DROP DEFAULT;`,
      good: `SET LOCAL lock_timeout = '5s';
ALTER TABLE orders ADD COLUMN region text DEFAULT 'eu' NOT NULL;`,
    },
  ],
  checks: {
    "set-not-null": (operation, context) => report(operation, [operation.column], context),
    "add-constraint": (operation, context) => {
      const { constraint } = operation;
      if (constraint.notEnforced) return;
      if (constraint.kind === "not-null") report(operation, [constraint.column], context);
      if (constraint.kind !== "check") return;
      report(operation, constraint.expression.provesNotNull, context);
    },
    "drop-column-default"(operation, context) {
      const { table, column } = operation;
      const known = context.column(table, column);
      if (known?.notNull !== true || known.default === undefined) return;
      report(operation, [column], context, { dropsDefault: true });
    },
  },
});

function report(
  operation: Operation & { readonly table: ObjectName },
  columns: readonly string[],
  context: RuleContext,
  { dropsDefault = false } = {},
): void {
  const { table } = operation;
  if (context.isNewTable(table)) return;
  const required = columns.find((name) => {
    const column = context.column(table, name);
    if (column?.isNew !== true || column.identity !== undefined) return false;
    if (column.generated !== undefined || isFilledByTrigger(table, context)) return false;
    const given = column.default !== undefined && !column.default.null;
    return (dropsDefault || !given) && !getsDefault(table, name, operation, context);
  });
  if (required === undefined) return;
  context.report(
    operation,
    `Every INSERT into \`${displayName(table)}\` by the release that runs fails from here on: it gives \`${displayIdentifier(required)}\`, which is new, no value. ${keepDefault(context)}, or require the value in a later pull request.`,
    { table },
  );
}

/** Django takes `default` off again at once: https://docs.djangoproject.com/en/5.0/ref/models/fields/#db-default */
function keepDefault({ framework }: RuleContext): string {
  return framework === "django"
    ? "Give the field a `db_default`, which stays in the database (before Django 5.0: SET DEFAULT in RunSQL)"
    : "Keep a default on it";
}

/** A default that is set later in the same migration is there when it ends. */
function getsDefault(
  table: ObjectName,
  column: string,
  operation: Operation,
  context: RuleContext,
): boolean {
  const rest = context.operations.slice(context.operations.indexOf(operation) + 1);
  return rest.some(
    (later) =>
      (later.kind === "set-column-default" || later.kind === "add-identity") &&
      later.column === column &&
      nameKey(later.table) === nameKey(table),
  );
}

/** A trigger for each row, made by the migrations under review or there before, may give the value. */
function isFilledByTrigger(table: ObjectName, context: RuleContext): boolean {
  return context.operations.some(
    (operation) =>
      operation.kind === "create-trigger" &&
      operation.timing === "before" &&
      nameKey(operation.table) === nameKey(table),
  );
}
