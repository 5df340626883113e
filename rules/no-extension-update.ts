import { displayIdentifier } from "../src/core/name.ts";
import { defineRule } from "../src/core/rule.ts";

export default defineRule({
  id: "no-extension-update",
  summary: "Update extensions apart from migrations",
  severity: "warning",
  confidence: "medium",
  category: "breaks-running-code",
  dialects: ["postgresql"],
  since: "0.1.0",
  hazards: ["extension-altered"],
  condition: "ALTER EXTENSION … UPDATE, ADD or DROP.",
  effect:
    "Functions and operators of the extension change under running queries, and few extensions know a way back. Where the server holds other versions than the one at hand, the statement fails.",
  instead: "Update the extension with the server, after a trial on a copy.",
  references: ["https://www.postgresql.org/docs/current/sql-alterextension.html"],
  examples: [
    {
      title: "An update",
      before: "CREATE EXTENSION hstore VERSION '1.4';",
      bad: "ALTER EXTENSION hstore UPDATE TO '1.8';",
      good: "COMMENT ON EXTENSION hstore IS 'updated with the server';",
    },
  ],
  optIn: true,
  squawk: ["ban-alter-extension"],
  checks: {
    "alter-object"(operation, context) {
      if (operation.object !== "extension" || operation.name === undefined) return;
      context.report(
        operation,
        `Functions of \`${displayIdentifier(operation.name.name)}\` change under running queries, and hardly any extension has a way back. Update it with the server.`,
      );
    },
  },
});
