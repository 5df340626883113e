import { copiesValues } from "../src/core/copied-values.ts";
import { displayIdentifier, displayName } from "../src/core/name.ts";
import type { DropColumn } from "../src/core/operations/column.ts";
import type { RuleContext } from "../src/core/rule-context.ts";
import { defineRule } from "../src/core/rule.ts";

export default defineRule({
  id: "no-drop-column",
  summary: "Keep columns that hold values",
  severity: "error",
  confidence: "high",
  category: "data-loss",
  dialects: ["postgresql"],
  since: "0.1.0",
  hazards: [
    "drop-column",
    "drop-column-drops-primary-key",
    "drop-column-drops-unique",
    "drop-column-drops-foreign-key",
    "expand-and-contract-in-one-migration",
    "app-code-still-references-object",
  ],
  condition: "DROP COLUMN of a column that was there before the migrations under review.",
  effect:
    "The value of every row is lost: a down script can bring back the column, not what was in it. Running code that still names the column fails at once, also code that an ORM generates from an older model. Indexes and constraints that mention the column go with it, those over several columns too.",
  instead:
    "Release code that no longer names the column, then drop it in a later migration with a comment that says so.",
  references: [
    "https://www.postgresql.org/docs/current/sql-altertable.html#SQL-ALTERTABLE-DESC-DROP-COLUMN",
  ],
  examples: [
    {
      title: "A column that is no longer used",
      before: "CREATE TABLE users (id bigint PRIMARY KEY, email text NOT NULL, phone text);",
      bad: "ALTER TABLE users DROP COLUMN phone;",
      good: `SET LOCAL lock_timeout = '5s';
-- migrate-verify-ignore no-drop-column no code since release 41 names it, and support agreed
ALTER TABLE users DROP COLUMN phone;`,
    },
    {
      title: "A column that a unique constraint needs",
      before: `CREATE TABLE members (
  id bigint PRIMARY KEY,
  team_id bigint NOT NULL,
  user_id bigint NOT NULL,
  UNIQUE (team_id, user_id)
);`,
      bad: "ALTER TABLE members DROP COLUMN team_id;",
      good: "COMMENT ON COLUMN members.team_id IS 'unused since release 41';",
    },
  ],
  squawk: ["ban-drop-column"],
  checks: {
    "drop-column"(operation, context) {
      const { table, ifExists } = operation;
      const column = context.column(table, operation.column);
      const removes = { table, column: operation.column };
      if (context.isNewTable(table) || column?.isNew === true) return;

      const name = displayIdentifier(operation.column);
      const of = `\`${displayName(table)}\``;
      if (column === undefined && ifExists) {
        context.report(
          operation,
          `No earlier migration adds \`${name}\` to ${of}: where it exists all the same, its values are lost. Remove the statement if it is there for repeated runs only.`,
          { table, severity: "warning", confidence: "medium", removes },
        );
        return;
      }
      const advice =
        "Release code that no longer names it, then drop the column in a later migration.";
      if (column?.generated !== undefined) {
        context.report(
          operation,
          `Running code that still reads \`${name}\` of ${of} fails at once; its values are generated, so none is lost. ${advice}`,
          { table, severity: "warning", removes },
        );
        return;
      }
      const before = context.operations.slice(0, context.operations.indexOf(operation));
      const lost = before.some((earlier) => copiesValues(earlier, table, operation.column))
        ? `Whatever this migration did not copy from \`${name}\` of ${of} before is lost`
        : `The value of \`${name}\` is lost in every row of ${of}`;
      context.report(
        operation,
        `${lost}, and running code that still names the column fails at once.${goesWithIt(operation, context)} ${advice}`,
        { table, removes },
      );
    },
  },
});

/** Keys, constraints over other columns too, and unique indexes, which PostgreSQL drops without being asked to. */
function goesWithIt({ table, column }: DropColumn, context: RuleContext): string {
  const constraints = (context.table(table)?.constraints ?? [])
    .filter(
      ({ columns, definition: { kind } }) =>
        columns.includes(column) &&
        (columns.length > 1 || kind === "primary-key" || kind === "foreign-key"),
    )
    .map(({ name }) => `the constraint \`${displayIdentifier(name)}\``);
  const indexes = context
    .indexesOf(table)
    .filter(({ constraint, unique }) => constraint === undefined && unique)
    .filter(({ columns }) => columns.length > 1 && columns.includes(column))
    .map(({ name }) => `the unique index \`${displayIdentifier(name.name)}\``);
  const lost = [...constraints, ...indexes];
  return lost.length === 0 ? "" : ` PostgreSQL drops ${lost.join(" and ")} with it.`;
}
