import { displayIdentifier, displayName } from "../src/core/name.ts";
import { defineRule } from "../src/core/rule.ts";
import { writtenColumns } from "../src/core/written-columns.ts";

/** The reg types that https://www.postgresql.org/docs/current/pgupgrade.html names. */
const UPGRADE_REFUSES = [
  "regcollation",
  "regconfig",
  "regdictionary",
  "regnamespace",
  "regoper",
  "regoperator",
  "regproc",
  "regprocedure",
];

export default defineRule({
  id: "no-forbidden-type",
  summary: "Keep columns free of the types that the project does not use",
  severity: "warning",
  confidence: "high",
  category: "design",
  dialects: ["postgresql"],
  since: "0.1.0",
  condition:
    "A column has one of the types of the option `types`. By default these are the reg types that pg_upgrade refuses.",
  effect:
    "The program pg_upgrade stops at a column with a number of the catalog in it (regproc, regnamespace and their like), since the numbers are others on the new server. What else the option names is the project's own agreement.",
  instead: "Write another type; text for the name of an object of the catalog.",
  references: ["https://www.postgresql.org/docs/current/pgupgrade.html"],
  examples: [
    {
      title: "The name of a function",
      before: "CREATE TABLE users (id bigint PRIMARY KEY);",
      bad: "CREATE TABLE hooks (id bigint PRIMARY KEY, handler regproc NOT NULL);",
      good: "CREATE TABLE hooks (id bigint PRIMARY KEY, handler text NOT NULL);",
    },
  ],
  options: {
    types: {
      default: UPGRADE_REFUSES.join(", "),
      description: "The types, by PostgreSQL's own names of them (int4, bpchar), with commas.",
    },
  },
  optIn: true,
  hazards: ["forbidden-column-type"],
  checks: {
    operation(operation, context) {
      const columns = writtenColumns(operation);
      if (columns.length === 0) return;
      const types = new Set(String(context.option("types")).split(/[\s,]+/));
      for (const { table, name, type, span } of columns) {
        const qualified = type.schema === undefined ? type.name : `${type.schema}.${type.name}`;
        if (!types.has(type.name) && !types.has(qualified)) continue;
        const who = UPGRADE_REFUSES.includes(type.name)
          ? `pg_upgrade stops at the type ${type.name}`
          : `The project's configuration forbids the type ${type.name}`;
        context.report(
          span,
          `${who}, which \`${displayIdentifier(name)}\` of \`${displayName(table)}\` has. Write another.`,
          { table },
        );
      }
    },
  },
});
