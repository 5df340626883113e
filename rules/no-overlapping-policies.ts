import { displayIdentifier, displayName, nameKey } from "../src/core/name.ts";
import type { CreatePolicy } from "../src/core/operations/table-object.ts";
import { defineRule } from "../src/core/rule.ts";

export default defineRule({
  id: "no-overlapping-policies",
  summary: "Write one permissive policy for each role and command",
  severity: "info",
  confidence: "high",
  category: "security",
  dialects: ["postgresql"],
  since: "0.1.0",
  hazards: ["multiple-permissive-policies"],
  condition:
    "A migration creates two permissive policies for the same table, command and role. Policies of earlier migrations are not compared.",
  effect:
    "A row passes when either lets it: the looser one decides, whatever the other says. Both are tested for every row.",
  instead: "Join them with OR in one policy, or make one AS RESTRICTIVE.",
  references: ["https://www.postgresql.org/docs/current/sql-createpolicy.html"],
  examples: [
    {
      title: "Owners and readers",
      before: `CREATE TABLE documents (id bigint PRIMARY KEY, owner text, shared boolean);
ALTER TABLE documents ENABLE ROW LEVEL SECURITY;`,
      bad: `CREATE POLICY own ON documents USING (owner = current_user);
CREATE POLICY shared ON documents FOR SELECT USING (shared);`,
      good: `SET LOCAL lock_timeout = '5s';
CREATE POLICY own ON documents USING (shared OR owner = current_user) WITH CHECK (owner = current_user);`,
    },
  ],
  optIn: true,
  checks: {
    "create-policy"(operation, context) {
      const before = context.operations.slice(0, context.operations.indexOf(operation));
      const other = before.find((one) => one.kind === "create-policy" && overlap(one, operation));
      if (other?.kind !== "create-policy") return;
      context.report(
        operation,
        `A row of \`${displayName(operation.table)}\` passes when \`${displayIdentifier(other.policy)}\` or this policy lets it: the looser one decides. Join them in one policy, or make this one AS RESTRICTIVE.`,
        { table: operation.table },
      );
    },
  },
});

function overlap(one: CreatePolicy, other: CreatePolicy): boolean {
  if (one.restrictive || other.restrictive) return false;
  if (nameKey(one.table) !== nameKey(other.table)) return false;
  const commands = [one.command, other.command];
  if (one.command !== other.command && !commands.includes("all")) return false;
  const isPublic = [...one.roles, ...other.roles].includes("public");
  return isPublic || one.roles.some((role) => other.roles.includes(role));
}
