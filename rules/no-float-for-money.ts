import { displayIdentifier, displayName } from "../src/core/name.ts";
import { defineRule } from "../src/core/rule.ts";
import { writtenColumns } from "../src/core/written-columns.ts";

export default defineRule({
  id: "no-float-for-money",
  summary: "Write numeric for amounts of money",
  severity: "info",
  confidence: "medium",
  category: "design",
  dialects: ["postgresql"],
  since: "0.1.0",
  condition:
    "A column of the type real or double precision whose name is that of an amount of money: price, amount, cost, balance, fee, salary, revenue and the like.",
  effect:
    "Binary fractions cannot hold most amounts: 0.1 + 0.2 is not 0.3, sums drift, and comparisons with = miss rows.",
  instead: "Write numeric(12, 2), or bigint for an amount in cents.",
  references: ["https://www.postgresql.org/docs/current/datatype-numeric.html"],
  examples: [
    {
      title: "A price",
      before: "CREATE TABLE users (id bigint PRIMARY KEY);",
      bad: "CREATE TABLE offers (id bigint PRIMARY KEY, unit_price double precision NOT NULL);",
      good: "CREATE TABLE offers (id bigint PRIMARY KEY, unit_price numeric(12, 2) NOT NULL);",
    },
  ],
  optIn: true,
  hazards: ["float-for-exact-values"],
  checks: {
    operation(operation, context) {
      for (const { table, name, builtin, span } of writtenColumns(operation)) {
        if ((builtin !== "float4" && builtin !== "float8") || !isAmount(name)) continue;
        context.report(
          span,
          `Sums and comparisons of \`${displayIdentifier(name)}\` of \`${displayName(table)}\` are wrong by fractions of a cent, sooner or later: binary fractions cannot hold most amounts. Write numeric.`,
          { table },
        );
      }
    },
  },
});

/** The words of the name are parted by underscores or by capitals. */
function isAmount(name: string): boolean {
  const words = name.split(/_|(?<=[a-z\d])(?=[A-Z])/);
  return words.some((word) => AMOUNTS.has(word.toLowerCase().replace(/s$/, "")));
}

const AMOUNTS = new Set(
  "price amount cost balance fee salary revenue payment refund tax taxe salarie".split(" "),
);
