import { displayName, nameKey, type ObjectName } from "../src/core/name.ts";
import type { Operation } from "../src/core/operation.ts";
import { defineRule } from "../src/core/rule.ts";

export default defineRule({
  id: "prefer-one-alter",
  summary: "Change a table in use with one ALTER TABLE",
  severity: "info",
  confidence: "medium",
  category: "hygiene",
  dialects: ["postgresql"],
  since: "0.1.0",
  hazards: ["mergeable-alter-table", "hot-table-touched-by-many-files"],
  condition:
    "A table in use is altered by a second ALTER TABLE in the same transaction, or in another migration of the same pull request. What must stay apart is not counted: VALIDATE, foreign keys, NOT VALID, and a default for a column that was just added.",
  effect:
    "Each statement waits for the lock anew, and each that reads or rewrites the table does so once more.",
  instead: "Write the actions in one ALTER TABLE, with commas.",
  references: ["https://www.postgresql.org/docs/current/sql-altertable.html"],
  examples: [
    {
      title: "Two columns",
      before: "CREATE TABLE orders (id bigint PRIMARY KEY);",
      bad: `ALTER TABLE orders ADD COLUMN note text;
ALTER TABLE orders ADD COLUMN sent_at timestamptz;`,
      good: `SET LOCAL lock_timeout = '5s';
ALTER TABLE orders ADD COLUMN note text, ADD COLUMN sent_at timestamptz;`,
    },
  ],
  optIn: true,
  once: true,
  checks: {
    operation(operation, context) {
      const table = alteredTable(operation);
      if (table === undefined || context.isNewTable(table)) return;
      const isSame = (other: Operation): boolean => {
        const altered = alteredTable(other);
        return altered !== undefined && nameKey(altered) === nameKey(table);
      };
      const before = context.earlierInTransaction().findLast(isSame);
      const isApart =
        before !== undefined &&
        context
          .textOf({ span: { start: before.span.end, end: operation.span.start } })
          .includes(";") &&
        !isDefaultOf(operation, before);
      if (!isApart && !(before === undefined && context.earlierMigrations().some(isSame))) return;
      context.report(
        operation,
        `Reads and writes of \`${displayName(table)}\` wait for this lock after they have waited for that of an earlier ALTER TABLE. Write both in one statement.`,
        { table },
      );
    },
  },
});

const ACTIONS = new Set<Operation["kind"]>([
  "add-column",
  "drop-column",
  "alter-column-type",
  "set-column-default",
  "drop-column-default",
  "set-not-null",
  "drop-not-null",
  "drop-constraint",
]);

function alteredTable(operation: Operation): ObjectName | undefined {
  return ACTIONS.has(operation.kind) && "table" in operation ? operation.table : undefined;
}

/** ADD COLUMN, then SET DEFAULT of it: so the old rows keep their NULL. */
function isDefaultOf(operation: Operation, before: Operation): boolean {
  return (
    operation.kind === "set-column-default" &&
    before.kind === "add-column" &&
    before.column.name === operation.column
  );
}
