import type { Operation, OperationKind } from "../core/operation.ts";
import type { ConstraintDefinition } from "../core/operations/constraint.ts";
import type { AlterCompositeType } from "../core/operations/type-object.ts";

/**
 * PostgreSQL runs the subcommands of one ALTER TABLE in passes, whatever is written first: what is
 * dropped goes first, what is about types and new columns before what is about constraints
 * (AlterTablePass in its tablecmds.c).
 */
const PASSES: { readonly [Kind in OperationKind]?: number } = {
  "drop-column": 0,
  "drop-constraint": 0,
  "drop-not-null": 0,
  "drop-column-default": 0,
  "drop-column-expression": 0,
  "drop-identity": 0,
  "alter-column-type": 1,
  "add-column": 2,
  "set-column-expression": 3,
  "set-not-null": 4,
  "set-column-default": 7,
  "add-identity": 7,
};
const LAST_PASS = 8;

/** The operations in the order in which PostgreSQL runs them; those of one pass as they are written. */
export function inPasses(operations: Operation[]): Operation[] {
  if (operations.length < 2) return operations;
  return operations.toSorted((one, other) => passOf(one) - passOf(other));
}

function passOf(operation: Operation): number {
  if (operation.kind === "add-constraint") return constraintPass(operation.constraint);
  if (operation.kind === "alter-composite-type") return ATTRIBUTE_PASSES[operation.action];
  return PASSES[operation.kind] ?? LAST_PASS;
}

/** Keys come before foreign keys, which may need them. */
function constraintPass(constraint: ConstraintDefinition): number {
  if (constraint.kind !== "primary-key" && constraint.kind !== "unique") return 7;
  return constraint.usingIndex === undefined ? 6 : 5;
}

const ATTRIBUTE_PASSES: Readonly<Record<AlterCompositeType["action"], number>> = {
  "drop-attribute": 0,
  "alter-attribute": 1,
  "add-attribute": 2,
  "rename-attribute": LAST_PASS,
};
