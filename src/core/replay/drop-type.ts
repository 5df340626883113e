import type { ObjectName } from "../name.ts";
import { sameName } from "../object-map.ts";
import type { Schema } from "../schema.ts";
import type { TypeReference } from "../type-reference.ts";
import { dropColumn } from "./drop-column.ts";
import { dropFunctionsWhere } from "./drop-function.ts";

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
