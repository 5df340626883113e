import { displayIdentifier, displayName } from "../src/core/name.ts";
import { defineRule } from "../src/core/rule.ts";
import { writtenColumns } from "../src/core/written-columns.ts";

export default defineRule({
  id: "prefer-text",
  summary: "Write text and a CHECK where a column has a length limit",
  severity: "info",
  confidence: "high",
  category: "design",
  dialects: ["postgresql"],
  since: "0.1.0",
  condition: "A column of the type varchar(n). varchar without a length is not reported.",
  effect:
    "Inserts of longer values fail on the day on which the limit turns out too small, and a limit in a type is harder to change than a CHECK: every view of the column has to be dropped first. varchar is no faster and no smaller than text.",
  instead: "Write text, and CHECK (length(column) <= n) where a limit is meant.",
  references: [
    "https://www.postgresql.org/docs/current/datatype-character.html",
    "https://wiki.postgresql.org/wiki/Don%27t_Do_This",
  ],
  examples: [
    {
      title: "A name",
      before: "CREATE TABLE users (id bigint PRIMARY KEY);",
      bad: "CREATE TABLE tags (id bigint PRIMARY KEY, name varchar(50) NOT NULL);",
      good: "CREATE TABLE tags (id bigint PRIMARY KEY, name text NOT NULL CHECK (length(name) <= 50));",
    },
  ],
  optIn: true,
  generatedBy: ["django"],
  squawk: ["prefer-text-field"],
  hazards: ["prefer-text-over-varchar"],
  checks: {
    operation(operation, context) {
      for (const { table, name, type, builtin, span } of writtenColumns(operation)) {
        if (builtin !== "varchar" || type.modifiers.length === 0) continue;
        context.report(
          span,
          `Inserts of more than ${type.modifiers.join()} characters into \`${displayIdentifier(name)}\` of \`${displayName(table)}\` fail, and views block a change of the type. Write text, and a CHECK where the limit is meant.`,
          { table },
        );
      }
    },
  },
});
