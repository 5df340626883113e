import { displayIdentifier, displayName } from "../src/core/name.ts";
import { proposeNotValid } from "../src/core/proposals/not-valid.ts";
import { defineRule } from "../src/core/rule.ts";

export default defineRule({
  id: "require-not-valid-check",
  summary: "Add CHECK constraints as NOT VALID and validate them in a later migration",
  severity: "error",
  confidence: "high",
  category: "blocking-lock",
  dialects: ["postgresql"],
  since: "0.1.0",
  hazards: [
    "add-check-without-not-valid",
    "add-column-inline-check-scan",
    "add-check-existing-violations",
  ],
  condition:
    "ADD CHECK without NOT VALID on a table that exists already, or CHECK on a column that ADD COLUMN adds to one.",
  effect:
    "PostgreSQL reads every row of the table while it holds an ACCESS EXCLUSIVE lock: every read and write waits. The constraint of a new column is checked in every row too.",
  instead:
    "Add the constraint with NOT VALID, which checks new rows only, and run VALIDATE CONSTRAINT in a later migration: it reads the old rows while reads and writes go on.",
  references: [
    "https://www.postgresql.org/docs/current/sql-altertable.html#SQL-ALTERTABLE-NOTES",
    "https://www.postgresql.org/docs/current/explicit-locking.html#LOCKING-TABLES",
  ],
  examples: [
    {
      title: "A CHECK on a table in use",
      before: "CREATE TABLE orders (id bigint PRIMARY KEY, total numeric);",
      bad: "ALTER TABLE orders ADD CONSTRAINT orders_total_positive CHECK (total >= 0);",
      good: `SET LOCAL lock_timeout = '5s';
ALTER TABLE orders ADD CONSTRAINT orders_total_positive CHECK (total >= 0) NOT VALID;
---
ALTER TABLE orders VALIDATE CONSTRAINT orders_total_positive;`,
    },
    {
      title: "A CHECK on a new column",
      before: "CREATE TABLE orders (id bigint PRIMARY KEY);",
      bad: "ALTER TABLE orders ADD COLUMN discount numeric CHECK (discount < 1);",
      good: `SET LOCAL lock_timeout = '5s';
ALTER TABLE orders
  ADD COLUMN discount numeric,
  ADD CONSTRAINT orders_discount_below_one CHECK (discount < 1) NOT VALID;
---
ALTER TABLE orders VALIDATE CONSTRAINT orders_discount_below_one;`,
    },
  ],
  directions: ["up", "down"],
  squawk: ["constraint-missing-not-valid"],
  checks: {
    "add-constraint"(operation, context) {
      const { table, constraint } = operation;
      if (constraint.kind !== "check" || constraint.notValid || constraint.notEnforced) return;
      if (context.isNewTable(table)) return;
      context.report(
        operation,
        `This CHECK holds an ACCESS EXCLUSIVE lock on \`${displayName(table)}\` while every row is checked: every read and write waits. Add it with NOT VALID, and run VALIDATE CONSTRAINT in a later migration.`,
        { table, fix: () => proposeNotValid(operation, context) },
      );
    },
    "add-column"(operation, context) {
      const { table, column } = operation;
      if (context.isNewTable(table)) return;
      const check = column.constraints.find((one) => one.kind === "check" && !one.notEnforced);
      if (check === undefined) return;
      context.report(
        check,
        `The CHECK of \`${displayIdentifier(column.name)}\` is checked in every row of \`${displayName(table)}\` under an ACCESS EXCLUSIVE lock, though the column is new: every read and write waits. Add the column without it, add the CHECK with NOT VALID, and run VALIDATE CONSTRAINT in a later migration.`,
        { table },
      );
    },
  },
});
