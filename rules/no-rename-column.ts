import { displayIdentifier, displayName, nameKey, type ObjectName } from "../src/core/name.ts";
import type { RuleContext } from "../src/core/rule-context.ts";
import { defineRule } from "../src/core/rule.ts";

export default defineRule({
  id: "no-rename-column",
  summary: "Keep the names of columns that running code uses",
  severity: "error",
  confidence: "high",
  category: "breaks-running-code",
  dialects: ["postgresql"],
  since: "0.1.0",
  hazards: ["rename-column", "app-code-still-references-object"],
  condition: "RENAME COLUMN of a column that was there before the migrations under review.",
  effect:
    "Code that runs while the migration is deployed still uses the old name, and each of its statements fails at once. So does the release before it, if the deployment is rolled back.",
  instead:
    "Add a column with the new name, write both in code, copy the old values in batches, read the new one, and drop the old one in a later release. Where the code maps names (@map in Prisma, db_column in Django), rename it there only.",
  references: ["https://www.postgresql.org/docs/current/sql-altertable.html"],
  examples: [
    {
      title: "A column with a better name",
      before: "CREATE TABLE users (id bigint PRIMARY KEY, name text);",
      bad: "ALTER TABLE users RENAME COLUMN name TO full_name;",
      good: `SET LOCAL lock_timeout = '5s';
ALTER TABLE users ADD COLUMN full_name text;`,
    },
  ],
  squawk: ["renaming-column"],
  checks: {
    "rename-column"(operation, context) {
      const { table, column, to } = operation;
      if (context.isNewTable(table) || context.column(table, column)?.isNew === true) return;
      if (gotItsNameBefore(table, column, context)) return;
      const name = displayIdentifier(column);
      context.report(
        operation,
        `${broken(column, table)} Add \`${displayIdentifier(to)}\` as a second column, write both, copy the old values in batches, and drop \`${name}\` in a later release.`,
        { table, removes: { table, column } },
      );
    },
    // The columns of a view.
    "rename-object"(operation, context) {
      const { object, name, table: view } = operation;
      if (object !== "column" || name === undefined || view === undefined) return;
      if (context.view(view)?.isNew === true) return;
      context.report(
        operation,
        `${broken(name.name, view)} Add the column under its new name with CREATE OR REPLACE VIEW, after the others.`,
        { table: view, removes: { table: view, column: name.name } },
      );
    },
  },
});

/** No running code knows a name that an operation just before gave. */
function gotItsNameBefore(table: ObjectName, column: string, context: RuleContext): boolean {
  return context
    .earlierInTransaction()
    .some(
      (one) =>
        one.kind === "rename-column" && one.to === column && nameKey(one.table) === nameKey(table),
    );
}

function broken(column: string, relation: ObjectName): string {
  return `Running code that still names \`${displayIdentifier(column)}\` of \`${displayName(relation)}\` fails at once.`;
}
