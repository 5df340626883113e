import { displayIdentifier, displayName, type ObjectName } from "../src/core/name.ts";
import type { RuleContext } from "../src/core/rule-context.ts";
import { defineRule } from "../src/core/rule.ts";
import type { TypeReference } from "../src/core/type-reference.ts";

export default defineRule({
  id: "no-constrained-domain-column",
  summary: "Add no column of a constrained domain to a table in use",
  severity: "error",
  confidence: "high",
  category: "table-rewrite",
  dialects: ["postgresql"],
  since: "0.1.0",
  hazards: ["add-column-constrained-domain"],
  condition:
    "ADD COLUMN on a table that exists already, of a domain that has a CHECK or NOT NULL, with or without a default.",
  effect:
    "PostgreSQL checks the domain's constraints by writing the whole table and all of its indexes anew under an ACCESS EXCLUSIVE lock: every read and write waits until it is done.",
  instead:
    "Add the column with the domain's base type, and its CHECK to the table with NOT VALID; validate it in a later migration.",
  references: [
    "https://www.postgresql.org/docs/current/sql-altertable.html#SQL-ALTERTABLE-NOTES",
    "https://www.postgresql.org/docs/current/sql-createdomain.html",
  ],
  examples: [
    {
      title: "A column of a domain with a CHECK",
      before: `CREATE DOMAIN percentage AS integer CHECK (VALUE BETWEEN 0 AND 100);
CREATE TABLE orders (id bigint PRIMARY KEY);`,
      bad: "ALTER TABLE orders ADD COLUMN discount percentage;",
      good: `SET LOCAL lock_timeout = '5s';
ALTER TABLE orders
  ADD COLUMN discount integer,
  ADD CONSTRAINT orders_discount CHECK (discount BETWEEN 0 AND 100) NOT VALID;
---
ALTER TABLE orders VALIDATE CONSTRAINT orders_discount;`,
    },
  ],
  directions: ["up", "down"],
  checks: {
    "add-column"({ table, column, span }, context) {
      const domain = constrainedDomain(column.type, context);
      if (domain === undefined || context.isNewTable(table)) return;
      context.report(
        span,
        `Adding \`${displayIdentifier(column.name)}\` of the domain \`${displayName(domain)}\`, which has constraints, writes every row of \`${displayName(table)}\` anew under an ACCESS EXCLUSIVE lock: every read and write waits. Add it with the base type, and a CHECK with NOT VALID.`,
        { table },
      );
    },
  },
});

/** The domain of a type that has constraints, its own or those of a domain that it is made from. */
function constrainedDomain(type: TypeReference, context: RuleContext): ObjectName | undefined {
  if (type.arrayDimensions > 0) return undefined;
  const domain = context.domain(type);
  if (domain === undefined) return undefined;
  if (domain.notNull || domain.constraints.length > 0) return domain.name;
  return constrainedDomain(domain.baseType, context) && domain.name;
}
