import { displayName } from "../src/core/name.ts";
import type { CreateFunction } from "../src/core/operations/object.ts";
import { defineRule } from "../src/core/rule.ts";
import type { FunctionObject } from "../src/core/schema-object.ts";
import type { TypeReference } from "../src/core/type-reference.ts";

export default defineRule({
  id: "no-ambiguous-overload",
  summary: "Drop the old function when the new one takes another parameter with a default",
  severity: "error",
  confidence: "high",
  category: "breaks-running-code",
  dialects: ["postgresql"],
  since: "0.1.0",
  hazards: ["function-overload-ambiguity"],
  condition:
    "CREATE FUNCTION, also with OR REPLACE, of a function that another one of the same name shadows: the one takes the parameters of the other and further ones with a default.",
  effect:
    "Other parameters make another function: OR REPLACE replaces nothing, and both are there. A call that fits both fails with SQLSTATE 42725, “function is not unique”, also in code that has worked until now.",
  instead: "Drop the old function in the same transaction, before the new one is created.",
  references: [
    "https://www.postgresql.org/docs/current/sql-createfunction.html",
    "https://www.postgresql.org/docs/current/typeconv-func.html",
  ],
  examples: [
    {
      title: "A further parameter",
      before: `CREATE FUNCTION gross(price numeric) RETURNS numeric
  LANGUAGE sql SET search_path = '' AS 'SELECT price * 1.2';`,
      bad: `CREATE OR REPLACE FUNCTION gross(price numeric, rate numeric DEFAULT 1.2) RETURNS numeric
  LANGUAGE sql SET search_path = '' AS 'SELECT price * rate';`,
      good: `DROP FUNCTION gross(numeric);
CREATE FUNCTION gross(price numeric, rate numeric DEFAULT 1.2) RETURNS numeric
  LANGUAGE sql SET search_path = '' AS 'SELECT price * rate';`,
    },
  ],
  directions: ["up", "down"],
  checks: {
    "create-function"(operation, context) {
      const other = context
        .functionsOf(operation.function)
        .find((one) => overlaps(operation, one) || overlaps(one, operation));
      if (other === undefined) return;
      const rest = context.operations.slice(context.operations.indexOf(operation) + 1);
      const goes = rest.some(
        (later) => later.kind === "drop-function" && later.function.name === other.name.name,
      );
      if (goes) return;
      const name = displayName(operation.function);
      context.report(
        operation,
        `\`${name}(${told(other.parameters)})\` stays beside this one, and a call with its parameters fits both: it fails with SQLSTATE 42725. Run DROP FUNCTION ${name}(${told(other.parameters)}) before.`,
      );
    },
  },
});

type Signature = Pick<CreateFunction | FunctionObject, "parameters" | "defaults">;

/** A call with the parameters of the shorter one is a call of the longer one, too. */
function overlaps(longer: Signature, shorter: Signature): boolean {
  const { length } = shorter.parameters;
  if (longer.parameters.length <= length) return false;
  if (longer.parameters.length - longer.defaults > length) return false;
  return shorter.parameters.every((type, place) => isSame(type, longer.parameters[place]));
}

function isSame(one: TypeReference, other: TypeReference | undefined): boolean {
  return one.name === other?.name && one.arrayDimensions === other.arrayDimensions;
}

function told(parameters: readonly TypeReference[]): string {
  return parameters.map(({ text }) => text).join(", ");
}
