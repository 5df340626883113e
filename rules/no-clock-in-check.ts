import { DEFINING_CONSTRAINTS, definedConstraints } from "../src/core/defined-constraints.ts";
import type { Expression } from "../src/core/expression.ts";
import type { Operation } from "../src/core/operation.ts";
import type { ConstraintDefinition } from "../src/core/operations/constraint.ts";
import type { RuleContext } from "../src/core/rule-context.ts";
import { defineRule } from "../src/core/rule.ts";

export default defineRule({
  id: "no-clock-in-check",
  summary: "Keep the clock and random values out of CHECK constraints",
  severity: "warning",
  confidence: "high",
  category: "data-dependent-failure",
  dialects: ["postgresql"],
  since: "0.1.0",
  hazards: ["volatile-check-constraint"],
  condition:
    "A CHECK compares with the current time, or calls a volatile function. A column that has to be earlier than now stays earlier, and is left alone.",
  effect:
    "PostgreSQL tests a CHECK when a row is written. A row that was right then is wrong later: an UPDATE of another column of it fails, and so does restoring a dump.",
  instead: "Compare columns of the row with each other, or test the value in a trigger.",
  references: [
    "https://www.postgresql.org/docs/current/ddl-constraints.html#DDL-CONSTRAINTS-CHECK-CONSTRAINTS",
  ],
  examples: [
    {
      title: "A date that has to lie ahead",
      before: "CREATE TABLE offers (id bigint PRIMARY KEY);",
      bad: `CREATE TABLE bookings (
  id bigint PRIMARY KEY,
  starts_at timestamptz NOT NULL CHECK (starts_at > now())
);`,
      good: `CREATE TABLE bookings (
  id bigint PRIMARY KEY,
  made_at timestamptz NOT NULL,
  starts_at timestamptz NOT NULL CHECK (starts_at > made_at)
);`,
    },
  ],
  directions: ["up", "down"],
  kinds: [...DEFINING_CONSTRAINTS, "create-domain", "alter-domain"],
  checks: {
    operation(operation, context) {
      for (const constraint of constraintsOf(operation)) {
        if (constraint.kind !== "check" || !changes(constraint.expression, context)) continue;
        context.report(
          operation.kind === "create-table" ? constraint : operation,
          "A row that passes this CHECK today fails it later: an UPDATE of another column then fails, and so does restoring a dump. Compare columns of the row with each other, or test the value in a trigger.",
          "table" in operation && operation.table !== undefined ? { table: operation.table } : {},
        );
      }
    },
  },
});

function constraintsOf(operation: Operation): readonly ConstraintDefinition[] {
  if (operation.kind === "create-domain") return operation.constraints;
  if (operation.kind === "alter-domain") return operation.constraint ? [operation.constraint] : [];
  return definedConstraints(operation).map(({ constraint }) => constraint);
}

const CLOCK =
  /^(now|current_date|current_time|current_timestamp|localtime|localtimestamp|clock_timestamp|statement_timestamp|transaction_timestamp|timeofday)$/;

function changes(expression: Expression, context: RuleContext): boolean {
  const names = expression.functions.map(({ name }) => name.toLowerCase());
  if (names.some((name) => CLOCK.test(name))) return !staysTrue(expression.text);
  return context.volatility(expression) === "volatile";
}

const NOW =
  "(?:(?:now|clock_timestamp|statement_timestamp|transaction_timestamp)\\s*\\(\\s*\\)|current_date|current_timestamp|localtimestamp)";
/** The clock is what something has to be earlier than: `x <= now()`, `now() > x`, `BETWEEN x AND now()`. */
const UPPER_BOUND = new RegExp(
  `(?:<=?\\s*|\\bbetween\\b[^()]*\\band\\s+)${NOW}|${NOW}\\s*>=?`,
  "gi",
);

function staysTrue(text: string): boolean {
  return !new RegExp(NOW, "i").test(text.replaceAll(UPPER_BOUND, ""));
}
