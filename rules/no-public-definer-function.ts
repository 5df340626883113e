import { displayName, type ObjectName } from "../src/core/name.ts";
import { sameName } from "../src/core/object-map.ts";
import type { Operation } from "../src/core/operation.ts";
import { defineRule } from "../src/core/rule.ts";

export default defineRule({
  id: "no-public-definer-function",
  summary: "Revoke EXECUTE of a SECURITY DEFINER function from PUBLIC",
  severity: "info",
  confidence: "medium",
  category: "security",
  dialects: ["postgresql"],
  since: "0.1.0",
  condition:
    "A SECURITY DEFINER function or procedure is created, and the pull request does not revoke EXECUTE from PUBLIC. Functions of triggers are not reported: nobody can call them.",
  effect:
    "PostgreSQL lets every role execute a new function, and this one has its owner's rights: so every role has them, as far as the function goes.",
  instead:
    "Add REVOKE EXECUTE ON FUNCTION … FROM PUBLIC to the same transaction, and grant it to the roles that need it.",
  references: [
    "https://www.postgresql.org/docs/current/sql-createfunction.html#SQL-CREATEFUNCTION-SECURITY",
    "https://www.postgresql.org/docs/current/ddl-priv.html",
  ],
  examples: [
    {
      title: "A function that reads what its callers may not",
      before: "CREATE TABLE salaries (id bigint PRIMARY KEY, amount numeric NOT NULL);",
      bad: `CREATE FUNCTION total() RETURNS numeric
LANGUAGE sql SECURITY DEFINER SET search_path = ''
AS $$ SELECT sum(amount) FROM public.salaries $$;`,
      good: `CREATE FUNCTION total() RETURNS numeric
LANGUAGE sql SECURITY DEFINER SET search_path = ''
AS $$ SELECT sum(amount) FROM public.salaries $$;
REVOKE EXECUTE ON FUNCTION total() FROM PUBLIC;`,
    },
  ],
  optIn: true,
  hazards: ["security-definer-executable-by-public"],
  checks: {
    "create-function"(operation, context) {
      const { function: name, securityDefiner, returns } = operation;
      if (!securityDefiner || returns?.name === "trigger" || returns?.name === "event_trigger") {
        return;
      }
      const all = [...context.operations, ...context.laterMigrations()];
      if (all.some((one) => revokes(one, name))) return;
      context.report(
        operation,
        `Every role may call \`${displayName(name)}\`, which has its owner's rights. Revoke EXECUTE from PUBLIC in the same transaction.`,
      );
    },
  },
});

function revokes(operation: Operation, name: ObjectName): boolean {
  if (operation.kind !== "revoke" || !operation.roles.includes("public")) return false;
  // ALL FUNCTIONS IN SCHEMA names the schema; default privileges name nothing.
  if (operation.object === "schema" || operation.object === "default-privileges") return true;
  return operation.names.some((other) => sameName(other, name));
}
