import { displayName } from "../src/core/name.ts";
import type { ConstraintDefinition } from "../src/core/operations/constraint.ts";
import type { RuleContext } from "../src/core/rule-context.ts";
import { defineRule } from "../src/core/rule.ts";

export default defineRule({
  id: "no-auth-schema-reference",
  summary: "Reference the managed tables of Supabase by their primary keys only",
  severity: "warning",
  confidence: "medium",
  category: "design",
  dialects: ["postgresql"],
  since: "0.1.0",
  condition:
    "A foreign key references columns other than id of a table in the schemas auth or storage, and no migration made that table.",
  effect:
    "Supabase may change every unique constraint of these tables but the primary key: its upgrade of the project then fails, or takes this foreign key away.",
  instead: "Reference the primary key: auth.users (id).",
  references: [
    "https://supabase.com/docs/guides/auth/managing-user-data",
    "https://supabase.com/docs/guides/database/database-advisors",
  ],
  examples: [
    {
      title: "The address of a user",
      before: `CREATE SCHEMA auth;
DO $$ BEGIN EXECUTE format('CREATE TABLE auth.%I (id uuid PRIMARY KEY, phone text UNIQUE)', 'users'); END $$;`,
      bad: `CREATE TABLE profiles (
  id bigint PRIMARY KEY, phone text NOT NULL UNIQUE REFERENCES auth.users (phone)
);`,
      good: `SET LOCAL lock_timeout = '5s';
CREATE TABLE profiles (
  id uuid PRIMARY KEY REFERENCES auth.users (id) ON DELETE CASCADE
);`,
    },
  ],
  hazards: ["supabase-auth-schema-reference"],
  checks: {
    "create-table"({ columns, constraints }, context) {
      for (const constraint of [...constraints, ...columns.flatMap((one) => one.constraints)]) {
        report(constraint, context);
      }
    },
    "add-constraint": ({ constraint }, context) => report(constraint, context),
    "add-column"({ column }, context) {
      for (const constraint of column.constraints) report(constraint, context);
    },
  },
});

function report(constraint: ConstraintDefinition, context: RuleContext): void {
  if (constraint.kind !== "foreign-key") return;
  const { references, referencedColumns } = constraint;
  if (references.schema !== "auth" && references.schema !== "storage") return;
  if (referencedColumns.length === 0 || referencedColumns.join() === "id") return;
  if (context.table(references) !== undefined) return;
  context.report(
    constraint.span,
    `An upgrade of Supabase fails on this foreign key, or takes it away: only the primary key of \`${displayName(references)}\` is kept as it is. Reference id.`,
    { table: references },
  );
}
