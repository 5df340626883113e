import { displayName, type ObjectName } from "../src/core/name.ts";
import type { Operation } from "../src/core/operation.ts";
import type { RuleContext } from "../src/core/rule-context.ts";
import { defineRule } from "../src/core/rule.ts";

export default defineRule({
  id: "no-table-rewrite",
  summary: "Keep VACUUM FULL, CLUSTER and moves of whole tables out of migrations",
  severity: "error",
  confidence: "high",
  category: "table-rewrite",
  dialects: ["postgresql"],
  since: "0.1.0",
  hazards: [
    "vacuum-full",
    "cluster",
    "set-logged-unlogged",
    "set-access-method",
    "set-tablespace",
    "rewrite-disk-headroom",
  ],
  condition:
    "VACUUM FULL, CLUSTER, SET LOGGED, SET UNLOGGED, SET TABLESPACE or SET ACCESS METHOD on a table that exists already.",
  effect:
    "The table is written anew, and its indexes too but for SET TABLESPACE, under an ACCESS EXCLUSIVE lock: every read and write waits until the copy is done, which needs as much free disk space as the original. An unlogged table is also empty after a crash, and no standby can read it.",
  instead:
    "Use plain VACUUM, or a tool that copies the table while it is in use (pg_repack, pg_squeeze), outside of the migrations. To move a table, fill a new one in batches and swap the names.",
  references: [
    "https://www.postgresql.org/docs/current/sql-vacuum.html",
    "https://www.postgresql.org/docs/current/sql-cluster.html",
    "https://www.postgresql.org/docs/current/sql-altertable.html#SQL-ALTERTABLE-DESC-SET-LOGGED-UNLOGGED",
  ],
  examples: [
    {
      title: "A table that has grown",
      before: "CREATE TABLE orders (id bigint PRIMARY KEY, note text);",
      bad: `SET lock_timeout = '5s';
VACUUM (FULL) orders;`,
      good: "VACUUM orders;",
      autocommit: { bad: true, good: true },
    },
    {
      title: "A table that need not survive a crash",
      before: "CREATE TABLE sessions (id bigint PRIMARY KEY, token text);",
      bad: `SET LOCAL lock_timeout = '5s';
ALTER TABLE sessions SET UNLOGGED;`,
      good: "COMMENT ON TABLE sessions IS 'Rows older than a day may be deleted';",
    },
  ],
  directions: ["up", "down"],
  checks: {
    vacuum(operation, context) {
      if (operation.full) check(operation, "VACUUM FULL", context);
    },
    "cluster-table"(operation, context) {
      check(operation, "CLUSTER", context);
    },
    "set-persistence"(operation, context) {
      check(operation, operation.logged ? "SET LOGGED" : "SET UNLOGGED", context);
    },
    "set-tablespace"(operation, context) {
      check(operation, "SET TABLESPACE", context);
    },
    "set-access-method"(operation, context) {
      check(operation, "SET ACCESS METHOD", context);
    },
  },
});

function check(operation: Operation, what: string, context: RuleContext): void {
  const tables = context
    .locks(operation)
    .filter(({ rewrites, table }) => rewrites && !isNew(table, context))
    .map(({ table }) => table);
  const [first] = tables;
  if (first === undefined) return;
  const others = tables.length === 1 ? "" : ` and ${tables.length - 1} more`;
  const lost =
    operation.kind === "set-persistence" && !operation.logged
      ? " From then on a crash of the server empties it."
      : "";
  context.report(
    operation,
    `${what} writes every row of \`${displayName(first)}\`${others} anew under an ACCESS EXCLUSIVE lock: every read and write waits until it is done.${lost} Take it out of the migration.`,
    { table: first },
  );
}

function isNew(table: ObjectName, context: RuleContext): boolean {
  return context.isNewTable(table) || context.view(table)?.isNew === true;
}
