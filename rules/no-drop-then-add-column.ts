import { copiesValues } from "../src/core/copied-values.ts";
import { displayIdentifier, displayName, nameKey, type ObjectName } from "../src/core/name.ts";
import type { AddColumn, DropColumn } from "../src/core/operations/column.ts";
import type { RuleContext } from "../src/core/rule-context.ts";
import type { Column } from "../src/core/schema-object.ts";
import type { TypeReference } from "../src/core/type-reference.ts";
import { defineRule } from "../src/core/rule.ts";

export default defineRule({
  id: "no-drop-then-add-column",
  summary: "Carry values over when one column takes another's place",
  severity: "warning",
  confidence: "medium",
  category: "data-loss",
  dialects: ["postgresql"],
  since: "0.1.0",
  hazards: ["drop-then-add-same-column", "prisma-rename-as-drop-add"],
  condition:
    "A migration drops one column of a table that was there before and adds one of the same type whose name shares a word with it, and no statement copies its values. An error when the names are equal.",
  effect:
    "Generators write a renamed field as a drop and an add: the schema looks right, and the values of every row are lost.",
  instead:
    "For a rename, keep the column's name in the database and rename it in code only, or add the new one, copy the values in batches and drop the old one in a later release. For another type, use ALTER COLUMN … TYPE or a second column.",
  references: ["https://www.prisma.io/docs/orm/prisma-migrate/workflows/customizing-migrations"],
  examples: [
    {
      title: "A renamed field",
      before: "CREATE TABLE users (id bigint PRIMARY KEY, name text);",
      bad: `SET LOCAL lock_timeout = '5s';
-- migrate-verify-ignore no-drop-column it is called full_name now
ALTER TABLE users DROP COLUMN name;
ALTER TABLE users ADD COLUMN full_name text;`,
      good: `SET LOCAL lock_timeout = '5s';
ALTER TABLE users ADD COLUMN full_name text;`,
    },
  ],
  checks: {
    "drop-column"(operation, context) {
      const { table } = operation;
      const column = context.column(table, operation.column);
      if (column === undefined || column.isNew || column.generated !== undefined) return;
      const before = context.operations.slice(0, context.operations.indexOf(operation));
      if (before.some((earlier) => copiesValues(earlier, table, column.name))) return;

      const added = context.operations.filter(
        (other): other is AddColumn => other.kind === "add-column" && isOn(table, other),
      );
      const old = displayIdentifier(column.name);
      const of = `\`${displayName(table)}\``;
      const same = added.find((other) => other.column.name === column.name);
      if (same !== undefined) {
        context.report(
          same,
          `\`${old}\` of ${of} starts anew: the values that it had in every row are dropped with the old column. Change its type with ALTER COLUMN … TYPE, or add a column of another name and copy them.`,
          { table, severity: "error", confidence: "high" },
        );
        return;
      }
      const [add] = added;
      if (add === undefined || added.length > 1 || dropsOthers(operation, context)) return;
      if (!isLikelyRename(column, add, context)) return;
      const name = displayIdentifier(add.column.name);
      context.report(
        add,
        `If \`${name}\` is \`${old}\` of ${of} renamed, the values of every row are lost: the old column is dropped and the new one starts empty. Keep \`${old}\` until its values are copied.`,
        { table },
      );
    },
  },
});

function isOn(table: ObjectName, other: { readonly table: ObjectName }): boolean {
  return nameKey(other.table) === nameKey(table);
}

function dropsOthers(drop: DropColumn, context: RuleContext): boolean {
  return context.operations.some(
    (other) => other.kind === "drop-column" && other !== drop && isOn(drop.table, other),
  );
}

function isLikelyRename(
  column: Column,
  { table, column: added }: AddColumn,
  context: RuleContext,
): boolean {
  const isFilled = context.operations.some(
    (other) =>
      other.kind === "update-rows" && isOn(table, other) && other.columns.includes(added.name),
  );
  return !isFilled && isSameType(column.type, added.type) && sharesWord(column.name, added.name);
}

function isSameType(one: TypeReference, other: TypeReference): boolean {
  return (
    one.name === other.name &&
    one.arrayDimensions === other.arrayDimensions &&
    one.modifiers.join() === other.modifiers.join()
  );
}

/** `name` and `fullName`, `user_name` and `username`; words as short as `id` and `at` are in every name. */
function sharesWord(one: string, other: string): boolean {
  const [words, others] = [one, other].map((name) =>
    name
      .replace(/([a-z\d])(?=[A-Z])/g, "$1_")
      .toLowerCase()
      .split("_"),
  ) as [string[], string[]];
  const shared = words.some((word) => word.length > 2 && others.includes(word));
  return shared || words.join("") === others.join("");
}
