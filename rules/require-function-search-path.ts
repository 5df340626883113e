import { sameName } from "../src/core/object-map.ts";
import { displayName, type ObjectName } from "../src/core/name.ts";
import type { Operation } from "../src/core/operation.ts";
import type { RuleContext } from "../src/core/rule-context.ts";
import { defineRule } from "../src/core/rule.ts";

export default defineRule({
  id: "require-function-search-path",
  summary: "Set search_path on a SECURITY DEFINER function",
  severity: "warning",
  confidence: "high",
  category: "security",
  dialects: ["postgresql"],
  since: "0.1.0",
  condition:
    "A function or procedure is SECURITY DEFINER and has no SET search_path, and no later statement of the pull request gives it one. Functions in C are not reported.",
  effect:
    "The function runs with its owner's rights, and the caller's search_path says what its unqualified names mean: whoever can create a table or an operator in a schema of that path, pg_temp too, runs code as the owner.",
  instead:
    "Add SET search_path = '' and qualify every name, or SET search_path = a_trusted_schema, pg_temp.",
  references: [
    "https://www.postgresql.org/docs/current/sql-createfunction.html#SQL-CREATEFUNCTION-SECURITY",
  ],
  examples: [
    {
      title: "A function that checks a password",
      before: "CREATE TABLE accounts (name text PRIMARY KEY, hash text NOT NULL);",
      bad: `CREATE FUNCTION check_hash(account text, given text) RETURNS boolean
LANGUAGE sql SECURITY DEFINER
AS $$ SELECT hash = given FROM accounts WHERE name = account $$;`,
      good: `CREATE FUNCTION check_hash(account text, given text) RETURNS boolean
LANGUAGE sql SECURITY DEFINER SET search_path = ''
AS $$ SELECT hash = given FROM public.accounts WHERE name = account $$;`,
    },
  ],
  hazards: ["security-definer-search-path"],
  checks: {
    "create-function"(operation, context) {
      const { securityDefiner, searchPath, language } = operation;
      if (!securityDefiner || searchPath !== undefined) return;
      if (language === "c" || language === "internal") return;
      report(operation, operation.function, context);
    },
    "alter-object"(operation, context) {
      const { name, object, states = [] } = operation;
      if (object !== "function" && object !== "procedure") return;
      if (name === undefined || !states.includes("security")) return;
      if (states.includes("search_path") || setsPath(context.operations, name)) return;
      report(operation, name, context);
    },
  },
});

function report(operation: Operation, name: ObjectName, context: RuleContext): void {
  const later = context.operations.slice(context.operations.indexOf(operation) + 1);
  if (setsPath(later, name) || setsPath(context.laterMigrations(), name)) return;
  context.report(
    operation,
    `Whoever calls \`${displayName(name)}\` chooses with their own search_path what its names mean, and it runs with its owner's rights. Add SET search_path = '' and qualify the names in it.`,
  );
}

/** Whether a statement gives the function a search_path, or takes SECURITY DEFINER away by making it anew. */
function setsPath(operations: readonly Operation[], name: ObjectName): boolean {
  return operations.some((operation) => {
    switch (operation.kind) {
      case "alter-object":
        return operation.states?.includes("search_path") === true && isOf(operation.name);
      case "create-function":
        return (
          isOf(operation.function) && (operation.searchPath ?? operation.securityDefiner) !== true
        );
      case "drop-function":
        return isOf(operation.function);
      default:
        return false;
    }
  });

  function isOf(other: ObjectName | undefined): boolean {
    return other !== undefined && sameName(other, name);
  }
}
