import { nameKey, type ObjectName } from "./name.ts";
import type { Operation } from "./operation.ts";

/** The keys (see `nameKey`) of the tables, views, functions, sequences and types that operations create; a schema's is its name. */
export function createdNames(operations: readonly Operation[]): ReadonlySet<string> {
  const keys = new Set<string>();
  for (const operation of operations) {
    if (operation.kind === "create-schema") keys.add(nameKey({ name: operation.schema }));
    else {
      const name = createdName(operation);
      if (name !== undefined) keys.add(nameKey(name));
    }
  }
  return keys;
}

function createdName(operation: Operation): ObjectName | undefined {
  switch (operation.kind) {
    case "create-table":
    case "create-table-as":
      return operation.table;
    case "create-view":
      return operation.view;
    case "create-function":
      return operation.function;
    case "create-sequence":
      return operation.sequence;
    case "create-enum":
    case "create-domain":
    case "create-composite-type":
      return operation.type;
    default:
      return undefined;
  }
}
