import { displayIdentifier } from "../src/core/name.ts";
import { defineRule } from "../src/core/rule.ts";

export default defineRule({
  id: "no-drop-database",
  summary: "Never drop a database, or all that a role owns, in a migration",
  severity: "error",
  confidence: "high",
  category: "data-loss",
  dialects: ["postgresql"],
  since: "0.1.0",
  hazards: ["drop-database", "drop-owned-or-reassign"],
  condition: "DROP DATABASE or DROP OWNED.",
  effect:
    "DROP DATABASE removes everything in it, and fails inside a transaction. DROP OWNED removes every object that a role owns in this database, and every privilege that it was given.",
  instead:
    "Remove a database or a role by hand, as a task of its operators. Drop by name what a migration no longer needs.",
  references: [
    "https://www.postgresql.org/docs/current/sql-dropdatabase.html",
    "https://www.postgresql.org/docs/current/sql-drop-owned.html",
  ],
  examples: [
    {
      title: "A database",
      before: "CREATE TABLE reports (id bigint PRIMARY KEY);",
      bad: "DROP DATABASE IF EXISTS reporting;",
      good: `COMMENT ON TABLE reports IS 'Was in the database "reporting", which is dropped by hand.';`,
      fails: "25001",
    },
  ],
  squawk: ["ban-drop-database"],
  checks: {
    "drop-object"(operation, context) {
      if (operation.object === "database") {
        const name = operation.name === undefined ? "" : displayIdentifier(operation.name.name);
        context.report(
          operation,
          `Everything in the database \`${name}\` is lost, for everyone who uses it. Remove the statement, and drop a database by hand.`,
        );
      } else if (operation.object === "owned-objects") {
        context.report(
          operation,
          "Every object that the role owns in this database is lost, tables with all rows included. Drop by name what is to go.",
        );
      }
    },
  },
});
