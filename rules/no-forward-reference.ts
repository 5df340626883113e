import { displayName, nameKey, type ObjectName } from "../src/core/name.ts";
import type { Operation } from "../src/core/operation.ts";
import { defineRule } from "../src/core/rule.ts";

export default defineRule({
  id: "no-forward-reference",
  summary: "Create a table before the migration that uses it",
  severity: "error",
  confidence: "high",
  category: "ordering",
  dialects: ["postgresql"],
  since: "0.1.0",
  condition:
    "A migration changes, references or reads a table that no migration made before, and a later migration of the pull request creates it without IF NOT EXISTS.",
  effect:
    "The migration fails on every database: relation does not exist. On the author's machine it ran, because there the files came in another order.",
  instead: "Give the migration that creates the table the earlier version.",
  references: ["https://www.postgresql.org/docs/current/errcodes-appendix.html"],
  examples: [
    {
      title: "Rows before their table",
      before: "CREATE TABLE users (id bigint PRIMARY KEY);",
      bad: `INSERT INTO plans (id) VALUES (1);
---
CREATE TABLE plans (id bigint PRIMARY KEY);`,
      good: `CREATE TABLE plans (id bigint PRIMARY KEY);
---
INSERT INTO plans (id) VALUES (1);`,
      fails: "42P01",
    },
  ],
  hazards: ["forward-reference"],
  kinds: [
    "create-table",
    "add-constraint",
    "create-index",
    "insert-rows",
    "set-not-null",
    "add-column",
    "update-rows",
    "delete-rows",
    "create-view",
  ],
  checks: {
    operation(operation, context) {
      if (operation.inside !== undefined) return;
      const unknown = usedTables(operation).find(
        (name) => context.table(name) === undefined && context.view(name) === undefined,
      );
      if (unknown === undefined) return;
      const key = nameKey(unknown);
      const isMadeLater = context
        .laterMigrations("create-table")
        .some(
          (later) =>
            later.kind === "create-table" && !later.ifNotExists && nameKey(later.table) === key,
        );
      if (!isMadeLater) return;
      context.report(
        operation,
        `This fails on every database: \`${displayName(unknown)}\` is created by a later migration only. Give that one the earlier version.`,
        { table: unknown },
      );
    },
  },
});

/** The tables that an operation needs to be there. */
function usedTables(operation: Operation): readonly ObjectName[] {
  switch (operation.kind) {
    case "create-table": {
      const constraints = [
        ...operation.constraints,
        ...operation.columns.flatMap((column) => column.constraints),
      ];
      return constraints
        .flatMap((one) => (one.kind === "foreign-key" ? one.references : []))
        .filter((name) => nameKey(name) !== nameKey(operation.table));
    }
    case "add-constraint":
    case "create-index":
    case "insert-rows":
    case "set-not-null":
    case "add-column":
    case "update-rows":
    case "delete-rows":
      return [operation.table];
    case "create-view":
      return operation.query.tables;
    default:
      return [];
  }
}
