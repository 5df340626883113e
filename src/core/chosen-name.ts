import type { AddConstraint } from "./operations/table.ts";
import { applyOperation } from "./replay.ts";
import type { Schema } from "./schema.ts";

/** The name that a constraint gets: its own, or the one that PostgreSQL chooses; undefined where the table is not known. */
export function chosenName(operation: AddConstraint, schema: Schema): string | undefined {
  const { constraint, table } = operation;
  if (constraint.name !== undefined) return constraint.name;
  const known = new Set(schema.table(table)?.constraints.map(({ name }) => name));
  const after = schema.copy();
  applyOperation(after, operation, { reviewing: true });
  const added = after.table(table)?.constraints.filter(({ name }) => !known.has(name)) ?? [];
  return added.length === 1 ? added[0]?.name : undefined;
}
