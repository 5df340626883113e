import { IMMUTABLE_FUNCTIONS, STABLE_FUNCTIONS, VOLATILE_FUNCTIONS } from "./builtin-functions.ts";
import type { Expression, Volatility } from "./expression.ts";
import type { ObjectName } from "./name.ts";
import type { Schema } from "./schema.ts";

const STRENGTH: readonly Volatility[] = ["constant", "immutable", "stable", "unknown", "volatile"];

/**
 * How far the value of an expression can change from row to row: the most volatile of the functions
 * that it calls. `unknown` when one of them is neither PostgreSQL's, nor of a contrib extension, nor
 * declared by the migrations, and none is volatile.
 */
export function volatilityOf(expression: Expression, schema: Schema): Volatility {
  if (expression.constant) return "constant";
  let result: Volatility = expression.hasSubquery ? "stable" : "immutable";
  for (const name of expression.functions) {
    const volatility = functionVolatility(name, schema);
    if (STRENGTH.indexOf(volatility) > STRENGTH.indexOf(result)) result = volatility;
  }
  return result;
}

const MOST_VOLATILE: readonly Volatility[] = ["volatile", "unknown", "stable", "immutable"];

/** Of a function that the migrations declare; the most volatile of several. Undefined: they declare none. */
function declaredVolatility(name: ObjectName, schema: Schema): Volatility | undefined {
  const overloads = schema.functions.find(name, schema.path)?.functions ?? [];
  return MOST_VOLATILE.find((volatility) =>
    overloads.some((overload) => overload.volatility === volatility),
  );
}

function functionVolatility(name: ObjectName, schema: Schema): Volatility {
  if (name.schema !== "pg_catalog") {
    const declared = declaredVolatility(name, schema);
    if (declared !== undefined) return declared;
  }
  // Extensions may be installed into any schema, so that a schema says nothing about them.
  if (VOLATILE_FUNCTIONS.has(name.name)) return "volatile";
  if (STABLE_FUNCTIONS.has(name.name)) return "stable";
  return IMMUTABLE_FUNCTIONS.has(name.name) ? "immutable" : "unknown";
}
