import { displayIdentifier, displayName, nameKey, type ObjectName } from "../src/core/name.ts";
import type { Operation } from "../src/core/operation.ts";
import type { RuleContext } from "../src/core/rule-context.ts";
import { defineRule } from "../src/core/rule.ts";
import type { Table } from "../src/core/schema-object.ts";

export default defineRule({
  id: "require-primary-key",
  summary: "Give every table a primary key",
  severity: "info",
  confidence: "medium",
  category: "design",
  dialects: ["postgresql"],
  since: "0.1.0",
  condition:
    "CREATE TABLE, and no migration of the pull request gives the table a primary key. A unique index over columns that are NOT NULL will do. Temporary and foreign tables, partitions, partitioned tables, and tables that inherit, are copied with LIKE or belong to a type are not reported.",
  effect:
    "Logical replication refuses UPDATE and DELETE of the table while it is published; a duplicate row cannot be addressed; and tools that copy or repack tables in use need a key.",
  instead:
    "Declare a primary key: the columns that name a row, or id bigint GENERATED ALWAYS AS IDENTITY.",
  references: [
    "https://www.postgresql.org/docs/current/ddl-constraints.html#DDL-CONSTRAINTS-PRIMARY-KEYS",
    "https://www.postgresql.org/docs/current/logical-replication-publication.html#LOGICAL-REPLICATION-PUBLICATION-REPLICA-IDENTITY",
  ],
  examples: [
    {
      title: "A table between two others",
      before:
        "CREATE TABLE users (id bigint PRIMARY KEY); CREATE TABLE teams (id bigint PRIMARY KEY);",
      bad: "CREATE TABLE members (team_id bigint NOT NULL, user_id bigint NOT NULL);",
      good: `CREATE TABLE members (
  team_id bigint NOT NULL, user_id bigint NOT NULL, PRIMARY KEY (team_id, user_id)
);`,
    },
  ],
  hazards: ["require-primary-key"],
  checks: {
    migration(context) {
      for (const operation of context.operations) {
        if (operation.kind !== "create-table" || operation.like.length > 0) continue;
        if (operation.foreign || operation.ofType !== undefined) continue;
        const table = context.table(operation.table);
        if (table === undefined || !isPlain(table) || hasKey(table, context)) continue;
        if (context.laterMigrations().some((later) => givesKey(later, operation.table))) continue;
        report(operation, table, context);
      }
    },
  },
});

/** A table that a publication sends as soon as it is there takes no UPDATE and no DELETE. */
function report(operation: Operation, table: Table, context: RuleContext): void {
  const name = `\`${displayName(table.name)}\``;
  const [publication] = table.replicaIdentity === "full" ? [] : context.publicationsOf(table.name);
  const options = { table: table.name };
  if (publication === undefined) {
    context.report(
      operation,
      `Logical replication refuses to change rows of ${name}, and nothing tells two equal rows apart: it has no primary key. Declare one.`,
      options,
    );
    return;
  }
  context.report(
    operation,
    `Every UPDATE and DELETE of ${name} fails with SQLSTATE 55000: the publication \`${displayIdentifier(publication)}\` sends them, and the table has no primary key. Declare one.`,
    { ...options, severity: "error" },
  );
}

function isPlain(table: Table): boolean {
  const isPart = table.partitionOf !== undefined || table.partitionBy !== undefined;
  return table.persistence !== "temporary" && !isPart && table.inherits.length === 0;
}

function hasKey(table: Table, context: RuleContext): boolean {
  if (table.constraints.some(({ definition }) => definition.kind === "primary-key")) return true;
  const required = new Set(table.columns.filter(({ notNull }) => notNull).map(({ name }) => name));
  return context
    .indexesOf(table.name)
    .some(
      ({ unique, partial, columns }) =>
        unique &&
        !partial &&
        columns.every((column) => column !== undefined && required.has(column)),
    );
}

/** Whether a later operation makes a key, or removes or renames the table. */
function givesKey(operation: Operation, table: ObjectName): boolean {
  if (!("table" in operation) || operation.table === undefined) return false;
  if (nameKey(operation.table) !== nameKey(table)) return false;
  switch (operation.kind) {
    case "add-constraint":
      return operation.constraint.kind === "primary-key";
    case "add-column":
      return operation.column.constraints.some(({ kind }) => kind === "primary-key");
    case "create-index":
      return operation.unique;
    default:
      return operation.kind === "drop-table" || operation.kind === "rename-table";
  }
}
