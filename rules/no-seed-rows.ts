import { displayName } from "../src/core/name.ts";
import { defineRule } from "../src/core/rule.ts";

export default defineRule({
  id: "no-seed-rows",
  summary: "Keep rows out of schema migrations",
  severity: "info",
  confidence: "medium",
  category: "design",
  dialects: ["postgresql"],
  since: "0.1.0",
  hazards: ["insert-into-existing-table", "seed-insert-conflict"],
  condition: "INSERT … VALUES into a table that was there before the migrations under review.",
  effect:
    "Production may have the row already, by hand or from elsewhere: the INSERT then fails with SQLSTATE 23505 and the deployment with it. Nobody who reads the schema expects rows in its history.",
  instead: "Seed rows by a script of their own, with ON CONFLICT DO NOTHING.",
  references: ["https://www.postgresql.org/docs/current/sql-insert.html#SQL-ON-CONFLICT"],
  examples: [
    {
      title: "One more region",
      before: "CREATE TABLE regions (code text PRIMARY KEY, name text);",
      bad: "INSERT INTO regions (code, name) VALUES ('eu', 'Europe');",
      good: `CREATE TABLE zones (code text PRIMARY KEY, name text);
INSERT INTO zones (code, name) VALUES ('eu', 'Europe');`,
    },
  ],
  optIn: true,
  checks: {
    "insert-rows"(operation, context) {
      const { table, rows, onConflict } = operation;
      if (rows === undefined || onConflict !== "none" || context.isNewTable(table)) return;
      context.report(
        operation,
        `The deployment fails where \`${displayName(table)}\` has such a row already. Seed rows by a script of their own, with ON CONFLICT DO NOTHING.`,
        { table },
      );
    },
  },
});
