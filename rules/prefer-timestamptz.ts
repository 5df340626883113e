import { displayIdentifier, displayName } from "../src/core/name.ts";
import { defineRule } from "../src/core/rule.ts";
import { writtenColumns } from "../src/core/written-columns.ts";

export default defineRule({
  id: "prefer-timestamptz",
  summary: "Write timestamptz for a moment in time",
  severity: "info",
  confidence: "high",
  category: "design",
  dialects: ["postgresql"],
  since: "0.1.0",
  condition: "A column of the type timestamp, that is timestamp without time zone.",
  effect:
    "The value says what a clock showed and not where: two servers or sessions in other zones read it as other moments, and the hour of a change to winter time is there twice.",
  instead: "Write timestamptz. It takes the same 8 bytes.",
  references: [
    "https://www.postgresql.org/docs/current/datatype-datetime.html",
    "https://wiki.postgresql.org/wiki/Don%27t_Do_This",
  ],
  examples: [
    {
      title: "A moment",
      before: "CREATE TABLE users (id bigint PRIMARY KEY);",
      bad: "CREATE TABLE logins (id bigint PRIMARY KEY, at timestamp NOT NULL);",
      good: "CREATE TABLE logins (id bigint PRIMARY KEY, at timestamptz NOT NULL);",
    },
  ],
  optIn: true,
  generatedBy: ["prisma"],
  squawk: ["prefer-timestamptz", "prefer-timestamp-tz"],
  hazards: ["prefer-timestamptz"],
  checks: {
    operation(operation, context) {
      for (const { table, name, builtin, span } of writtenColumns(operation)) {
        if (builtin !== "timestamp") continue;
        context.report(
          span,
          `Sessions in other time zones read \`${displayIdentifier(name)}\` of \`${displayName(table)}\` as other moments. Write timestamptz.`,
          { table },
        );
      }
    },
  },
});
