import { DEFAULT_SCHEMA, displayName, nameKey } from "../src/core/name.ts";
import type { CreateTable } from "../src/core/operations/table.ts";
import type { RuleContext } from "../src/core/rule-context.ts";
import { defineRule } from "../src/core/rule.ts";

export default defineRule({
  id: "require-row-security",
  summary: "Enable row-level security on a table that an API serves",
  severity: "warning",
  confidence: "high",
  category: "security",
  dialects: ["postgresql"],
  since: "0.1.0",
  condition:
    "A table is created in one of the schemas of the option `schemas`, and no migration of the pull request enables row-level security on it.",
  effect:
    "Where Supabase or PostgREST serves the schema, everybody who has the public key reads and writes every row of the table.",
  instead: "Add ALTER TABLE … ENABLE ROW LEVEL SECURITY and the policies to the migration.",
  references: [
    "https://www.postgresql.org/docs/current/ddl-rowsecurity.html",
    "https://supabase.com/docs/guides/database/postgres/row-level-security",
  ],
  examples: [
    {
      title: "A table in a served schema",
      before: "CREATE TABLE users (id bigint PRIMARY KEY);",
      bad: "CREATE TABLE notes (id bigint PRIMARY KEY, owner name NOT NULL);",
      good: `CREATE TABLE notes (id bigint PRIMARY KEY, owner name NOT NULL);
ALTER TABLE notes ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_notes ON notes USING (owner = current_user);`,
      options: { schemas: "public" },
    },
  ],
  options: {
    schemas: {
      default: "",
      description: "The schemas that an API serves, separated by commas. Empty: none is.",
    },
  },
  optIn: true,
  hazards: ["rls-disabled-on-exposed-table"],
  checks: {
    migration(context) {
      const served = new Set(String(context.option("schemas")).split(/[\s,]+/));
      for (const operation of context.operations) {
        if (operation.kind !== "create-table") continue;
        const { table } = operation;
        if (!served.has(table.schema ?? DEFAULT_SCHEMA) || !isOpen(operation, context)) continue;
        context.report(
          operation,
          `Everybody who can call the API reads and writes every row of \`${displayName(table)}\`: its schema is served, and row-level security is off. Enable it and write the policies.`,
          { table },
        );
      }
    },
  },
});

function isOpen({ table: name, persistence, foreign }: CreateTable, context: RuleContext): boolean {
  if (persistence === "temporary" || foreign) return false;
  const table = context.table(name);
  if (table === undefined || table.rowSecurity) return false;
  if (context.operations.some((one) => one.kind === "do-block" && one.dynamic)) return false;
  const key = nameKey(name);
  return !context
    .laterMigrations("alter-row-security")
    .some((later) => later.kind === "alter-row-security" && nameKey(later.table) === key);
}
