import { displayName, type ObjectName } from "../src/core/name.ts";
import { defineRule } from "../src/core/rule.ts";

export default defineRule({
  id: "no-exposed-view",
  summary: "Show no accounts of Supabase through a view of the API",
  severity: "warning",
  confidence: "high",
  category: "security",
  dialects: ["postgresql"],
  since: "0.1.0",
  hazards: ["api-exposed-object"],
  condition:
    "A view or materialized view in public, or in a schema of the option `schemas`, reads auth.users, and no migration made that table.",
  effect:
    "Supabase offers every object of these schemas through its API: whoever may read the view, anon by default, gets addresses and hashes of all users.",
  instead:
    "Make the view in a schema that the API does not offer, or copy what may be seen into a table with policies.",
  references: [
    "https://supabase.com/docs/guides/database/database-advisors",
    "https://supabase.com/docs/guides/auth/managing-user-data",
  ],
  examples: [
    {
      title: "Addresses of users",
      before: `CREATE SCHEMA auth;
CREATE SCHEMA internal;
DO $$ BEGIN EXECUTE format('CREATE TABLE auth.%I (id uuid PRIMARY KEY, email text)', 'users'); END $$;`,
      bad: "CREATE VIEW members AS SELECT id, email FROM auth.users;",
      good: "CREATE VIEW internal.members AS SELECT id, email FROM auth.users;",
    },
  ],
  options: {
    schemas: { default: "public", description: "Schemas that the API offers, with commas." },
  },
  checks: {
    "create-view"(operation, context) {
      const { view, query, temporary } = operation;
      const offered = String(context.option("schemas")).split(/[\s,]+/);
      if (temporary || !offered.includes(view.schema ?? "public")) return;
      const users = query.tables.find(isUsers);
      if (users === undefined || context.table(users) !== undefined) return;
      context.report(
        operation,
        `Whoever may read \`${displayName(view)}\` through the API gets every account of \`auth.users\`. Make it in a schema that the API does not offer.`,
        { table: users },
      );
    },
  },
});

function isUsers({ schema, name }: ObjectName): boolean {
  return schema === "auth" && name === "users";
}
