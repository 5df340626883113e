import { displayIdentifier, displayName } from "../src/core/name.ts";
import { defineRule } from "../src/core/rule.ts";
import { writtenColumns } from "../src/core/written-columns.ts";

export default defineRule({
  id: "no-money",
  summary: "Write numeric in place of money",
  severity: "info",
  confidence: "high",
  category: "design",
  dialects: ["postgresql"],
  since: "0.1.0",
  condition: "A column of the type money.",
  effect:
    "The setting lc_monetary of the session says how many digits it has and which sign is printed: the same row is another amount on another server, and a dump may not be read back.",
  instead: "Write numeric(12, 2), and the currency in a column of its own.",
  references: [
    "https://www.postgresql.org/docs/current/datatype-money.html",
    "https://wiki.postgresql.org/wiki/Don%27t_Do_This",
  ],
  examples: [
    {
      title: "A price",
      before: "CREATE TABLE users (id bigint PRIMARY KEY);",
      bad: "CREATE TABLE offers (id bigint PRIMARY KEY, price money NOT NULL);",
      good: "CREATE TABLE offers (id bigint PRIMARY KEY, price numeric(12, 2) NOT NULL);",
    },
  ],
  optIn: true,
  hazards: ["ban-money"],
  checks: {
    operation(operation, context) {
      for (const { table, name, builtin, span } of writtenColumns(operation)) {
        if (builtin !== "money") continue;
        context.report(
          span,
          `Servers with another lc_monetary read another amount from \`${displayIdentifier(name)}\` of \`${displayName(table)}\`. Write numeric, and the currency in a column of its own.`,
          { table },
        );
      }
    },
  },
});
