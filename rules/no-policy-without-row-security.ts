import { displayIdentifier, displayName, nameKey } from "../src/core/name.ts";
import { defineRule } from "../src/core/rule.ts";
import { adviceName } from "../src/core/sql-name.ts";

export default defineRule({
  id: "no-policy-without-row-security",
  summary: "Enable row-level security on a table that has policies",
  severity: "warning",
  confidence: "high",
  category: "security",
  dialects: ["postgresql"],
  since: "0.1.0",
  condition:
    "CREATE POLICY on a table that the migrations made and on which none of them enables row-level security.",
  effect:
    "The policy does nothing: every role that may read the table reads every row, and whoever reads the migration believes otherwise.",
  instead: "Add ALTER TABLE … ENABLE ROW LEVEL SECURITY to the migration that creates the policy.",
  references: ["https://www.postgresql.org/docs/current/ddl-rowsecurity.html"],
  examples: [
    {
      title: "A policy that does nothing",
      before: "CREATE TABLE users (id bigint PRIMARY KEY);",
      bad: `CREATE TABLE documents (id bigint PRIMARY KEY, owner name NOT NULL);
CREATE POLICY own_documents ON documents USING (owner = current_user);`,
      good: `CREATE TABLE documents (id bigint PRIMARY KEY, owner name NOT NULL);
ALTER TABLE documents ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_documents ON documents USING (owner = current_user);`,
    },
  ],
  hazards: ["policy-without-rls"],
  checks: {
    migration(context) {
      const told = new Set<string>();
      for (const operation of context.operations) {
        if (operation.kind !== "create-policy") continue;
        const { table, policy } = operation;
        const key = nameKey(table);
        if (told.has(key) || context.table(table)?.rowSecurity !== false) continue;
        if (context.laterMigrations("alter-row-security").some(enablesItThere)) continue;
        // A block that builds its SQL may have enabled it.
        if (context.operations.some((one) => one.kind === "do-block" && one.dynamic)) continue;
        told.add(key);
        context.report(
          operation,
          `The policy \`${displayIdentifier(policy)}\` protects no row: row-level security is off on \`${displayName(table)}\`. Add ALTER TABLE ${adviceName(table)} ENABLE ROW LEVEL SECURITY.`,
          { table },
        );

        function enablesItThere(later: (typeof context.operations)[number]): boolean {
          return later.kind === "alter-row-security" && nameKey(later.table) === key;
        }
      }
    },
  },
});
