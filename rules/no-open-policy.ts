import { displayIdentifier, displayName } from "../src/core/name.ts";
import type { CreatePolicy } from "../src/core/operations/table-object.ts";
import { defineRule } from "../src/core/rule.ts";

export default defineRule({
  id: "no-open-policy",
  summary: "Write no policy that lets everybody change every row",
  severity: "warning",
  confidence: "high",
  category: "security",
  dialects: ["postgresql"],
  since: "0.1.0",
  condition:
    "A permissive policy FOR ALL, UPDATE or DELETE has an expression that is always true, such as USING (true), for PUBLIC or for the roles anon and authenticated, which a web client has. Reading and inserting are not reported, nor is a policy for other roles.",
  effect:
    "Row-level security is on and stops nobody: every user changes or deletes the rows of every other. Permissive policies are joined by OR, so no other policy narrows this one.",
  instead:
    "Compare a column with the user in the expression, or name the role of the service that may do it all.",
  references: [
    "https://www.postgresql.org/docs/current/sql-createpolicy.html",
    "https://www.postgresql.org/docs/current/ddl-rowsecurity.html",
  ],
  examples: [
    {
      title: "A policy for every row",
      before: "CREATE TABLE users (id bigint PRIMARY KEY);",
      bad: `CREATE TABLE documents (id bigint PRIMARY KEY, owner name NOT NULL);
ALTER TABLE documents ENABLE ROW LEVEL SECURITY;
CREATE POLICY edit_documents ON documents FOR UPDATE USING (true);`,
      good: `CREATE TABLE documents (id bigint PRIMARY KEY, owner name NOT NULL);
ALTER TABLE documents ENABLE ROW LEVEL SECURITY;
CREATE POLICY edit_documents ON documents FOR UPDATE USING (owner = current_user);`,
    },
  ],
  hazards: ["rls-policy-always-true"],
  checks: {
    "create-policy"(operation, context) {
      if (operation.restrictive || !isForEverybody(operation) || !opensRows(operation)) return;
      const { table, policy } = operation;
      context.report(
        operation,
        `Every user can ${VERBS[operation.command ?? "all"]} every row of \`${displayName(table)}\`: \`${displayIdentifier(policy)}\` is always true. Compare a column with the user, or name the role that may do it all.`,
        { table },
      );
    },
  },
});

const VERBS = {
  all: "change and delete",
  update: "change",
  delete: "delete",
  insert: "insert",
  select: "read",
} as const;

/** Roles that anybody on the web has where Supabase or PostgREST serves the tables. */
const EVERYBODY = new Set(["public", "anon", "authenticated"]);

function isForEverybody({ roles }: CreatePolicy): boolean {
  return roles.some((role) => EVERYBODY.has(role));
}

/** USING says which rows may be touched; what they may become is for WITH CHECK, or again for USING. */
function opensRows({ command, using }: CreatePolicy): boolean {
  return (
    (command === "all" || command === "update" || command === "delete") && using === "always-true"
  );
}
