import type { ObjectName } from "./name.ts";
import type { Operation, OperationKind } from "./operation.ts";
import type { ConstraintDefinition } from "./operations/constraint.ts";

/** Kinds of operations that can define constraints. */
export const DEFINING_CONSTRAINTS: readonly OperationKind[] = [
  "add-column",
  "add-constraint",
  "create-table",
];

/** The constraints that an operation defines, wherever they are written: by themselves, on a column or in a CREATE TABLE. */
export function definedConstraints(
  operation: Operation,
): readonly { readonly table: ObjectName; readonly constraint: ConstraintDefinition }[] {
  switch (operation.kind) {
    case "add-constraint":
      return [{ table: operation.table, constraint: operation.constraint }];
    case "add-column":
      return on(operation.table, operation.column.constraints);
    case "create-table":
      return on(operation.table, [
        ...operation.constraints,
        ...operation.columns.flatMap((column) => column.constraints),
      ]);
    default:
      return [];
  }
}

function on(
  table: ObjectName,
  constraints: readonly ConstraintDefinition[],
): { readonly table: ObjectName; readonly constraint: ConstraintDefinition }[] {
  return constraints.map((constraint) => ({ table, constraint }));
}
