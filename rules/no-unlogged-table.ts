import { displayName } from "../src/core/name.ts";
import { defineRule } from "../src/core/rule.ts";

export default defineRule({
  id: "no-unlogged-table",
  summary: "Keep rows that matter out of unlogged tables",
  severity: "warning",
  confidence: "high",
  category: "data-loss",
  dialects: ["postgresql"],
  since: "0.1.0",
  hazards: ["create-unlogged-table"],
  condition: "CREATE UNLOGGED TABLE.",
  effect:
    "After a crash of the server PostgreSQL empties the table. A standby has none of its rows, and neither does a server that takes over.",
  instead: "Create the table without UNLOGGED, unless its rows can be made again at any time.",
  references: [
    "https://www.postgresql.org/docs/current/sql-createtable.html#SQL-CREATETABLE-UNLOGGED",
  ],
  examples: [
    {
      title: "A table of sessions",
      before: "CREATE TABLE users (id bigint PRIMARY KEY);",
      bad: "CREATE UNLOGGED TABLE sessions (id bigint PRIMARY KEY, token text);",
      good: "CREATE TABLE sessions (id bigint PRIMARY KEY, token text);",
    },
  ],
  optIn: true,
  checks: {
    "create-table"(operation, context) {
      if (operation.persistence !== "unlogged" || context.table(operation.table)) return;
      context.report(
        operation,
        `A crash of the server empties \`${displayName(operation.table)}\`, and no standby has its rows. Create it without UNLOGGED, unless they can be made again at any time.`,
        { table: operation.table },
      );
    },
  },
});
