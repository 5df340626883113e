import type { ObjectName } from "../name.ts";
import { sameName } from "../object-map.ts";
import type { Schema } from "../schema.ts";
import type { FunctionObject } from "../schema-object.ts";
import type { TypeReference } from "../type-reference.ts";
import { dropColumn } from "./drop-column.ts";

/** Removes a type, and with `cascade` the columns, domains and functions that use it. */
export function dropType(schema: Schema, name: ObjectName, cascade: boolean): void {
  schema.enums.delete(name);
  schema.domains.delete(name);
  schema.otherTypes.delete(name);
  if (cascade) dropTypeUses(schema, name);
}

/** Removes the columns, domains and functions that use a type. */
export function dropTypeUses(schema: Schema, name: ObjectName): void {
  const uses = (type: TypeReference | undefined): boolean =>
    type?.schema !== undefined && sameName(type, name);
  dropColumnsWhere(schema, uses);
  for (const domain of schema.domains.all()) {
    if (uses(domain.baseType)) dropType(schema, domain.name, true);
  }
  dropFunctionsWhere(
    schema,
    ({ parameters, returns }) => uses(returns) || parameters.some((type) => uses(type)),
  );
}

/** Removes every column whose type passes the test. */
export function dropColumnsWhere(schema: Schema, test: (type: TypeReference) => boolean): void {
  for (const table of schema.tables.all()) {
    for (const column of table.columns) {
      if (test(column.type)) dropColumn(schema, table.name, column.name, true);
    }
  }
}

/** Removes every function that passes the test, and the triggers that call it. */
export function dropFunctionsWhere(
  schema: Schema,
  test: (overload: FunctionObject) => boolean,
): void {
  for (const { name, functions } of schema.functions.all()) {
    const left = functions.filter((overload) => !test(overload));
    if (left.length === functions.length) continue;
    if (left.length > 0) schema.functions.set({ name, functions: left });
    else schema.functions.delete(name);
    // A trigger's function takes no parameters.
    if (!left.some(({ signature }) => signature === "")) dropTriggersOf(schema, name);
  }
}

function dropTriggersOf(schema: Schema, name: ObjectName): void {
  for (const table of schema.tables.all()) {
    const triggers = table.triggers.filter((trigger) => !sameName(trigger.function, name));
    if (triggers.length < table.triggers.length) schema.tables.set({ ...table, triggers });
  }
}
