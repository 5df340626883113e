import { DEFINING_CONSTRAINTS, definedConstraints } from "../src/core/defined-constraints.ts";
import { displayIdentifier, displayName } from "../src/core/name.ts";
import { defineRule } from "../src/core/rule.ts";

export default defineRule({
  id: "no-unenforced-constraint",
  summary: "Let PostgreSQL enforce the constraints that the schema shows",
  severity: "warning",
  confidence: "high",
  category: "design",
  dialects: ["postgresql"],
  since: "0.1.0",
  hazards: ["not-enforced-constraint"],
  condition: "A constraint that is NOT ENFORCED (PostgreSQL 18), or made so by ALTER CONSTRAINT.",
  effect:
    "The schema shows a rule that no row is held to, new rows included. Whoever reads it takes the rule for kept.",
  instead: "Add the constraint with NOT VALID, which holds new rows to it, and validate it later.",
  references: ["https://www.postgresql.org/docs/current/sql-createtable.html"],
  examples: [
    {
      title: "A rule that nothing is held to",
      before: "CREATE TABLE orders (id bigint PRIMARY KEY, total numeric);",
      bad: `SET LOCAL lock_timeout = '5s';
ALTER TABLE orders ADD CONSTRAINT orders_total CHECK (total >= 0) NOT ENFORCED;`,
      good: `SET LOCAL lock_timeout = '5s';
ALTER TABLE orders ADD CONSTRAINT orders_total CHECK (total >= 0) NOT VALID;
---
ALTER TABLE orders VALIDATE CONSTRAINT orders_total;`,
    },
  ],
  kinds: [...DEFINING_CONSTRAINTS, "alter-constraint"],
  checks: {
    operation(operation, context) {
      if (operation.kind === "alter-constraint" && operation.enforced === false) {
        context.report(operation, message(operation.constraint, displayName(operation.table)), {
          table: operation.table,
        });
      }
      for (const { table, constraint } of definedConstraints(operation)) {
        if (!constraint.notEnforced) continue;
        const at = operation.kind === "create-table" ? constraint : operation;
        context.report(at, message(constraint.name, displayName(table)), { table });
      }
    },
  },
});

function message(constraint: string | undefined, table: string): string {
  const name =
    constraint === undefined ? "This constraint" : `\`${displayIdentifier(constraint)}\``;
  return `${name} of \`${table}\` holds no row to anything, new ones included, and looks as if it did. Add it with NOT VALID instead.`;
}
