import { displayIdentifier, displayName, nameKey } from "../src/core/name.ts";
import type { DropConstraint } from "../src/core/operations/table.ts";
import type { Operation } from "../src/core/operation.ts";
import { defineRule } from "../src/core/rule.ts";

export default defineRule({
  id: "no-drop-primary-key",
  summary: "Replace a primary key in the same migration, or keep it",
  severity: "error",
  confidence: "high",
  category: "breaks-running-code",
  dialects: ["postgresql"],
  since: "0.1.0",
  hazards: ["drop-primary-key"],
  condition:
    "DROP CONSTRAINT of the primary key of a table that exists already, where the rest of the migration neither adds another primary key nor drops the table.",
  effect:
    "Rows can be there twice from then on. ON CONFLICT on these columns fails at once, and so does every UPDATE and DELETE of a table that is published for logical replication.",
  instead:
    "Build a unique index over the new key with CONCURRENTLY, and swap the keys in one ALTER TABLE: DROP CONSTRAINT …, ADD PRIMARY KEY USING INDEX ….",
  references: [
    "https://www.postgresql.org/docs/current/sql-altertable.html#SQL-ALTERTABLE-DESC-ADD-TABLE-CONSTRAINT-USING-INDEX",
    "https://www.postgresql.org/docs/current/logical-replication-publication.html",
  ],
  examples: [
    {
      title: "Another primary key",
      before: `CREATE TABLE users (id bigint PRIMARY KEY, public_id uuid NOT NULL);
CREATE UNIQUE INDEX users_public_id ON users (public_id);`,
      bad: `SET LOCAL lock_timeout = '5s';
ALTER TABLE users DROP CONSTRAINT users_pkey;`,
      good: `SET LOCAL lock_timeout = '5s';
ALTER TABLE users
  DROP CONSTRAINT users_pkey,
  ADD CONSTRAINT users_pkey PRIMARY KEY USING INDEX users_public_id;`,
    },
  ],
  checks: {
    "drop-constraint"(operation, context) {
      const { table } = operation;
      const constraint = context.constraint(table, operation.constraint);
      if (constraint?.definition.kind !== "primary-key" || context.isNewTable(table)) return;
      const rest = context.operations.slice(context.operations.indexOf(operation) + 1);
      if (rest.some((later) => settles(later, operation))) return;
      const identity = context.table(table)?.replicaIdentity ?? "default";
      const [publication] = identity === "default" ? context.publicationsOf(table) : [];
      const refused =
        publication === undefined
          ? "logical replication refuses every UPDATE and DELETE"
          : `every UPDATE and DELETE fails with SQLSTATE 55000, because the publication \`${displayIdentifier(publication)}\` sends them`;
      context.report(
        operation,
        `Without the primary key \`${displayIdentifier(constraint.name)}\`, \`${displayName(table)}\` takes the same row twice, ON CONFLICT on its columns fails, and ${refused}. Add the new primary key in the same ALTER TABLE, with USING INDEX.`,
        { table },
      );
    },
  },
});

/** The table gets another primary key, or goes. */
function settles(later: Operation, { table }: DropConstraint): boolean {
  if (!("table" in later) || later.table === undefined) return false;
  if (nameKey(later.table) !== nameKey(table)) return false;
  if (later.kind === "drop-table") return true;
  const added =
    later.kind === "add-constraint"
      ? [later.constraint]
      : later.kind === "add-column"
        ? later.column.constraints
        : [];
  return added.some(({ kind }) => kind === "primary-key");
}
