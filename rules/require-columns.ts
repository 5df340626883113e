import { displayIdentifier, displayName } from "../src/core/name.ts";
import { defineRule } from "../src/core/rule.ts";

export default defineRule({
  id: "require-columns",
  summary: "Give every table the columns that the project agreed on",
  severity: "warning",
  confidence: "high",
  category: "design",
  dialects: ["postgresql"],
  since: "0.1.0",
  condition:
    "A table is created without one of the columns of the option `columns`, and the migration does not add it. Temporary tables, partitions and foreign tables are not reported.",
  effect:
    "What reads the column of every table (an audit, a filter by tenant, a synchronisation by date of change) fails for this one or passes it by.",
  instead: "Add the column.",
  references: ["https://www.postgresql.org/docs/current/sql-createtable.html"],
  examples: [
    {
      title: "A date of creation",
      before: "CREATE TABLE users (id bigint PRIMARY KEY);",
      bad: "CREATE TABLE notes (id bigint PRIMARY KEY);",
      good: "CREATE TABLE notes (id bigint PRIMARY KEY, created_at timestamptz NOT NULL);",
      options: { columns: "created_at" },
    },
  ],
  options: {
    columns: { default: "", description: "The columns, with commas. Empty: none is required." },
  },
  optIn: true,
  hazards: ["required-columns"],
  checks: {
    migration(context) {
      const required = String(context.option("columns"))
        .split(/[\s,]+/)
        .filter(Boolean);
      for (const operation of required.length === 0 ? [] : context.operations) {
        if (operation.kind !== "create-table" || operation.foreign) continue;
        const table = context.table(operation.table);
        if (table === undefined || table.persistence === "temporary") continue;
        if (table.partitionOf !== undefined) continue;
        const missing = required.filter((name) => !table.columns.some((one) => one.name === name));
        if (missing.length === 0) continue;
        context.report(
          operation,
          `Code that expects ${missing.map((name) => `\`${displayIdentifier(name)}\``).join(", ")} in every table fails with \`${displayName(operation.table)}\`. Add what is missing.`,
          { table: operation.table },
        );
      }
    },
  },
});
