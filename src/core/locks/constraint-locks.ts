import type { LockClaim } from "../lock.ts";
import type {
  ConstraintDefinition,
  ForeignKeyConstraint,
  KeyConstraint,
} from "../operations/constraint.ts";
import type { AddConstraint, DropConstraint, ValidateConstraint } from "../operations/table.ts";
import type { ObjectName } from "../name.ts";
import type { Schema } from "../schema.ts";
import { claim, claimFamily, type Effect, type LockTable } from "./claim.ts";
import { claimReferencing } from "./related-tables.ts";

type ConstraintKind =
  | "add-constraint"
  | "drop-constraint"
  | "validate-constraint"
  | "alter-constraint"
  | "rename-constraint";

export const CONSTRAINT_LOCKS: LockTable<ConstraintKind> = {
  "add-constraint": addConstraint,
  "drop-constraint": dropConstraint,
  "validate-constraint": validateConstraint,
  "alter-constraint": (operation, schema) => {
    const found = schema.constraint(operation.table, operation.constraint)?.definition;
    const own = claimFamily(schema, operation.table, "ACCESS EXCLUSIVE");
    if (found?.kind !== "foreign-key" || operation.enforced === undefined) return own;
    return [...own, ...claimFamily(schema, found.references, "ACCESS EXCLUSIVE")];
  },
  "rename-constraint": (operation, schema) => {
    const found = schema.constraint(operation.table, operation.constraint)?.definition;
    return found?.kind === "check"
      ? claimFamily(schema, operation.table, "ACCESS EXCLUSIVE")
      : [claim(schema, operation.table, "ACCESS EXCLUSIVE")];
  },
};

function addConstraint(operation: AddConstraint, schema: Schema): readonly LockClaim[] {
  return claimsOfConstraint(schema, operation.table, operation.constraint);
}

/** The locks of ADD CONSTRAINT. */
function claimsOfConstraint(
  schema: Schema,
  table: ObjectName,
  definition: ConstraintDefinition,
): readonly LockClaim[] {
  const checked: Effect = definition.notValid || definition.notEnforced ? "none" : "scan";
  switch (definition.kind) {
    case "foreign-key":
      return claimsOfForeignKey(schema, table, definition, checked);
    case "check":
      return definition.noInherit
        ? [
            ...claimFamily(schema, table, "ACCESS EXCLUSIVE"),
            claim(schema, table, "ACCESS EXCLUSIVE", checked),
          ]
        : claimFamily(schema, table, "ACCESS EXCLUSIVE", checked);
    case "not-null": {
      const proven = schema.provenNotNull(table, definition.column);
      return claimFamily(schema, table, "ACCESS EXCLUSIVE", proven ? "none" : checked);
    }
    case "primary-key":
    case "unique":
      return claimFamily(schema, table, "ACCESS EXCLUSIVE", keyEffect(schema, table, definition));
    case "exclude":
      return claimFamily(schema, table, "ACCESS EXCLUSIVE", "scan");
  }
}

/**
 * Both tables are locked alike, and read when the key is checked: PostgreSQL joins them
 * (https://www.postgresql.org/docs/current/sql-altertable.html#SQL-ALTERTABLE-DESC-ADD-TABLE-CONSTRAINT).
 */
export function claimsOfForeignKey(
  schema: Schema,
  table: ObjectName,
  { references }: ForeignKeyConstraint,
  checked: Effect,
): readonly LockClaim[] {
  return [
    ...claimFamily(schema, table, "SHARE ROW EXCLUSIVE", checked),
    ...claimFamily(schema, references, "SHARE ROW EXCLUSIVE", checked),
  ];
}

/** A new key builds an index; USING INDEX builds none, and a primary key's columns must hold no NULL. */
function keyEffect(schema: Schema, table: ObjectName, definition: KeyConstraint): Effect {
  if (definition.usingIndex === undefined) return "scan";
  if (definition.kind === "unique") return "none";
  const owner = schema.relationName(table);
  const index = schema.indexes.get({ ...owner, name: definition.usingIndex });
  const columns = index?.columns ?? [];
  const proven = columns.every(
    (column) => column !== undefined && schema.provenNotNull(table, column),
  );
  return index !== undefined && proven ? "none" : "scan";
}

function dropConstraint(operation: DropConstraint, schema: Schema): readonly LockClaim[] {
  const own = claimFamily(schema, operation.table, "ACCESS EXCLUSIVE");
  const constraint = schema.constraint(operation.table, operation.constraint);
  if (constraint === undefined) return own;
  const { definition } = constraint;
  if (definition.kind === "foreign-key") {
    return [...own, ...claimFamily(schema, definition.references, "ACCESS EXCLUSIVE")];
  }
  const isKey = definition.kind === "primary-key" || definition.kind === "unique";
  return isKey && operation.cascade
    ? [...own, ...claimReferencing(schema, operation.table, "ACCESS EXCLUSIVE")]
    : own;
}

function validateConstraint(operation: ValidateConstraint, schema: Schema): readonly LockClaim[] {
  const constraint = schema.constraint(operation.table, operation.constraint);
  const effect = constraint?.validated === true ? "none" : "scan";
  if (constraint?.definition.kind !== "foreign-key") {
    return claimFamily(schema, operation.table, "SHARE UPDATE EXCLUSIVE", effect);
  }
  const { references } = constraint.definition;
  return [
    ...claimFamily(schema, operation.table, "SHARE UPDATE EXCLUSIVE", effect),
    ...claimFamily(schema, references, "ROW SHARE", effect),
  ];
}
