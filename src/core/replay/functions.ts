import { VOLATILE_FUNCTIONS } from "../builtin-functions.ts";
import type { Volatility } from "../expression.ts";
import type { CreateFunction, DropFunction } from "../operations/object.ts";
import type { Schema } from "../schema.ts";
import type { FunctionObject } from "../schema-object.ts";
import { resolvedType, signatureOf } from "../type-name.ts";
import { keepFunctions } from "./drop-function.ts";
import type { Steps } from "./step.ts";

export const FUNCTION_STEPS: Steps<"create-function" | "drop-function"> = {
  "create-function": (schema, operation) => {
    createFunction(schema, operation);
    rememberUnseen(schema, operation.makes);
  },
  "drop-function": dropFunction,
};

function createFunction(schema: Schema, operation: CreateFunction): void {
  const name = schema.target(operation.function);
  const parameters = operation.parameters.map((type) => resolvedType(schema, type));
  const { returns, procedure, defaults } = operation;
  const created: FunctionObject = {
    name,
    procedure,
    signature: signatureOf(parameters),
    parameters,
    defaults,
    get volatility() {
      return effectiveVolatility(operation);
    },
    // Reading a body costs more than the statement around it, and hardly anything asks.
    get reads() {
      return operation.body?.tables ?? [];
    },
    get readColumns() {
      return operation.body?.columns ?? [];
    },
    get calls() {
      return operation.body?.functions ?? [];
    },
    readAtCall: !operation.standardBody,
    ...(returns === undefined ? {} : { returns: resolvedType(schema, returns) }),
  };
  const before = schema.functions.get(name)?.functions ?? [];
  const exists = before.some(({ signature }) => signature === created.signature);
  if (exists && !operation.orReplace) return;
  const others = before.filter(({ signature }) => signature !== created.signature);
  schema.functions.set({ name, functions: [...others, created] });
}

/** What code that runs in the database makes on tables is not followed. */
export function rememberUnseen(schema: Schema, names: readonly string[] = []): void {
  if (names.length > 0) schema.madeUnseen = new Set([...schema.madeUnseen, ...names]);
}

/**
 * PostgreSQL puts a simple body in SQL in the place of the call, and then goes by what that calls:
 * such a function need not say that it is not volatile
 * (https://wiki.postgresql.org/wiki/Inlining_of_SQL_functions).
 */
function effectiveVolatility({ language, volatility, body }: CreateFunction): Volatility {
  if (language !== "sql" || volatility !== "volatile") return volatility;
  const isVolatile = body?.functions.some(({ name }) => VOLATILE_FUNCTIONS.has(name)) === true;
  return isVolatile ? "volatile" : "unknown";
}

/** Without parameters in the statement the name has one function only. */
function dropFunction(schema: Schema, operation: DropFunction): void {
  const found = schema.functions.find(operation.function, schema.path);
  if (found === undefined) return;
  const signature =
    operation.parameters === undefined
      ? undefined
      : signatureOf(operation.parameters.map((type) => resolvedType(schema, type)));
  const left = found.functions.filter(
    (overload) => signature !== undefined && overload.signature !== signature,
  );
  keepFunctions(schema, found, left, operation.cascade);
}
