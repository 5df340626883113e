import type { CreateFunction, DropFunction } from "../operations/object.ts";
import { sameName } from "../object-map.ts";
import type { Schema } from "../schema.ts";
import type { FunctionObject } from "../schema-object.ts";
import { resolvedType, signatureOf } from "../type-name.ts";
import { dropFunctionsWhere } from "./drop-type.ts";
import type { Steps } from "./step.ts";

export const FUNCTION_STEPS: Steps<"create-function" | "drop-function"> = {
  "create-function": createFunction,
  "drop-function": dropFunction,
};

function createFunction(schema: Schema, operation: CreateFunction): void {
  const name = schema.target(operation.function);
  const parameters = operation.parameters.map((type) => resolvedType(schema, type));
  const { returns, volatility, procedure } = operation;
  const created: FunctionObject = {
    name,
    procedure,
    signature: signatureOf(parameters),
    parameters,
    volatility,
    // Reading a body costs more than the statement around it, and hardly anything asks.
    get reads() {
      return operation.body?.tables ?? [];
    },
    ...(returns === undefined ? {} : { returns: resolvedType(schema, returns) }),
  };
  const before = schema.functions.get(name)?.functions ?? [];
  const exists = before.some(({ signature }) => signature === created.signature);
  if (exists && !operation.orReplace) return;
  const others = before.filter(({ signature }) => signature !== created.signature);
  schema.functions.set({ name, functions: [...others, created] });
}

/** Without parameters in the statement the name has one function only. */
function dropFunction(schema: Schema, operation: DropFunction): void {
  const found = schema.functions.find(operation.function, schema.path);
  if (found === undefined) return;
  const signature =
    operation.parameters === undefined
      ? undefined
      : signatureOf(operation.parameters.map((type) => resolvedType(schema, type)));
  dropFunctionsWhere(
    schema,
    (overload) =>
      sameName(overload.name, found.name) &&
      (signature === undefined || overload.signature === signature),
  );
}
