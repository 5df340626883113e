import type { ObjectName } from "./name.ts";
import type { Operation } from "./operation.ts";
import type { RuleContext } from "./rule-context.ts";

/** Something that PostgreSQL drops with an object when the DROP says CASCADE. */
export interface Dependent {
  readonly kind: "view" | "foreign-key" | "column";
  /** The view, or the table that the foreign key or the column is of. */
  readonly relation: ObjectName;
  /** Of the foreign key or the column. */
  readonly name?: string;
}

type Schema = Pick<
  RuleContext,
  "table" | "constraint" | "referencing" | "viewsOf" | "columnsOfType"
>;

/**
 * What depends on the object that an operation drops, as far as the migrations tell; undefined for
 * objects of which they do not tell.
 */
export function dependentsOf(
  operation: Operation,
  schema: Schema,
): readonly Dependent[] | undefined {
  switch (operation.kind) {
    case "drop-table":
      return [...viewsOn(operation.table, schema), ...keysTo(operation.table, undefined, schema)];
    case "drop-column":
      return keysTo(operation.table, [operation.column], schema);
    case "drop-constraint": {
      const { columns, definition } =
        schema.constraint(operation.table, operation.constraint) ?? {};
      const isKey = definition?.kind === "primary-key" || definition?.kind === "unique";
      return isKey ? keysTo(operation.table, columns, schema) : [];
    }
    case "drop-view":
      return viewsOn(operation.view, schema);
    case "drop-type":
      return schema
        .columnsOfType(operation.type)
        .map(({ table, column }) => ({ kind: "column", relation: table.name, name: column.name }));
    default:
      return undefined;
  }
}

function viewsOn(relation: ObjectName, schema: Schema): Dependent[] {
  return schema.viewsOf(relation).map(({ name }) => ({ kind: "view", relation: name }));
}

/** Foreign keys of other tables that reference one of these columns; no columns: any of the table's. */
function keysTo(
  table: ObjectName,
  columns: readonly string[] | undefined,
  schema: Schema,
): Dependent[] {
  const primaryKey = schema
    .table(table)
    ?.constraints.find(({ definition }) => definition.kind === "primary-key");
  return schema.referencing(table).flatMap(({ table: other, constraint }) => {
    const { definition, name } = constraint;
    if (definition.kind !== "foreign-key") return [];
    // Without a list of columns, REFERENCES means the primary key.
    const named = definition.referencedColumns;
    const referenced = named.length > 0 ? named : (primaryKey?.columns ?? []);
    if (columns !== undefined && !referenced.some((column) => columns.includes(column))) return [];
    return [{ kind: "foreign-key", relation: other.name, name }];
  });
}
