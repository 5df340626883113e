import { displayIdentifier } from "../src/core/name.ts";
import { defineRule } from "../src/core/rule.ts";

export default defineRule({
  id: "require-extension-version",
  summary: "Name the version of an extension",
  severity: "info",
  confidence: "high",
  category: "design",
  dialects: ["postgresql"],
  since: "0.1.0",
  hazards: ["extension-version-not-pinned"],
  condition: "CREATE EXTENSION without VERSION.",
  effect:
    "Each environment gets the version that its server has at that moment: a function that development has may be missing in production.",
  instead: "Name a version that every server has.",
  references: ["https://www.postgresql.org/docs/current/sql-createextension.html"],
  examples: [
    {
      title: "An extension",
      before: "CREATE SCHEMA extensions;",
      bad: "CREATE EXTENSION hstore SCHEMA extensions;",
      good: "CREATE EXTENSION hstore SCHEMA extensions VERSION '1.8';",
    },
  ],
  optIn: true,
  checks: {
    "create-extension"(operation, context) {
      if (operation.version !== undefined) return;
      context.report(
        operation,
        `Each environment gets the version of \`${displayIdentifier(operation.extension)}\` that its server happens to have. Name one with VERSION.`,
      );
    },
  },
});
