import { displayIdentifier, displayName } from "../src/core/name.ts";
import { defineRule } from "../src/core/rule.ts";
import { writtenColumns } from "../src/core/written-columns.ts";

export default defineRule({
  id: "prefer-jsonb",
  summary: "Write jsonb in place of json",
  severity: "info",
  confidence: "high",
  category: "design",
  dialects: ["postgresql"],
  since: "0.1.0",
  condition: "A column of the type json.",
  effect:
    "The type json has no equality: SELECT DISTINCT, GROUP BY and UNION over the column fail, no index serves it, and every read parses the text again.",
  instead:
    "Write jsonb, unless the order of keys, their duplicates or the white space have to stay.",
  references: ["https://www.postgresql.org/docs/current/datatype-json.html"],
  examples: [
    {
      title: "Settings",
      before: "CREATE TABLE users (id bigint PRIMARY KEY);",
      bad: "CREATE TABLE profiles (id bigint PRIMARY KEY, settings json NOT NULL);",
      good: "CREATE TABLE profiles (id bigint PRIMARY KEY, settings jsonb NOT NULL);",
    },
  ],
  optIn: true,
  squawk: ["prefer-jsonb"],
  hazards: ["prefer-jsonb"],
  checks: {
    operation(operation, context) {
      for (const { table, name, builtin, span } of writtenColumns(operation)) {
        if (builtin !== "json") continue;
        context.report(
          span,
          `Queries with DISTINCT, GROUP BY or UNION over \`${displayIdentifier(name)}\` of \`${displayName(table)}\` fail: json has no equality. Write jsonb.`,
          { table },
        );
      }
    },
  },
});
