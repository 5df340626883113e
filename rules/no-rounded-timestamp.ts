import { displayIdentifier, displayName } from "../src/core/name.ts";
import { defineRule } from "../src/core/rule.ts";
import { writtenColumns } from "../src/core/written-columns.ts";

export default defineRule({
  id: "no-rounded-timestamp",
  summary: "Keep the fractions of a second",
  severity: "info",
  confidence: "high",
  category: "design",
  dialects: ["postgresql"],
  since: "0.1.0",
  condition: "A column of the type timestamp(0), timestamptz(0), time(0) or timetz(0).",
  effect:
    "Values are rounded, not cut: half a second before midnight becomes the next day, and a row made now can be from the future. Rows of the same second have no order.",
  instead: "Write timestamptz, and date_trunc('second', …) where seconds are shown.",
  references: [
    "https://www.postgresql.org/docs/current/datatype-datetime.html",
    "https://wiki.postgresql.org/wiki/Don%27t_Do_This",
  ],
  examples: [
    {
      title: "A moment",
      before: "CREATE TABLE users (id bigint PRIMARY KEY);",
      bad: "CREATE TABLE logins (id bigint PRIMARY KEY, at timestamptz(0) NOT NULL);",
      good: "CREATE TABLE logins (id bigint PRIMARY KEY, at timestamptz NOT NULL);",
    },
  ],
  optIn: true,
  hazards: ["timestamp-precision-zero"],
  checks: {
    operation(operation, context) {
      for (const { table, name, type, builtin, span } of writtenColumns(operation)) {
        if (builtin?.startsWith("time") !== true || type.modifiers[0] !== 0) continue;
        context.report(
          span,
          `Readers of \`${displayIdentifier(name)}\` of \`${displayName(table)}\` meet moments up to half a second in the future: precision 0 rounds. Write the type without it.`,
          { table },
        );
      }
    },
  },
});
