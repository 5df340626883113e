import { displayName, nameKey } from "../src/core/name.ts";
import type { Operation } from "../src/core/operation.ts";
import type { CreatePolicy } from "../src/core/operations/table-object.ts";
import { defineRule } from "../src/core/rule.ts";

export default defineRule({
  id: "require-write-policy",
  summary: "Write policies for writes too, or say that the table is read only",
  severity: "info",
  confidence: "medium",
  category: "security",
  dialects: ["postgresql"],
  since: "0.1.0",
  hazards: ["rls-policy-incomplete"],
  condition:
    "A table with row level security gets its first policies in this migration, and all of them are FOR SELECT.",
  effect:
    "Every INSERT, UPDATE and DELETE by a role that policies bind fails or changes no row: an UPDATE that finds nothing reports success.",
  instead: "Add policies for writes, or suppress this with the reason that nobody writes.",
  references: [
    "https://www.postgresql.org/docs/current/ddl-rowsecurity.html",
    "https://www.postgresql.org/docs/current/sql-createpolicy.html",
  ],
  examples: [
    {
      title: "Documents that owners read",
      before: "CREATE TABLE documents (id bigint PRIMARY KEY, owner text);",
      bad: `ALTER TABLE documents ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON documents FOR SELECT USING (owner = current_user);`,
      good: `SET LOCAL lock_timeout = '5s';
ALTER TABLE documents ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON documents FOR ALL USING (owner = current_user);`,
    },
  ],
  optIn: true,
  checks: {
    migration(context) {
      const policies = context.operations.filter(isCreatePolicy);
      for (const policy of policies) {
        const table = context.table(policy.table);
        const own = policies.filter((one) => nameKey(one.table) === nameKey(policy.table));
        if (table?.rowSecurity !== true || own[0] !== policy) continue;
        if (table.policies.length !== own.length) continue;
        if (own.some(({ command }) => command !== "select")) continue;
        context.report(
          policy,
          `Roles that policies bind can write nothing to \`${displayName(policy.table)}\`: its only policies are FOR SELECT. Add policies for writes.`,
          { table: policy.table },
        );
      }
    },
  },
});

function isCreatePolicy(
  operation: Operation,
): operation is CreatePolicy & { kind: "create-policy" } {
  return operation.kind === "create-policy";
}
