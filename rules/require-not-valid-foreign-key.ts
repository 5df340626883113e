import { displayIdentifier, displayName, nameKey, type ObjectName } from "../src/core/name.ts";
import type { ColumnDefinition } from "../src/core/operations/column.ts";
import type { ForeignKeyConstraint } from "../src/core/operations/constraint.ts";
import type { AddConstraint } from "../src/core/operations/table.ts";
import { everyPartitionHas } from "../src/core/partition-constraint.ts";
import type { RuleContext } from "../src/core/rule-context.ts";
import { proposeNotValid } from "../src/core/proposals/not-valid.ts";
import { defineRule } from "../src/core/rule.ts";

export default defineRule({
  id: "require-not-valid-foreign-key",
  summary: "Add foreign keys as NOT VALID and validate them in a later migration",
  severity: "error",
  confidence: "high",
  category: "blocking-lock",
  dialects: ["postgresql"],
  since: "0.1.0",
  hazards: [
    "add-foreign-key-without-not-valid",
    "add-column-with-inline-foreign-key",
    "add-fk-existing-orphans",
    "not-valid-fk-on-partitioned-table",
  ],
  condition:
    "ADD FOREIGN KEY without NOT VALID on a table that exists already, or REFERENCES on a column that ADD COLUMN adds to one. Also NOT VALID on a partitioned table, which only PostgreSQL 18 and later accept.",
  effect:
    "PostgreSQL looks up every row of the table while it holds a SHARE ROW EXCLUSIVE lock on both tables: INSERT, UPDATE and DELETE on either of them wait. Where ADD COLUMN brings the key, its ACCESS EXCLUSIVE lock makes reads of the table wait too. A new column without a default is NULL everywhere, so that nothing is looked up.",
  instead:
    "Add the constraint with NOT VALID, which checks new rows only, and run VALIDATE CONSTRAINT in a later migration: it looks up the old rows without making writes wait.",
  references: [
    "https://www.postgresql.org/docs/current/sql-altertable.html#SQL-ALTERTABLE-NOTES",
    "https://www.postgresql.org/docs/current/explicit-locking.html#LOCKING-TABLES",
  ],
  examples: [
    {
      title: "A foreign key on a table in use",
      before: `CREATE TABLE customers (id bigint PRIMARY KEY);
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint);
CREATE INDEX orders_customer_id ON orders (customer_id);`,
      bad: `ALTER TABLE orders ADD CONSTRAINT orders_customer_id_fkey
  FOREIGN KEY (customer_id) REFERENCES customers (id);`,
      good: `SET LOCAL lock_timeout = '5s';
ALTER TABLE orders ADD CONSTRAINT orders_customer_id_fkey
  FOREIGN KEY (customer_id) REFERENCES customers (id) NOT VALID;
---
ALTER TABLE orders VALIDATE CONSTRAINT orders_customer_id_fkey;`,
    },
  ],
  directions: ["up", "down"],
  squawk: ["adding-foreign-key-constraint", "constraint-missing-not-valid"],
  checks: {
    "add-constraint"(operation, context) {
      const { table, constraint } = operation;
      if (constraint.kind !== "foreign-key" || constraint.notEnforced) return;
      if (constraint.notValid) {
        reportRefusal(operation, context);
        return;
      }
      if (context.isNewTable(table) || isTakenOver(table, constraint, context)) return;
      context.report(operation, `${scanned(table, constraint)} ${advice(table, context)}`, {
        table,
        fix: () => proposeNotValid(operation, context),
      });
    },
    "add-column"(operation, context) {
      const { table, column } = operation;
      const constraint = column.constraints.find(isForeignKey);
      if (constraint === undefined || constraint.notEnforced || context.isNewTable(table)) return;

      if (hasValues(column)) {
        context.report(
          operation,
          `${scannedWhileAdded(table, constraint)} Add the column without REFERENCES first. ${advice(table, context)}`,
          { table },
        );
        return;
      }
      context.report(
        operation,
        `Adding \`${displayIdentifier(column.name)}\` with REFERENCES holds an ACCESS EXCLUSIVE lock on \`${displayName(table)}\` and a SHARE ROW EXCLUSIVE lock on \`${displayName(constraint.references)}\` at once. ${column.notNull ? "" : "Both are short, as the new column is NULL in every row. "}Add the column and the foreign key in separate migrations to hold one at a time.`,
        { table, severity: "info" },
      );
    },
  },
});

function isForeignKey(constraint: { kind: string }): constraint is ForeignKeyConstraint {
  return constraint.kind === "foreign-key";
}

/** The new column is not NULL in every row, so that there is something to look up. */
function hasValues({ default: value, generated, identity, type }: ColumnDefinition): boolean {
  return value !== undefined || generated !== undefined || identity !== undefined || type.serial;
}

/** NOT VALID on a partitioned table, which PostgreSQL takes from 18 on. */
function reportRefusal(operation: AddConstraint, context: RuleContext): void {
  const { table } = operation;
  if (context.table(table)?.partitionBy === undefined || context.atLeast(18)) return;
  context.report(
    operation,
    `\`${displayName(table)}\` is partitioned, and before PostgreSQL 18 such a table refuses a foreign key with NOT VALID: this fails with SQLSTATE 42809. Add it to each partition with NOT VALID and validate it there, then add it to \`${displayName(table)}\` without, which takes over what its partitions have.`,
    { table },
  );
}

function isTakenOver(
  table: ObjectName,
  constraint: ForeignKeyConstraint,
  context: RuleContext,
): boolean {
  const columns = constraint.columns.join();
  const parent = nameKey(constraint.references);
  return everyPartitionHas(
    table,
    ({ definition }) =>
      definition.kind === "foreign-key" &&
      definition.columns.join() === columns &&
      nameKey(definition.references) === parent,
    context,
  );
}

function scanned(table: ObjectName, constraint: ForeignKeyConstraint): string {
  const child = displayName(table);
  const parent = displayName(constraint.references);
  const tables = child === parent ? `\`${child}\`` : `\`${child}\` and \`${parent}\``;
  return `This foreign key takes a SHARE ROW EXCLUSIVE lock on ${tables}: every INSERT, UPDATE and DELETE waits while each row of \`${child}\` is looked up.`;
}

/** ADD COLUMN keeps its ACCESS EXCLUSIVE lock while the key of the new column is looked up. */
function scannedWhileAdded(table: ObjectName, constraint: ForeignKeyConstraint): string {
  const child = displayName(table);
  const parent = displayName(constraint.references);
  const others =
    child === parent
      ? ""
      : `, and every INSERT, UPDATE and DELETE of \`${parent}\`, which a SHARE ROW EXCLUSIVE lock is on`;
  return `ADD COLUMN holds an ACCESS EXCLUSIVE lock on \`${child}\` while this foreign key looks up each of its rows: every read and write of \`${child}\` waits${others}.`;
}

function advice(table: ObjectName, context: RuleContext): string {
  if (context.table(table)?.partitionBy !== undefined && !context.atLeast(18)) {
    // Refused before 18: "cannot add NOT VALID foreign key on partitioned table".
    return `Add the foreign key to each partition with NOT VALID and validate it there, then add it to \`${displayName(table)}\`, which takes over what its partitions have: before PostgreSQL 18 a partitioned table itself refuses NOT VALID.`;
  }
  return "Add the foreign key with NOT VALID, and run VALIDATE CONSTRAINT in a later migration.";
}
