import { displayIdentifier } from "../src/core/name.ts";
import { defineRule } from "../src/core/rule.ts";

export default defineRule({
  id: "no-rename-schema",
  summary: "Keep the names of schemas that running code uses",
  severity: "error",
  confidence: "high",
  category: "breaks-running-code",
  dialects: ["postgresql"],
  since: "0.1.0",
  hazards: ["rename-schema"],
  condition: "ALTER SCHEMA … RENAME of a schema that the same migration did not make.",
  effect:
    "Every statement of running code that names the schema, or finds its tables by a search_path that does, fails at once.",
  instead:
    "Make the new schema beside the old one, move one table at a time, and leave a view behind for each.",
  references: ["https://www.postgresql.org/docs/current/sql-alterschema.html"],
  examples: [
    {
      title: "A schema with a better name",
      before: `CREATE SCHEMA crm;
CREATE VIEW crm.stages AS SELECT 'lead' AS name;`,
      bad: "ALTER SCHEMA crm RENAME TO sales;",
      good: `CREATE SCHEMA sales;
CREATE VIEW sales.stages AS SELECT name FROM crm.stages;`,
    },
  ],
  checks: {
    "rename-schema"(operation, context) {
      const { schema, to } = operation;
      const before = context.operations.slice(0, context.operations.indexOf(operation));
      if (before.some((made) => made.kind === "create-schema" && made.schema === schema)) return;
      context.report(
        operation,
        `Running code that names a table of \`${displayIdentifier(schema)}\`, or has it in its search_path, fails at once. Create \`${displayIdentifier(to)}\` beside it, move one table at a time, and leave views behind.`,
      );
    },
  },
});
