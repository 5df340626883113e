import { definedConstraints } from "../src/core/defined-constraints.ts";
import { displayName, nameKey, type ObjectName } from "../src/core/name.ts";
import type { Operation } from "../src/core/operation.ts";
import type { ForeignKeyConstraint } from "../src/core/operations/constraint.ts";
import type { RuleContext } from "../src/core/rule-context.ts";
import type { Index } from "../src/core/schema-object.ts";
import { defineRule } from "../src/core/rule.ts";
import { aloneInMigration } from "../src/core/transaction-opt-out.ts";
import { adviceName, sqlIdentifier } from "../src/core/sql-name.ts";

export default defineRule({
  id: "require-foreign-key-index",
  summary: "Index the columns of a foreign key",
  severity: "warning",
  confidence: "medium",
  category: "design",
  dialects: ["postgresql"],
  since: "0.1.0",
  hazards: ["fk-missing-index"],
  condition:
    "A foreign key whose columns are not the first ones of any index of its table after the last migration under review. Where the history shows that the project does not index its foreign keys (fewer than half of four or more are, or fewer than a quarter of eight or more where DELETE changes rows of this table too), nothing is said unless the configuration names this rule or extends strict.",
  effect:
    "PostgreSQL indexes the referenced columns and not the referencing ones. So each DELETE of a referenced row, and each UPDATE of its key, reads the whole referencing table while it holds locks; and so does a join from one to the other.",
  instead: "Create an index that begins with the columns of the foreign key.",
  references: ["https://www.postgresql.org/docs/current/ddl-constraints.html#DDL-CONSTRAINTS-FK"],
  examples: [
    {
      title: "A new table with a foreign key",
      before: "CREATE TABLE customers (id bigint PRIMARY KEY);",
      bad: `SET LOCAL lock_timeout = '5s';
CREATE TABLE orders (
  id bigint PRIMARY KEY,
  customer_id bigint NOT NULL REFERENCES customers (id)
);`,
      good: `SET LOCAL lock_timeout = '5s';
CREATE TABLE orders (
  id bigint PRIMARY KEY,
  customer_id bigint NOT NULL REFERENCES customers (id)
);
CREATE INDEX orders_customer_id ON orders (customer_id);`,
    },
  ],
  checks: {
    migration(context) {
      for (const operation of context.operations) {
        for (const { table, constraint } of definedConstraints(operation)) {
          if (constraint.kind === "foreign-key") check(table, constraint, context);
        }
      }
    },
  },
});

function check(table: ObjectName, key: ForeignKeyConstraint, context: RuleContext): void {
  const { columns } = key;
  const kept = context.table(table)?.constraints.some(({ definition }) => {
    return definition.kind === "foreign-key" && definition.columns.join() === columns.join();
  });
  if (kept !== true) return;
  const usable = context.indexesOf(table).filter((index) => isUsable(index));
  if (usable.some((index) => finds(index, columns))) return;
  if (
    context
      .laterMigrations("create-index", "add-constraint")
      .some((later) => makesIndex(later, table, columns))
  )
    return;

  if (!isExpected(table, key, context)) return;

  const names = columns.map(sqlIdentifier).join(", ");
  const on = `ON ${adviceName(table)} (${names})`;
  const statement = context.isNewTable(table)
    ? `\`CREATE INDEX ${on}\``
    : `\`CREATE INDEX CONCURRENTLY ${on}\`, ${aloneInMigration(context.framework)}`;
  const helps = usable.some((index) => isAmong(columns, index.columns[0]));
  const effect = helps
    ? `looks through every row of \`${displayName(table)}\` that shares a part of the key`
    : `reads all of \`${displayName(table)}\``;
  context.report(
    key,
    `Each DELETE of a row of \`${displayName(key.references)}\` ${effect}: no index begins with \`${names}\`. Add one: ${statement}.`,
    { table, severity: helps ? "info" : "warning" },
  );
}

/**
 * Whether the index is missed: the house indexes its foreign keys as a rule, or it has hardly any yet,
 * or it asked to be told; where DELETE is to change rows of this table too, a quarter is rule enough.
 */
function isExpected(
  table: ObjectName,
  { onDelete }: ForeignKeyConstraint,
  context: RuleContext,
): boolean {
  if (context.isAskedFor()) return true;
  const acts = onDelete !== "no-action" && onDelete !== "restrict";
  let keys = 0;
  let indexed = 0;
  for (const { name, constraints, isNew } of context.tables()) {
    if (isNew || nameKey(name) === nameKey(table)) continue;
    for (const { definition, columns } of constraints) {
      if (definition.kind !== "foreign-key") continue;
      keys += 1;
      const usable = context.indexesOf(name).filter((index) => isUsable(index));
      if (usable.some((index) => finds(index, columns))) indexed += 1;
    }
  }
  if (acts) return keys < 8 || indexed * 4 >= keys;
  return keys < 4 || indexed * 2 >= keys;
}

/** An index that PostgreSQL can look a foreign key's values up in. */
function isUsable({ valid, method, partial, definition }: Index): boolean {
  if (!valid || !["btree", "hash"].includes(method)) return false;
  // `WHERE column IS NOT NULL` leaves out only rows that reference nothing.
  const where = definition?.where;
  return !partial || (where !== undefined && where.provesNotNull.length === where.columns.length);
}

/** Whether the index leads from values of the columns, in any order, to their rows, or to the one row there can be. */
function finds(index: Index, columns: readonly string[]): boolean {
  const isKey = index.unique && index.columns.every((key) => isAmong(columns, key));
  return isKey || startWith(index.columns, columns);
}

/** Whether a later migration of the pull request makes such an index. */
function makesIndex(later: Operation, table: ObjectName, columns: readonly string[]): boolean {
  if (later.kind !== "create-index" && later.kind !== "add-constraint") return false;
  if (nameKey(later.table) !== nameKey(table)) return false;
  if (later.kind === "create-index") {
    return startWith(
      later.keys.map(({ column }) => column),
      columns,
    );
  }
  const { constraint } = later;
  return (
    (constraint.kind === "primary-key" || constraint.kind === "unique") &&
    startWith(constraint.columns, columns)
  );
}

/** The first keys of an index, in any order, are these columns. */
function startWith(keys: Index["columns"], columns: readonly string[]): boolean {
  const first = keys.slice(0, columns.length);
  return columns.every((column) => first.includes(column));
}

function isAmong(columns: readonly string[], key: string | undefined): boolean {
  return key !== undefined && columns.includes(key);
}
