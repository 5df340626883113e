import { displayIdentifier, displayName, nameKey, type ObjectName } from "../src/core/name.ts";
import type { Operation } from "../src/core/operation.ts";
import type { RuleContext } from "../src/core/rule-context.ts";
import { defineRule } from "../src/core/rule.ts";

export default defineRule({
  id: "no-rename-table",
  summary: "Keep the names of tables and views that running code uses",
  severity: "error",
  confidence: "high",
  category: "breaks-running-code",
  dialects: ["postgresql"],
  since: "0.1.0",
  hazards: ["rename-table", "set-schema", "app-code-still-references-object"],
  condition:
    "A table or view that was there before the migrations under review is renamed or moved to another schema, and the same transaction leaves nothing under the old name.",
  effect:
    "Code that runs while the migration is deployed still uses the old name, and each of its statements fails at once. So does the release before it, if the deployment is rolled back.",
  instead:
    "Leave a view with the old name behind, in the same transaction: a view over one table also takes INSERT, UPDATE and DELETE. Drop it when no running code uses it.",
  references: [
    "https://www.postgresql.org/docs/current/sql-altertable.html",
    "https://www.postgresql.org/docs/current/sql-createview.html#SQL-CREATEVIEW-UPDATABLE-VIEWS",
  ],
  examples: [
    {
      title: "A table with a better name",
      before: "CREATE TABLE users (id bigint PRIMARY KEY, email text NOT NULL);",
      bad: "ALTER TABLE users RENAME TO accounts;",
      good: `SET LOCAL lock_timeout = '5s';
ALTER TABLE users RENAME TO accounts;
CREATE VIEW users AS SELECT id, email FROM accounts;`,
    },
  ],
  squawk: ["renaming-table"],
  checks: {
    "rename-table"(operation, context) {
      const { table, to } = operation;
      if (context.isNewTable(table) || isReplaced(table, context)) return;
      if (isOtherRelation(table, context)) return;
      context.report(operation, renamed(table, { ...table, name: to }, context), {
        table,
        removes: { table },
      });
    },
    "set-table-schema"(operation, context) {
      const { table, schema } = operation;
      if (context.isNewTable(table) || isReplaced(table, context)) return;
      if (isOtherRelation(table, context)) return;
      const name = `\`${displayName(table)}\``;
      context.report(
        operation,
        `Running code that still reads and writes ${name} fails at once, unless its search_path has \`${displayIdentifier(schema)}\`. ${advice(table)}`,
        { table, confidence: "medium", removes: { table } },
      );
    },
    "rename-view"(operation, context) {
      const { view, to } = operation;
      if (context.view(view)?.isNew === true || isReplaced(view, context)) return;
      context.report(operation, renamed(view, { ...view, name: to }, context), {
        table: view,
        removes: { table: view },
      });
    },
  },
});

/**
 * ALTER TABLE takes sequences and indexes, too (https://www.postgresql.org/docs/current/sql-altertable.html):
 * no code reads an index, and a column that takes its values from a sequence knows it by its number.
 */
function isOtherRelation(name: ObjectName, context: RuleContext): boolean {
  if (context.table(name) !== undefined || context.view(name) !== undefined) return false;
  return context.sequence(name) !== undefined || context.index(name) !== undefined;
}

function renamed(from: ObjectName, to: ObjectName, context: RuleContext): string {
  const separately = context.inTransaction()
    ? ""
    : " Each statement of this script commits by itself: put both between BEGIN and COMMIT.";
  return `Running code that still reads and writes \`${displayName(from)}\` fails at once when it becomes \`${displayName(to)}\`. ${advice(from)}${separately}`;
}

function advice(name: ObjectName): string {
  return `Create a view \`${displayName(name)}\` over it in the same transaction.`;
}

/** Something takes the old name before anybody else can look for it. */
function isReplaced(old: ObjectName, context: RuleContext): boolean {
  return context.laterInTransaction().some((later) => {
    const name = nameMade(later);
    return name !== undefined && nameKey(name) === nameKey(old);
  });
}

function nameMade(operation: Operation): ObjectName | undefined {
  switch (operation.kind) {
    case "create-view":
      return operation.view;
    case "create-table":
    case "create-table-as":
      return operation.table;
    case "rename-table":
      return { ...operation.table, name: operation.to };
    case "rename-view":
      return { ...operation.view, name: operation.to };
    default:
      return undefined;
  }
}
