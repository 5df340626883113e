import { displayName, nameKey, type ObjectName } from "../src/core/name.ts";
import type { Operation } from "../src/core/operation.ts";
import type { RuleContext } from "../src/core/rule-context.ts";
import { defineRule } from "../src/core/rule.ts";

export default defineRule({
  id: "require-row-security-policy",
  summary: "Keep a policy on a table with row-level security",
  severity: "warning",
  confidence: "medium",
  category: "security",
  dialects: ["postgresql"],
  since: "0.1.0",
  condition:
    "After the migrations under review a table that was there before has row-level security and no policy: they enabled the one without the other, or dropped the last policy. New tables are not reported: nobody reads them yet.",
  effect:
    "Every role but the table's owner, superusers and roles with BYPASSRLS sees no row and can write none: reads give no error and no rows, so the application shows empty pages.",
  instead:
    "Create the policies before ENABLE ROW LEVEL SECURITY, or the new one before the old is dropped, in one transaction.",
  references: ["https://www.postgresql.org/docs/current/ddl-rowsecurity.html"],
  examples: [
    {
      title: "Row security without a policy",
      before: "CREATE TABLE documents (id bigint PRIMARY KEY, owner name NOT NULL);",
      bad: "ALTER TABLE documents ENABLE ROW LEVEL SECURITY;",
      good: `SET LOCAL lock_timeout = '5s';
CREATE POLICY own_documents ON documents USING (owner = current_user);
ALTER TABLE documents ENABLE ROW LEVEL SECURITY;`,
    },
  ],
  hazards: ["rls-enabled-without-policy"],
  checks: {
    migration(context) {
      const told = new Set<string>();
      for (const operation of context.operations.toReversed()) {
        const table = narrowed(operation);
        if (table === undefined || told.has(nameKey(table))) continue;
        told.add(nameKey(table));
        if (!isShut(table, context)) continue;
        context.report(
          operation,
          `Everyone but the owner of \`${displayName(table)}\` sees none of its rows from here on, without an error: row-level security is on and no policy is left. Create the policy in the same transaction.`,
          { table },
        );
      }
    },
  },
});

/** The table that a statement may have shut. */
function narrowed(operation: Operation): ObjectName | undefined {
  if (operation.kind === "drop-policy") return operation.table;
  return operation.kind === "alter-row-security" && operation.action === "enable"
    ? operation.table
    : undefined;
}

function isShut(name: ObjectName, context: RuleContext): boolean {
  const table = context.table(name);
  if (table === undefined || table.isNew || table.persistence === "temporary") return false;
  if (!table.rowSecurity || table.policies.length > 0) return false;
  const key = nameKey(name);
  return !context
    .laterMigrations("create-policy", "alter-row-security")
    .some(
      (later) =>
        (later.kind === "create-policy" || later.kind === "alter-row-security") &&
        nameKey(later.table) === key,
    );
}
