import { displayName } from "../src/core/name.ts";
import { defineRule } from "../src/core/rule.ts";

export default defineRule({
  id: "no-row-policy-call",
  summary: "Ask for the session's user once for a query, not for each row",
  severity: "info",
  confidence: "high",
  category: "security",
  dialects: ["postgresql"],
  since: "0.1.0",
  hazards: ["rls-initplan"],
  condition:
    "A policy calls auth.uid(), auth.jwt(), auth.role() or current_setting() outside of a subquery.",
  effect:
    "PostgreSQL calls the function for every row that the query looks at: a scan of a million rows calls it a million times.",
  instead: "Write (SELECT auth.uid()): the planner asks once for each query.",
  references: [
    "https://www.postgresql.org/docs/current/sql-createpolicy.html",
    "https://supabase.com/docs/guides/database/postgres/row-level-security#call-functions-with-select",
  ],
  examples: [
    {
      title: "A tenant in a setting",
      before: `CREATE TABLE notes (id bigint PRIMARY KEY, tenant text);
ALTER TABLE notes ENABLE ROW LEVEL SECURITY;`,
      bad: "CREATE POLICY own ON notes USING (tenant = current_setting('app.tenant'));",
      good: `SET LOCAL lock_timeout = '5s';
CREATE POLICY own ON notes USING (tenant = (SELECT current_setting('app.tenant')));`,
    },
  ],
  optIn: true,
  checks: {
    "create-policy": (operation, context) => {
      const called = operation.rowFunctions.find(
        ({ schema, name }) =>
          name === "current_setting" ||
          (schema === "auth" && ["uid", "jwt", "role", "email"].includes(name)),
      );
      if (called === undefined) return;
      const name = displayName(called);
      context.report(
        operation,
        `Every query on \`${displayName(operation.table)}\` calls \`${name}\` once for each row. Write (SELECT ${name}(…)).`,
        { table: operation.table },
      );
    },
  },
});
