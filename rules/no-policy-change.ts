import { displayName, type ObjectName } from "../src/core/name.ts";
import type { Operation } from "../src/core/operation.ts";
import type { RuleContext } from "../src/core/rule-context.ts";
import { defineRule } from "../src/core/rule.ts";

export default defineRule({
  id: "no-policy-change",
  summary: "Have every change of row-level security read by a second person",
  severity: "info",
  confidence: "high",
  category: "security",
  dialects: ["postgresql"],
  since: "0.1.0",
  condition:
    "CREATE, ALTER or DROP POLICY, or ENABLE, DISABLE, FORCE or NO FORCE ROW LEVEL SECURITY, on a table that was there before the migrations under review.",
  effect:
    "Other rows are seen and written from the moment at which it commits, with an error nowhere; and while it waits for its ACCESS EXCLUSIVE lock, every read and write of the table waits behind it.",
  instead:
    "Say in a comment who gains and who loses rows. Change policies of one table in one transaction.",
  references: ["https://www.postgresql.org/docs/current/ddl-rowsecurity.html"],
  examples: [
    {
      title: "A policy more",
      before: `CREATE TABLE notes (id bigint PRIMARY KEY, owner name NOT NULL);
ALTER TABLE notes ENABLE ROW LEVEL SECURITY;`,
      bad: "CREATE POLICY own_notes ON notes USING (owner = current_user);",
      good: `SET LOCAL lock_timeout = '5s';
-- migrate-verify-ignore no-policy-change owners see their own notes, nobody loses any
CREATE POLICY own_notes ON notes USING (owner = current_user);`,
    },
  ],
  optIn: true,
  squawk: [
    "ban-create-policy",
    "ban-drop-policy",
    "ban-alter-policy-condition",
    "ban-alter-policy-roles",
    "ban-alter-row-level-security",
  ],
  hazards: ["policy-change", "rls-toggle"],
  checks: {
    "create-policy": (operation, context) => report(operation, operation.table, context),
    "alter-policy": (operation, context) => report(operation, operation.table, context),
    "drop-policy": (operation, context) => report(operation, operation.table, context),
    "alter-row-security": (operation, context) => report(operation, operation.table, context),
  },
});

function report(operation: Operation, table: ObjectName, context: RuleContext): void {
  if (context.isNewTable(table)) return;
  context.report(
    operation,
    `Users see and write other rows of \`${displayName(table)}\` as soon as this commits. Say in a comment who gains and who loses rows.`,
    { table },
  );
}
