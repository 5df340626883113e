import { displayName, nameKey, type ObjectName } from "../src/core/name.ts";
import type { Operation } from "../src/core/operation.ts";
import type { AddEnumValue } from "../src/core/operations/type-object.ts";
import type { RuleContext } from "../src/core/rule-context.ts";
import { defineRule } from "../src/core/rule.ts";

export default defineRule({
  id: "no-enum-value-use-in-same-transaction",
  summary: "Use a new enum value only after the transaction that adds it",
  severity: "error",
  confidence: "high",
  category: "data-dependent-failure",
  dialects: ["postgresql"],
  since: "0.1.0",
  hazards: ["enum-value-used-in-same-transaction"],
  condition:
    "A value that ALTER TYPE … ADD VALUE adds is used later in the same transaction: written, compared with, or named in a DEFAULT, a CHECK, an index or a view.",
  effect:
    'PostgreSQL refuses the statement with "unsafe use of new value" (55P04), and the migration fails. The implicit transaction of several statements in one query string counts as well. From PostgreSQL 17 a type that the same transaction made is exempt.',
  instead: "Add the value in a migration of its own, and use it in the next.",
  references: ["https://www.postgresql.org/docs/current/sql-altertype.html#SQL-ALTERTYPE-NOTES"],
  examples: [
    {
      title: "A new default",
      before: `CREATE TYPE state AS ENUM ('open', 'closed');
CREATE TABLE tickets (id bigint PRIMARY KEY, state state NOT NULL DEFAULT 'open');`,
      bad: `SET LOCAL lock_timeout = '5s';
ALTER TYPE state ADD VALUE 'new' BEFORE 'open';
ALTER TABLE tickets ALTER COLUMN state SET DEFAULT 'new';`,
      good: `ALTER TYPE state ADD VALUE 'new' BEFORE 'open';
---
SET LOCAL lock_timeout = '5s';
ALTER TABLE tickets ALTER COLUMN state SET DEFAULT 'new';`,
      fails: "55P04",
    },
  ],
  checks: {
    "add-enum-value"(operation, context) {
      const { type, value } = operation;
      if (context.enumType(type)?.values.includes(value) === true) return;
      const sameType = (made: Operation): boolean =>
        made.kind === "create-enum" && nameKey(made.type) === nameKey(type);
      const isNewType = context.earlierInTransaction().some(sameType);
      if (isNewType && context.atLeast(17)) return;

      const columns = columnsByTable(type, context);
      const use = context
        .laterInTransaction()
        .find((later) => uses(later, operation, columns, context));
      if (use === undefined) return;
      const refused = `PostgreSQL refuses to use '${value}' of \`${displayName(type)}\` before the transaction that adds it has ended`;
      if (!isNewType) {
        context.report(
          use,
          `The migration fails here: ${refused}. Add the value in an earlier migration.`,
        );
        return;
      }
      // From 17 on a type that the same transaction made is exempt.
      context.report(
        use,
        `Before PostgreSQL 17 the migration fails here: ${refused}. Name the value in CREATE TYPE.`,
        { confidence: context.mayBe(17) ? "medium" : "high" },
      );
    },
  },
});

/** Names of the columns that have the type, those that this script adds later included. */
function columnsByTable(type: ObjectName, context: RuleContext): Map<string, string[]> {
  const columns = new Map<string, string[]>();
  const add = (table: ObjectName, column: string): void => {
    columns.set(nameKey(table), [...(columns.get(nameKey(table)) ?? []), column]);
  };
  for (const { table, column } of context.columnsOfType(type)) add(table.name, column.name);
  for (const later of context.laterInTransaction()) {
    const defined =
      later.kind === "create-table"
        ? later.columns
        : later.kind === "add-column"
          ? [later.column]
          : [];
    for (const column of defined) {
      if (nameKey(column.type) === nameKey(type) && "table" in later) add(later.table, column.name);
    }
  }
  return columns;
}

/** The statement has the value as a literal, and casts it to the type or names a column of the type. */
function uses(
  later: Operation,
  { type, value }: AddEnumValue,
  columns: ReadonlyMap<string, readonly string[]>,
  context: RuleContext,
): boolean {
  const text = context.migration.up.text.slice(later.span.start, later.span.end);
  const [, ...parts] = text.split(`'${value.replaceAll("'", "''")}'`);
  if (parts.length === 0) return false;
  const isCast = parts.some(
    (after) => CAST_TO.exec(after)?.[1]?.toLowerCase() === type.name.toLowerCase(),
  );
  if (isCast) return true;
  const everyColumn = later.kind === "insert-rows" && later.columns.length === 0;
  const lower = text.toLowerCase();
  return tablesOf(later).some((table) =>
    (columns.get(nameKey(table)) ?? []).some(
      (column) => everyColumn || lower.includes(column.toLowerCase()),
    ),
  );
}

/** `::type` or `AS type)` after a literal. */
const CAST_TO = /^\s*(?:::|AS\b)\s*(?:[\w"]+\.)?"?(\w+)/i;

function tablesOf(operation: Operation): readonly ObjectName[] {
  const read =
    "reads" in operation ? operation.reads : "query" in operation ? operation.query : undefined;
  const own = "table" in operation && operation.table !== undefined ? [operation.table] : [];
  return [...own, ...(read?.tables ?? [])];
}
