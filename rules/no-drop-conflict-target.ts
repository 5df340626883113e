import { displayIdentifier, displayName, nameKey, type ObjectName } from "../src/core/name.ts";
import type { Operation } from "../src/core/operation.ts";
import type { RuleContext } from "../src/core/rule-context.ts";
import { defineRule } from "../src/core/rule.ts";
import type { Index } from "../src/core/schema-object.ts";

export default defineRule({
  id: "no-drop-conflict-target",
  summary: "Drop a unique key only after the code that relies on it",
  severity: "warning",
  confidence: "medium",
  category: "breaks-running-code",
  dialects: ["postgresql"],
  since: "0.1.0",
  hazards: ["drop-constraint-used-by-upsert"],
  condition:
    "A UNIQUE constraint or a unique index of a table in use is dropped, and no other unique key over the same columns is there or made by the migrations under review. Primary keys have a rule of their own.",
  effect:
    "Running code that says INSERT … ON CONFLICT with these columns fails with SQLSTATE 42P10 from that moment, and duplicates get in that the key cannot be brought back over.",
  instead:
    "Release code that neither upserts over these columns nor relies on them being unique, then drop the key in a later migration.",
  references: [
    "https://www.postgresql.org/docs/current/sql-insert.html#SQL-ON-CONFLICT",
    "https://www.postgresql.org/docs/current/ddl-constraints.html#DDL-CONSTRAINTS-UNIQUE-CONSTRAINTS",
  ],
  examples: [
    {
      title: "Members of a team",
      before: `CREATE TABLE members (
  id bigint PRIMARY KEY, team_id bigint NOT NULL, user_id bigint NOT NULL,
  CONSTRAINT members_unique UNIQUE (team_id, user_id)
);`,
      bad: "ALTER TABLE members DROP CONSTRAINT members_unique;",
      good: `SET LOCAL lock_timeout = '5s';
-- migrate-verify-ignore no-drop-conflict-target release 41 inserts without ON CONFLICT
ALTER TABLE members DROP CONSTRAINT members_unique;`,
    },
  ],
  checks: {
    "drop-constraint"(operation, context) {
      const { table } = operation;
      const constraint = context.constraint(table, operation.constraint);
      if (constraint?.definition.kind !== "unique") return;
      const index = context.indexesOf(table).find((one) => one.constraint === constraint.name);
      if (index !== undefined) report(operation, { table, index }, context);
    },
    "drop-index"(operation, context) {
      const index = context.index(operation.index);
      if (index?.unique !== true || index.constraint !== undefined || !index.valid) return;
      report(operation, { table: index.table, index }, context);
    },
  },
});

interface Dropped {
  readonly table: ObjectName;
  readonly index: Index;
}

function report(operation: Operation, { table, index }: Dropped, context: RuleContext): void {
  const columns = index.columns.filter((column) => column !== undefined);
  // An expression cannot be compared; the rule says nothing rather than guess.
  if (columns.length < index.columns.length || columns.length === 0) return;
  if (context.isNewTable(table) || hasOtherKey({ table, index }, context)) return;
  if (isGone(table, columns, context) || holdsForeignKey({ table, index }, context)) return;
  const keys = columns.map(displayIdentifier).join(", ");
  context.report(
    operation,
    `INSERT … ON CONFLICT (${keys}) of running code fails from here on, and duplicates in ${columns.length === 1 ? "that column" : "those columns"} of \`${displayName(table)}\` get in. Release code that does without the key first.`,
    { table },
  );
}

/** Another unique key over the same columns, there or made by the migrations under review. */
function hasOtherKey({ table, index }: Dropped, context: RuleContext): boolean {
  const there = context
    .indexesOf(table)
    .some(
      (other) =>
        nameKey(other.name) !== nameKey(index.name) &&
        other.unique &&
        other.valid &&
        (!other.partial || index.partial) &&
        sameColumns(other.columns, index.columns),
    );
  return (
    there ||
    [...context.operations, ...context.laterMigrations("create-index", "add-constraint")].some(
      (operation) => madeKey(operation, table, index),
    )
  );
}

function madeKey(operation: Operation, table: ObjectName, { columns }: Index): boolean {
  if (!("table" in operation) || operation.table === undefined) return false;
  if (nameKey(operation.table) !== nameKey(table)) return false;
  if (operation.kind === "create-index") {
    const made = operation.keys.map(({ column }) => column);
    return operation.unique && sameColumns(made, columns);
  }
  if (operation.kind !== "add-constraint") return false;
  const { constraint } = operation;
  return (
    (constraint.kind === "unique" || constraint.kind === "primary-key") &&
    sameColumns(constraint.columns, columns)
  );
}

function sameColumns(
  one: readonly (string | undefined)[],
  other: readonly (string | undefined)[],
): boolean {
  return one.length === other.length && one.every((column) => other.includes(column));
}

/** The table, or a column of the key, goes too: that has a rule of its own. */
function isGone(table: ObjectName, columns: readonly string[], context: RuleContext): boolean {
  return context.operations.some(
    (operation) =>
      (operation.kind === "drop-table" && nameKey(operation.table) === nameKey(table)) ||
      (operation.kind === "drop-column" &&
        nameKey(operation.table) === nameKey(table) &&
        columns.includes(operation.column)),
  );
}

/** PostgreSQL refuses to drop it. */
function holdsForeignKey({ table, index }: Dropped, context: RuleContext): boolean {
  return context
    .referencing(table)
    .some(
      ({ constraint: { restsOn } }) =>
        restsOn !== undefined && nameKey(restsOn) === nameKey(index.name),
    );
}
