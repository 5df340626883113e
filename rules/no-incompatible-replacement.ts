import { displayIdentifier, displayName } from "../src/core/name.ts";
import { defineRule } from "../src/core/rule.ts";
import type { RuleContext } from "../src/core/rule-context.ts";
import type { FunctionObject } from "../src/core/schema-object.ts";
import type { TypeReference } from "../src/core/type-reference.ts";

export default defineRule({
  id: "no-incompatible-replacement",
  summary: "Replace a view or function only with one of the same shape",
  severity: "error",
  confidence: "high",
  category: "data-dependent-failure",
  dialects: ["postgresql"],
  since: "0.1.0",
  hazards: ["replace-view-or-function-signature"],
  condition:
    "CREATE OR REPLACE VIEW that leaves out, renames or moves a column of the view that is there; or CREATE OR REPLACE FUNCTION with the same parameters and another return type.",
  effect:
    "The statement fails, with SQLSTATE 42P16 for a view and 42P13 for a function: PostgreSQL lets a replaced view add columns at its end, and nothing more.",
  instead:
    "Keep the columns in their order and add new ones at the end; or drop the view or function and create it again in the same transaction.",
  references: [
    "https://www.postgresql.org/docs/current/sql-createview.html",
    "https://www.postgresql.org/docs/current/sql-createfunction.html",
  ],
  examples: [
    {
      title: "A view that loses a column",
      before: `CREATE TABLE users (id bigint PRIMARY KEY, name text, email text);
CREATE VIEW contacts AS SELECT id, name, email FROM users;`,
      bad: "CREATE OR REPLACE VIEW contacts AS SELECT id, email FROM users;",
      good: "CREATE OR REPLACE VIEW contacts AS SELECT id, name, email, lower(email) AS key FROM users;",
      fails: "42P16",
    },
    {
      title: "A function that returns something else",
      before: "CREATE FUNCTION tax(price numeric) RETURNS integer LANGUAGE sql AS 'SELECT 1';",
      bad: "CREATE OR REPLACE FUNCTION tax(price numeric) RETURNS numeric LANGUAGE sql AS 'SELECT price / 5';",
      good: `DROP FUNCTION tax(numeric);
CREATE FUNCTION tax(price numeric) RETURNS numeric LANGUAGE sql AS 'SELECT price / 5';`,
      fails: "42P13",
    },
  ],
  directions: ["up", "down"],
  checks: {
    "create-view"(operation, context) {
      const old = context.view(operation.view);
      if (!operation.orReplace || operation.temporary || old === undefined) return;
      const { columns } = operation;
      if (columns === undefined || old.columns === undefined || columns.includes("*")) return;
      const wrong = old.columns.findIndex((column, place) => columns[place] !== column);
      const lost = old.columns[wrong];
      if (lost === undefined) return;
      context.report(
        operation,
        `CREATE OR REPLACE VIEW cannot take the column \`${displayIdentifier(lost)}\` away from \`${displayName(operation.view)}\`, nor rename or move it: this fails with SQLSTATE 42P16. Keep the columns in their order and add new ones at the end, or drop the view first.`,
        { table: operation.view },
      );
    },
    "create-function"(operation, context) {
      if (!operation.orReplace || operation.returns === undefined) return;
      const old = context
        .functionsOf(operation.function)
        .find((one) => hasParameters(one, operation.parameters));
      const { returns } = operation;
      if (old?.returns === undefined || isSame(old.returns, returns, context)) return;
      context.report(
        operation,
        `CREATE OR REPLACE FUNCTION cannot make \`${displayName(operation.function)}\` return ${returns.text} instead of ${old.returns.text}: this fails with SQLSTATE 42P13. Drop the function first, in the same transaction.`,
      );
    },
  },
});

function hasParameters(one: FunctionObject, parameters: readonly TypeReference[]): boolean {
  return (
    one.parameters.length === parameters.length &&
    one.parameters.every((type, place) => {
      const other = parameters[place];
      return type.name === other?.name && type.arrayDimensions === other.arrayDimensions;
    })
  );
}

/** A function that returns a table or a set is told by its columns, which are not known here. */
function isSame(one: TypeReference, other: TypeReference, context: RuleContext): boolean {
  if (one.name === "record" || other.name === "record") return true;
  const schema = (type: TypeReference): string | undefined =>
    type.schema === "pg_catalog" ? undefined : (context.enumType(type)?.name.schema ?? type.schema);
  const moved = one.schema !== undefined && other.schema !== undefined;
  return (
    one.name === other.name &&
    one.arrayDimensions === other.arrayDimensions &&
    (!moved || schema(one) === schema(other))
  );
}
