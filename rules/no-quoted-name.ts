import { displayIdentifier } from "../src/core/name.ts";
import type { Operation } from "../src/core/operation.ts";
import { defineRule } from "../src/core/rule.ts";

export default defineRule({
  id: "no-quoted-name",
  summary: "Choose names that need no quotes",
  severity: "info",
  confidence: "high",
  category: "hygiene",
  dialects: ["postgresql"],
  since: "0.1.0",
  condition:
    "A table, view or column gets a name with capitals or other characters that need quotes, or one of PostgreSQL's reserved words.",
  effect:
    "Everybody who writes SQL against it has to quote the name for ever: without quotes the statement fails, or finds another object.",
  instead: "Write lower case with underscores, and another word for a reserved one.",
  references: [
    "https://www.postgresql.org/docs/current/sql-syntax-lexical.html#SQL-SYNTAX-IDENTIFIERS",
    "https://www.postgresql.org/docs/current/sql-keywords-appendix.html",
  ],
  examples: [
    {
      title: "Capitals and a reserved word",
      before: "CREATE TABLE users (id bigint PRIMARY KEY);",
      bad: 'CREATE TABLE "sortOrders" (id bigint PRIMARY KEY, "order" bigint NOT NULL);',
      good: "CREATE TABLE sort_orders (id bigint PRIMARY KEY, place bigint NOT NULL);",
    },
  ],
  optIn: true,
  generatedBy: ["prisma", "django"],
  hazards: ["reserved-or-mixed-case-identifier"],
  checks: {
    operation(operation, context) {
      for (const name of givenNames(operation)) {
        const isReserved = RESERVED.has(name);
        if (!isReserved && displayIdentifier(name) === name) continue;
        const why = isReserved ? "it is a reserved word" : "PostgreSQL folds names without quotes";
        context.report(
          operation,
          `Everybody who writes SQL has to quote "${name.replaceAll('"', '""')}" for ever: ${why}. Choose a name in lower case with underscores.`,
        );
      }
    },
  },
});

/** The names of tables, views and columns that an operation gives. */
function givenNames(operation: Operation): readonly string[] {
  switch (operation.kind) {
    case "create-table":
      return [operation.table.name, ...operation.columns.map(({ name }) => name)];
    case "create-view":
      return [operation.view.name];
    case "add-column":
      return [operation.column.name];
    case "rename-table":
    case "rename-column":
    case "rename-view":
      return [operation.to];
    default:
      return [];
  }
}

/** Words that pg_get_keywords() of PostgreSQL 18 gives as reserved. */
const RESERVED = new Set(
  `all analyse analyze and any array as asc asymmetric both case cast check collate column constraint
  create current_catalog current_date current_role current_time current_timestamp current_user default
  deferrable desc distinct do else end except false fetch for foreign from grant group having in
  initially intersect into lateral leading limit localtime localtimestamp not null offset on only or
  order placing primary references returning select session_user some symmetric system_user table then
  to trailing true union unique user using variadic when where window with`.split(/\s+/),
);
