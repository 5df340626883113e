import { displayIdentifier, displayName, nameKey, type ObjectName } from "../src/core/name.ts";
import type { Operation } from "../src/core/operation.ts";
import type { RuleContext } from "../src/core/rule-context.ts";
import { defineRule } from "../src/core/rule.ts";

export default defineRule({
  id: "no-default-change",
  summary: "Release code that gives the value before changing a column's default",
  severity: "warning",
  confidence: "medium",
  category: "breaks-running-code",
  dialects: ["postgresql"],
  since: "0.1.0",
  hazards: ["set-or-drop-column-default"],
  condition:
    "SET DEFAULT or DROP DEFAULT of a column that was there before the migrations under review.",
  effect:
    "The release that runs writes another value from the same moment, in every INSERT that leaves the column out; without a default a NOT NULL column fails it.",
  instead: "Release code that gives the value itself first.",
  references: [
    "https://www.postgresql.org/docs/current/sql-altertable.html#SQL-ALTERTABLE-DESC-SET-DROP-DEFAULT",
  ],
  examples: [
    {
      title: "Another default",
      before: "CREATE TABLE orders (id bigint PRIMARY KEY, state text DEFAULT 'new');",
      bad: `SET LOCAL lock_timeout = '5s';
ALTER TABLE orders ALTER COLUMN state SET DEFAULT 'open';`,
      good: `SET LOCAL lock_timeout = '5s';
ALTER TABLE orders ADD COLUMN phase text;
ALTER TABLE orders ALTER COLUMN phase SET DEFAULT 'open';`,
    },
  ],
  optIn: true,
  checks: {
    "set-column-default": check,
    "drop-column-default": check,
  },
});

function check(
  operation: Operation & { readonly table: ObjectName; readonly column: string },
  context: RuleContext,
): void {
  const { table, column } = operation;
  const known = context.column(table, column);
  if (context.isNewTable(table) || known?.isNew === true) return;
  // Code that fills a NOT NULL column without a default gives the value already.
  if (known?.notNull === true && known.default === undefined) return;
  const rest = context.operations.slice(context.operations.indexOf(operation) + 1);
  if (rest.some((later) => setsDefault(later, operation))) return;
  context.report(
    operation,
    `Every INSERT of running code that leaves \`${displayIdentifier(column)}\` of \`${displayName(table)}\` out ${operation.kind === "set-column-default" ? "writes another value" : "gets no value"} from here on. Release code that gives the value first.`,
    { table },
  );
}

/** The default that counts is a later one. */
function setsDefault(
  later: Operation,
  { table, column }: { readonly table: ObjectName; readonly column: string },
): boolean {
  return (
    later.kind === "set-column-default" &&
    later.column === column &&
    nameKey(later.table) === nameKey(table)
  );
}
