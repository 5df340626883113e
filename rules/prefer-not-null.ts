import { displayIdentifier, displayName } from "../src/core/name.ts";
import { defineRule } from "../src/core/rule.ts";

export default defineRule({
  id: "prefer-not-null",
  summary: "Write NOT NULL where a value is always there",
  severity: "info",
  confidence: "medium",
  category: "design",
  dialects: ["postgresql"],
  since: "0.1.0",
  condition:
    "A new table has a column that may be NULL and is of one of the types of the option `types`. By default that is boolean, which then has three values.",
  effect:
    "Queries with WHERE column and WHERE NOT column together miss the rows with NULL, and code in most languages reads NULL as false or fails.",
  instead: "Write NOT NULL, with a DEFAULT where the code does not always give a value.",
  references: [
    "https://www.postgresql.org/docs/current/ddl-constraints.html#DDL-CONSTRAINTS-NOT-NULL",
    "https://www.postgresql.org/docs/current/datatype-boolean.html",
  ],
  examples: [
    {
      title: "A switch",
      before: "CREATE TABLE users (id bigint PRIMARY KEY);",
      bad: "CREATE TABLE flags (id bigint PRIMARY KEY, active boolean);",
      good: "CREATE TABLE flags (id bigint PRIMARY KEY, active boolean NOT NULL DEFAULT false);",
    },
  ],
  options: {
    types: {
      default: "bool",
      description: "The types, by PostgreSQL's own names of them, with commas; * for every type.",
    },
  },
  optIn: true,
  hazards: ["require-not-null-column"],
  checks: {
    migration(context) {
      const types = new Set(String(context.option("types")).split(/[\s,]+/));
      for (const operation of context.operations) {
        if (operation.kind !== "create-table" || operation.persistence === "temporary") continue;
        for (const { name, type, span } of operation.columns) {
          if (!types.has("*") && !types.has(type.name)) continue;
          // As it is after the migration: a key or a later SET NOT NULL counts.
          if (context.column(operation.table, name)?.notNull !== false) continue;
          context.report(
            span,
            `Readers of \`${displayIdentifier(name)}\` of \`${displayName(operation.table)}\` meet NULL, which is neither true nor false in a WHERE. Write NOT NULL, with a DEFAULT where that is needed.`,
            { table: operation.table },
          );
        }
      }
    },
  },
});
