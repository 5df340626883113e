import type { ObjectName } from "./name.ts";
import type { RuleContext } from "./rule-context.ts";
import type { Constraint, Table } from "./schema-object.ts";

/** Foreign keys of other tables that reference one of these columns of a table. */
export function referencingKeys(
  table: ObjectName,
  columns: readonly string[],
  context: Pick<RuleContext, "table" | "referencing">,
): readonly { readonly table: Table; readonly constraint: Constraint }[] {
  const primaryKey = context
    .table(table)
    ?.constraints.find(({ definition }) => definition.kind === "primary-key");
  return context.referencing(table).filter(({ constraint: { definition } }) => {
    if (definition.kind !== "foreign-key") return false;
    // Without a list of columns, REFERENCES means the primary key.
    const named = definition.referencedColumns;
    const referenced = named.length > 0 ? named : (primaryKey?.columns ?? []);
    return referenced.some((column) => columns.includes(column));
  });
}
