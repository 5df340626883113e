import { displayIdentifier, displayName, nameKey, type ObjectName } from "../src/core/name.ts";
import type { Operation } from "../src/core/operation.ts";
import type { RuleContext } from "../src/core/rule-context.ts";
import { defineRule } from "../src/core/rule.ts";
import type { FunctionObject } from "../src/core/schema-object.ts";

export default defineRule({
  id: "no-stale-function",
  summary: "Replace the functions that name what a migration renames or drops",
  severity: "warning",
  confidence: "medium",
  category: "breaks-running-code",
  dialects: ["postgresql"],
  since: "0.1.0",
  hazards: ["dependent-functions-break-later"],
  condition:
    "A table, view or column is renamed, moved to another schema or dropped, a function whose body is a text names it, and the migrations under review neither replace nor drop that function.",
  effect:
    "PostgreSQL reads such a body at each call and knows nothing of what it names: the migration succeeds, and the next call of the function fails. Where a trigger calls it, every write that fires the trigger fails.",
  instead:
    "Replace the function in the same transaction. A body in BEGIN ATOMIC follows a rename, and refuses a drop.",
  references: [
    "https://www.postgresql.org/docs/current/ddl-depend.html",
    "https://www.postgresql.org/docs/current/plpgsql-implementation.html#PLPGSQL-PLAN-CACHING",
  ],
  examples: [
    {
      title: "A function that sums a column",
      before: `CREATE TABLE invoices (id bigint PRIMARY KEY, sum numeric NOT NULL);
CREATE FUNCTION turnover() RETURNS numeric LANGUAGE sql AS 'SELECT sum(invoices.sum) FROM invoices';`,
      bad: `-- migrate-verify-ignore no-rename-column no release names it, only the function does
ALTER TABLE invoices RENAME COLUMN sum TO total;`,
      good: `SET LOCAL lock_timeout = '5s';
-- migrate-verify-ignore no-rename-column no release names it, only the function does
ALTER TABLE invoices RENAME COLUMN sum TO total;
CREATE OR REPLACE FUNCTION turnover() RETURNS numeric LANGUAGE sql AS 'SELECT sum(total) FROM invoices';`,
    },
  ],
  checks: {
    "rename-table": ({ span, table }, context) => report({ span, relation: table }, context),
    "set-table-schema": ({ span, table }, context) => report({ span, relation: table }, context),
    "drop-table": ({ span, table }, context) => report({ span, relation: table }, context),
    "rename-view": ({ span, view }, context) => report({ span, relation: view }, context),
    "drop-view": ({ span, view }, context) => report({ span, relation: view }, context),
    "rename-column": ({ span, table, column }, context) =>
      report({ span, relation: table, column }, context),
    "drop-column": ({ span, table, column }, context) =>
      report({ span, relation: table, column }, context),
  },
});

interface Gone {
  readonly span: Operation["span"];
  readonly relation: ObjectName;
  readonly column?: string;
}

function report({ span, relation, column }: Gone, context: RuleContext): void {
  if (context.isNewTable(relation) || isMadeAgain(relation, column, context)) return;
  const after = [...context.operations, ...context.laterMigrations()];
  const stale = context
    .functionsReading(relation)
    .filter((one) => column === undefined || one.readColumns.includes(column))
    .filter((one) => !isTriggerOf(one, relation, context))
    .filter((one) => !after.some((operation) => replaces(operation, one)));
  const [first] = stale;
  if (first === undefined) return;
  const what =
    column === undefined
      ? `\`${displayName(relation)}\``
      : `\`${displayIdentifier(column)}\` of \`${displayName(relation)}\``;
  const others = stale.length === 1 ? "" : `, and of ${stale.length - 1} more`;
  context.report(
    { span },
    `The next call of \`${displayName(first.name)}\`${others} fails: its body still names ${what}, and PostgreSQL reads it only then. Replace the function in the same transaction.`,
    { table: relation },
  );
}

/** A trigger's function goes out of use with the table that it stands on. */
function isTriggerOf(
  { name }: FunctionObject,
  relation: ObjectName,
  context: RuleContext,
): boolean {
  const triggers = context.table(relation)?.triggers ?? [];
  return triggers.some((trigger) => nameKey(trigger.function) === nameKey(name));
}

function replaces(operation: Operation, { name }: FunctionObject): boolean {
  if (operation.kind !== "create-function" && operation.kind !== "drop-function") return false;
  return nameKey(operation.function) === nameKey(name);
}

/** A view, or a table under the old name, takes its place in the same transaction. */
function isMadeAgain(
  relation: ObjectName,
  column: string | undefined,
  context: RuleContext,
): boolean {
  return context.laterInTransaction().some((operation) => {
    if (operation.kind === "create-view") return nameKey(operation.view) === nameKey(relation);
    if (operation.kind === "create-table") return nameKey(operation.table) === nameKey(relation);
    if (operation.kind === "rename-table") {
      return operation.to === relation.name && column === undefined;
    }
    return (
      operation.kind === "add-column" &&
      operation.column.name === column &&
      nameKey(operation.table) === nameKey(relation)
    );
  });
}
