import { displayIdentifier, displayName } from "../src/core/name.ts";
import { defineRule } from "../src/core/rule.ts";

export default defineRule({
  id: "no-composite-type-change",
  summary: "Keep the attributes of a composite type that is in use",
  severity: "warning",
  confidence: "medium",
  category: "breaks-running-code",
  dialects: ["postgresql"],
  since: "0.1.0",
  hazards: ["composite-type-attribute-added"],
  condition: "ALTER TYPE that adds, drops, renames or alters an attribute of a composite type.",
  effect:
    "Code that builds or reads values of the type by position, ROW (…)::type or a driver's record, fails or reads the wrong attribute. A function in SQL that returns the type fails with SQLSTATE 42P13 until it is replaced.",
  instead: "Create a new type and move the functions and columns over, one by one.",
  references: ["https://www.postgresql.org/docs/current/sql-altertype.html"],
  examples: [
    {
      title: "A further attribute",
      before: "CREATE TYPE address AS (street text, city text);",
      bad: "ALTER TYPE address ADD ATTRIBUTE country text;",
      good: "CREATE TYPE full_address AS (street text, city text, country text);",
    },
  ],
  optIn: true,
  checks: {
    "alter-composite-type"(operation, context) {
      context.report(
        operation,
        `Running code that builds or reads values of \`${displayName(operation.type)}\` by position no longer fits when \`${displayIdentifier(operation.attribute)}\` changes. Create a new type and move the code over.`,
      );
    },
  },
});
