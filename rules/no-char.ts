import { displayIdentifier, displayName } from "../src/core/name.ts";
import { defineRule } from "../src/core/rule.ts";
import { writtenColumns } from "../src/core/written-columns.ts";

export default defineRule({
  id: "no-char",
  summary: "Write text in place of char(n)",
  severity: "info",
  confidence: "high",
  category: "design",
  dialects: ["postgresql"],
  since: "0.1.0",
  condition:
    'A column of the type char(n) or char. The internal type "char" and bpchar without a length are not reported.',
  effect:
    "Every value is padded with blanks to the length, and the blanks come and go: they count in LIKE and in what the client reads, and not in = or length().",
  instead: "Write text, and CHECK (length(column) = n) where the length is fixed.",
  references: [
    "https://www.postgresql.org/docs/current/datatype-character.html",
    "https://wiki.postgresql.org/wiki/Don%27t_Do_This",
  ],
  examples: [
    {
      title: "A country",
      before: "CREATE TABLE users (id bigint PRIMARY KEY);",
      bad: "CREATE TABLE shops (id bigint PRIMARY KEY, country char(2) NOT NULL);",
      good: "CREATE TABLE shops (id bigint PRIMARY KEY, country text NOT NULL CHECK (length(country) = 2));",
    },
  ],
  optIn: true,
  squawk: ["ban-char-field"],
  hazards: ["ban-char"],
  checks: {
    operation(operation, context) {
      for (const { table, name, type, builtin, span } of writtenColumns(operation)) {
        if (builtin !== "bpchar" || type.modifiers.length === 0) continue;
        context.report(
          span,
          `Readers of \`${displayIdentifier(name)}\` of \`${displayName(table)}\` get values padded with blanks, which some comparisons count and some do not. Write text, and a CHECK where the length is fixed.`,
          { table },
        );
      }
    },
  },
});
