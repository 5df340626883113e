import { displayIdentifier } from "../src/core/name.ts";
import type { Operation } from "../src/core/operation.ts";
import { defineRule } from "../src/core/rule.ts";

export default defineRule({
  id: "no-drop-schema",
  summary: "Drop what a schema holds by name, not with the schema",
  severity: "error",
  confidence: "high",
  category: "data-loss",
  dialects: ["postgresql"],
  since: "0.1.0",
  hazards: ["drop-schema"],
  condition: "DROP SCHEMA of a schema that the same migration did not make.",
  effect:
    "With CASCADE every table, view, type and function in the schema goes, with all rows, and so does whatever depends on them elsewhere. Without it, PostgreSQL refuses while the schema holds anything.",
  instead: "Drop the objects of the schema by name, so that a reader sees what is lost.",
  references: ["https://www.postgresql.org/docs/current/sql-dropschema.html"],
  examples: [
    {
      title: "A schema and all that it holds",
      before: `CREATE SCHEMA archive;
CREATE VIEW archive.numbers AS SELECT 1 AS one;`,
      bad: "DROP SCHEMA archive CASCADE;",
      good: "COMMENT ON SCHEMA archive IS 'unused since release 41';",
    },
  ],
  checks: {
    "drop-schema"(operation, context) {
      const { schema, cascade } = operation;
      const made = (earlier: Operation): boolean =>
        earlier.kind === "create-schema" && earlier.schema === schema && !earlier.ifNotExists;
      const before = context.operations.slice(0, context.operations.indexOf(operation));
      if (before.some(made)) return;

      const name = displayIdentifier(schema);
      if (cascade) {
        context.report(
          operation,
          `Every table in the schema \`${name}\` is lost with all rows, and so is whatever depends on its objects elsewhere. Drop by name what is to go.`,
        );
      } else {
        context.report(
          operation,
          `Running code that names the schema \`${name}\` fails at once, and PostgreSQL refuses this statement while the schema holds anything. Make sure that it is empty everywhere.`,
          { severity: "warning" },
        );
      }
    },
  },
});
