import { displayIdentifier, displayName } from "../src/core/name.ts";
import { sameName } from "../src/core/object-map.ts";
import { defineRule } from "../src/core/rule.ts";
import type { TypeReference } from "../src/core/type-reference.ts";

export default defineRule({
  id: "no-misleading-if-not-exists",
  summary: "Let IF NOT EXISTS hide no difference",
  severity: "warning",
  confidence: "high",
  category: "ordering",
  dialects: ["postgresql"],
  since: "0.1.0",
  condition:
    "CREATE TABLE IF NOT EXISTS or ADD COLUMN IF NOT EXISTS of what an earlier migration made, with columns that the table does not have, or with another type.",
  effect:
    "The statement does nothing, with a notice that nobody reads: the columns or the type are missing, and the code that expects them fails after the release.",
  instead: "Write ALTER TABLE for the difference.",
  references: ["https://www.postgresql.org/docs/current/sql-createtable.html"],
  examples: [
    {
      title: "A table that is there already",
      before: "CREATE TABLE notes (id bigint PRIMARY KEY);",
      bad: "CREATE TABLE IF NOT EXISTS notes (id bigint PRIMARY KEY, title text);",
      good: `SET LOCAL lock_timeout = '5s';
ALTER TABLE notes ADD COLUMN title text;`,
    },
  ],
  hazards: ["misleading-if-not-exists"],
  checks: {
    "create-table"(operation, context) {
      const { table: name, ifNotExists, columns } = operation;
      const table = ifNotExists ? context.table(name) : undefined;
      if (table === undefined) return;
      const missing = columns.filter((one) => !table.columns.some((old) => old.name === one.name));
      const [first] = missing;
      if (first === undefined) return;
      context.report(
        operation,
        `Code that expects \`${displayIdentifier(first.name)}\` in \`${displayName(name)}\` fails: an earlier migration made the table without it, so this statement does nothing. Write ALTER TABLE for the difference.`,
        { table: name },
      );
    },
    "add-column"({ table, column, ifNotExists, span }, context) {
      const old = ifNotExists ? context.column(table, column.name) : undefined;
      if (old === undefined || isSameType(old.type, column.type)) return;
      context.report(
        span,
        `Code that expects ${column.type.text} in \`${displayIdentifier(column.name)}\` of \`${displayName(table)}\` meets ${old.type.text}: an earlier statement made the column, so this one does nothing. Write ALTER COLUMN … TYPE.`,
        { table },
      );
    },
  },
});

function isSameType(one: TypeReference, other: TypeReference): boolean {
  return (
    sameName(one, other) &&
    one.arrayDimensions > 0 === other.arrayDimensions > 0 &&
    one.modifiers.join() === other.modifiers.join()
  );
}
