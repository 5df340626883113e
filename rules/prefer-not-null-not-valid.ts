import { displayIdentifier, displayName } from "../src/core/name.ts";
import { defineRule } from "../src/core/rule.ts";

export default defineRule({
  id: "prefer-not-null-not-valid",
  summary: "Add NOT NULL as NOT VALID where PostgreSQL 18 runs",
  severity: "info",
  confidence: "high",
  category: "design",
  dialects: ["postgresql"],
  since: "0.1.0",
  hazards: ["prefer-native-not-null-not-valid"],
  condition:
    "ADD CONSTRAINT … CHECK (column IS NOT NULL) NOT VALID, where the configuration says that every server is PostgreSQL 18 or later.",
  effect:
    "The detour by a CHECK takes three statements more: SET NOT NULL, and the drop of the CHECK under another ACCESS EXCLUSIVE lock. PostgreSQL 18 needs none of them.",
  instead: "Add the NOT NULL constraint itself as NOT VALID, and validate it later.",
  references: [
    "https://www.postgresql.org/docs/18/sql-altertable.html#SQL-ALTERTABLE-DESC-ADD-TABLE-CONSTRAINT",
    "https://www.postgresql.org/docs/18/release-18.html",
  ],
  examples: [
    {
      title: "Every order has a customer",
      before: "CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint);",
      bad: `ALTER TABLE orders ADD CONSTRAINT has_customer CHECK (customer_id IS NOT NULL) NOT VALID;
---
ALTER TABLE orders VALIDATE CONSTRAINT has_customer;`,
      good: `SET LOCAL lock_timeout = '5s';
ALTER TABLE orders ADD CONSTRAINT has_customer NOT NULL customer_id NOT VALID;
---
SET LOCAL lock_timeout = '5s';
ALTER TABLE orders VALIDATE CONSTRAINT has_customer;`,
      postgres: [18],
    },
  ],
  checks: {
    "add-constraint"({ table, constraint }, context) {
      if (constraint.kind !== "check" || !constraint.notValid || !context.atLeast(18)) return;
      const { expression } = constraint;
      const [column] = expression.provesNotNull;
      if (column === undefined || !ALONE.test(expression.text)) return;
      context.report(
        constraint.span,
        `A CHECK makes NOT NULL of \`${displayIdentifier(column)}\` in \`${displayName(table)}\` three statements and a second lock longer than PostgreSQL 18 needs. Write NOT NULL ${displayIdentifier(column)} NOT VALID in its place.`,
        { table },
      );
    },
  },
});

/** Nothing but `column IS NOT NULL`, perhaps in parentheses. */
const ALONE = /^[\s(]*(?:"[^"]+"|[\w$]+)\s+IS\s+NOT\s+NULL[\s)]*$/i;
