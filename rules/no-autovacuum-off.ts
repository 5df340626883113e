import { displayName, type ObjectName } from "../src/core/name.ts";
import type { Operation } from "../src/core/operation.ts";
import type { RuleContext } from "../src/core/rule-context.ts";
import { defineRule } from "../src/core/rule.ts";

export default defineRule({
  id: "no-autovacuum-off",
  summary: "Leave autovacuum on",
  severity: "warning",
  confidence: "high",
  category: "design",
  dialects: ["postgresql"],
  since: "0.1.0",
  condition:
    "CREATE TABLE or ALTER TABLE sets autovacuum_enabled to false, and no later statement of the migration sets it back.",
  effect:
    "Rows that were updated or deleted stay in the table and its indexes: they grow, statistics age, plans go wrong, and in the end the server starts a vacuum against wraparound, at a time that nobody chose.",
  instead:
    "Tune it for the table: autovacuum_vacuum_scale_factor = 0.01, or a cost delay. Around a bulk load, set it back with RESET (autovacuum_enabled) in the same migration.",
  references: [
    "https://www.postgresql.org/docs/current/routine-vacuuming.html",
    "https://www.postgresql.org/docs/current/sql-createtable.html#SQL-CREATETABLE-STORAGE-PARAMETERS",
  ],
  examples: [
    {
      title: "A table that changes often",
      before: "CREATE TABLE jobs (id bigint PRIMARY KEY, state text NOT NULL);",
      bad: "ALTER TABLE jobs SET (autovacuum_enabled = false);",
      good: "ALTER TABLE jobs SET (autovacuum_vacuum_scale_factor = 0.01);",
    },
  ],
  hazards: ["autovacuum-disabled"],
  checks: {
    "create-table"(operation, context) {
      if (operation.persistence !== "temporary") report(operation, operation, context);
    },
    "set-table-options"(operation, context) {
      const temporary = context.table(operation.table)?.persistence === "temporary";
      if (!temporary) report(operation, operation, context);
    },
  },
});

function report(
  operation: Operation,
  { table, options }: { readonly table: ObjectName; readonly options: readonly string[] },
  context: RuleContext,
): void {
  if (!options.some((option) => OFF.test(option))) return;
  const later = context.operations.slice(context.operations.indexOf(operation) + 1);
  if (later.some(setsAgain)) return;
  context.report(
    operation,
    `Queries on \`${displayName(table)}\` become slower with every UPDATE and DELETE: with autovacuum off nothing clears dead rows or counts anew. Tune it for the table, or set it back in this migration.`,
    { table },
  );

  function setsAgain(other: Operation): boolean {
    return (
      other.kind === "set-table-options" &&
      other.table.name === table.name &&
      other.options.some((option) => NAME.test(option) && !OFF.test(option))
    );
  }
}

const NAME = /autovacuum_enabled/i;
const OFF = /autovacuum_enabled\s*=?\s*'?(?:false|off|no|0|f)\b/i;
