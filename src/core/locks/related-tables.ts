import type { LockClaim, LockMode } from "../lock.ts";
import type { ObjectName } from "../name.ts";
import type { ConstraintDefinition } from "../operations/constraint.ts";
import type { Schema } from "../schema.ts";
import type { Table } from "../schema-object.ts";
import { claim, claimFamily, type Effect } from "./claim.ts";

/** Tables that the foreign keys among these constraints reference, with their partitions. */
export function claimReferenced(
  schema: Schema,
  definitions: readonly ConstraintDefinition[],
  mode: LockMode,
): readonly LockClaim[] {
  return definitions.flatMap((definition) =>
    definition.kind === "foreign-key" ? claimFamily(schema, definition.references, mode) : [],
  );
}

/** Tables whose foreign keys reference this one. */
export function claimReferencing(
  schema: Schema,
  table: ObjectName,
  mode: LockMode,
  effect: Effect = "none",
): readonly LockClaim[] {
  return schema
    .referencing(table)
    .map(({ table: other }) => claim(schema, other.name, mode, effect));
}

export function definitionsOf({ constraints }: Table): readonly ConstraintDefinition[] {
  return constraints.map(({ definition }) => definition);
}

/** Without those of a partition's parent: the other table knows of the parent's only. */
export function ownDefinitionsOf({ constraints }: Table): readonly ConstraintDefinition[] {
  return constraints.flatMap(({ definition, inherited }) =>
    inherited === true ? [] : [definition],
  );
}

/** The DEFAULT partition of a table. */
export function defaultPartition(schema: Schema, parent: ObjectName): Table | undefined {
  return schema.partitionsOf(parent).find(({ isDefaultPartition }) => isDefaultPartition);
}
