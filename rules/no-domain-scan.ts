import { displayName } from "../src/core/name.ts";
import { defineRule } from "../src/core/rule.ts";

export default defineRule({
  id: "no-domain-scan",
  summary: "Add constraints to a domain in use with NOT VALID",
  severity: "error",
  confidence: "high",
  category: "blocking-lock",
  dialects: ["postgresql"],
  since: "0.1.0",
  hazards: ["alter-domain-add-constraint", "alter-domain-set-not-null"],
  condition:
    "ALTER DOMAIN … ADD CONSTRAINT without NOT VALID, or SET NOT NULL, of a domain that columns of existing tables have.",
  effect:
    "Every table with a column of the domain is locked with SHARE, and all of its rows are read: every INSERT, UPDATE and DELETE of all of these tables waits. The statement fails when one value does not fit.",
  instead:
    "Add the constraint with NOT VALID and validate it in a later migration, at a quiet hour: VALIDATE CONSTRAINT of a domain blocks writes as well. SET NOT NULL has no such form: add CHECK (VALUE IS NOT NULL) NOT VALID, or make the columns NOT NULL one by one.",
  references: ["https://www.postgresql.org/docs/current/sql-alterdomain.html"],
  examples: [
    {
      title: "A rule for a domain in use",
      before: `CREATE DOMAIN score AS integer;
CREATE TABLE games (id bigint PRIMARY KEY, result score);`,
      bad: "ALTER DOMAIN score ADD CONSTRAINT score_positive CHECK (VALUE >= 0);",
      good: "ALTER DOMAIN score ADD CONSTRAINT score_positive CHECK (VALUE >= 0) NOT VALID;",
    },
  ],
  directions: ["up", "down"],
  checks: {
    "alter-domain"(operation, context) {
      if (operation.action === "validate-constraint") return;
      const tables = context
        .locks(operation)
        .filter(({ scans, table }) => scans && !context.isNewTable(table))
        .map(({ table }) => table);
      const [first] = tables;
      if (first === undefined) return;
      const names = [...new Set(tables.map((table) => `\`${displayName(table)}\``))];
      const notNull = operation.action === "set-not-null";
      context.report(
        operation,
        `${notNull ? "SET NOT NULL" : "This constraint"} reads every row of ${names.join(", ")} under a SHARE lock: every INSERT, UPDATE and DELETE there waits. ${notNull ? "Add CHECK (VALUE IS NOT NULL) with NOT VALID instead" : "Add it with NOT VALID"}, and validate it in a later migration.`,
        { table: first },
      );
    },
  },
});
