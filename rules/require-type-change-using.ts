import { displayIdentifier, displayName, nameKey } from "../src/core/name.ts";
import type { RuleContext } from "../src/core/rule-context.ts";
import { defineRule } from "../src/core/rule.ts";
import type { Column } from "../src/core/schema-object.ts";
import { familyOf } from "../src/core/type-family.ts";
import type { TypeReference } from "../src/core/type-reference.ts";
import { sqlIdentifier } from "../src/core/sql-name.ts";

export default defineRule({
  id: "require-type-change-using",
  summary: "Say with USING how values become the new type",
  severity: "error",
  confidence: "high",
  category: "data-dependent-failure",
  dialects: ["postgresql"],
  since: "0.1.0",
  hazards: ["type-change-cast-missing"],
  condition:
    "ALTER COLUMN TYPE without USING to a type that PostgreSQL does not convert to by itself, such as text to integer or one enum to another; or a column whose default does not convert, also with USING.",
  effect: "The statement fails with SQLSTATE 42804, also on an empty table.",
  instead:
    "Write USING column::type. Drop a default that does not convert before, and set it again afterwards.",
  references: [
    "https://www.postgresql.org/docs/current/sql-altertable.html#SQL-ALTERTABLE-DESC-SET-DATA-TYPE",
    "https://www.postgresql.org/docs/current/sql-createcast.html",
  ],
  examples: [
    {
      title: "A text that becomes a number",
      before: "CREATE TABLE products (id bigint PRIMARY KEY);",
      bad: `CREATE TABLE drafts (id bigint PRIMARY KEY, price text);
ALTER TABLE drafts ALTER COLUMN price TYPE numeric;`,
      good: `CREATE TABLE drafts (id bigint PRIMARY KEY, price text);
ALTER TABLE drafts ALTER COLUMN price TYPE numeric USING price::numeric;`,
      fails: "42804",
    },
  ],
  directions: ["up", "down"],
  checks: {
    "alter-column-type"(operation, context) {
      const { table } = operation;
      const column = context.column(table, operation.column);
      if (column === undefined || column.generated !== undefined) return;
      if (!isRefused(column.type, operation.type, context)) return;
      const name = displayIdentifier(operation.column);
      const types = `${column.type.text} to ${operation.type.text}`;
      if (operation.using === undefined) {
        context.report(
          operation,
          `PostgreSQL does not convert \`${name}\` of \`${displayName(table)}\` from ${types} by itself: this fails with SQLSTATE 42804. Write USING ${sqlIdentifier(operation.column)}::${operation.type.text}.`,
          { table },
        );
      } else if (isDefaultRefused(column, operation.type, context)) {
        context.report(
          operation,
          `The default of \`${name}\` of \`${displayName(table)}\` does not convert from ${types}, and USING does not speak of it: this fails with SQLSTATE 42804. Drop the default before, and set it again afterwards.`,
          { table },
        );
      }
    },
  },
});

/** No assignment cast leads from one type to the other. Every type can be assigned to text. */
function isRefused(from: TypeReference, to: TypeReference, context: RuleContext): boolean {
  const family = familyOf(from, context);
  const target = familyOf(to, context);
  if (family === undefined || target === undefined || target === "text") return false;
  if (family !== target) return true;
  return family === "enum" && nameOf(from, context) !== nameOf(to, context);
}

function nameOf(type: TypeReference, context: RuleContext): string {
  return nameKey(context.enumType(type)?.name ?? type);
}

/**
 * A default other than NULL. What PostgreSQL wrapped around it to fit the column it takes off again
 * (ATPrepAlterColumnType): `DEFAULT 1` of a text becomes an integer, and only a literal in quotes
 * has the column's type.
 */
function isDefaultRefused(column: Column, to: TypeReference, context: RuleContext): boolean {
  if (column.default === undefined || column.default.null) return false;
  if (column.identity !== undefined || context.volatility(column.default) !== "constant")
    return false;
  return isRefused(column.default.constantType ?? column.type, to, context);
}
