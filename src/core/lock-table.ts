import type { LockClaim } from "./lock.ts";
import { combined, type LockTable } from "./locks/claim.ts";
import { COLUMN_LOCKS } from "./locks/column-locks.ts";
import { CONSTRAINT_LOCKS } from "./locks/constraint-locks.ts";
import { INDEX_LOCKS } from "./locks/index-locks.ts";
import { OBJECT_LOCKS, TYPE_LOCKS } from "./locks/object-locks.ts";
import { PARTITION_LOCKS } from "./locks/partition-locks.ts";
import { FRAMEWORK_LOCKS, ROW_LOCKS, SESSION_LOCKS } from "./locks/row-locks.ts";
import { TABLE_LOCKS } from "./locks/table-locks.ts";
import type { ObjectName } from "./name.ts";
import { sameName } from "./object-map.ts";
import type { Operation, OperationKind } from "./operation.ts";
import { family } from "./replay/edit.ts";
import type { Schema } from "./schema.ts";

const LOCKS: LockTable<OperationKind> = {
  ...TABLE_LOCKS,
  ...PARTITION_LOCKS,
  ...CONSTRAINT_LOCKS,
  ...COLUMN_LOCKS,
  ...INDEX_LOCKS,
  ...TYPE_LOCKS,
  ...OBJECT_LOCKS,
  ...ROW_LOCKS,
  ...SESSION_LOCKS,
  ...FRAMEWORK_LOCKS,
};

/** Every kind of operation. */
export const OPERATION_KINDS = Object.keys(LOCKS) as OperationKind[];

/**
 * The locks that an operation takes on tables that exist before it, and what it does to their rows
 * meanwhile, one claim a table. Tables that it only reads (ACCESS SHARE) are left out. A function's
 * body locks nothing when the function is made.
 *
 * The modes are those of PostgreSQL 14 to 18, seen in pg_locks; 13 differs in that DETACH PARTITION
 * locks the partition SHARE UPDATE EXCLUSIVE only
 * (https://www.postgresql.org/docs/current/explicit-locking.html#LOCKING-TABLES).
 */
export function locksOf(operation: Operation, schema: Schema): readonly LockClaim[] {
  if (operation.inside?.body === "function") return [];
  // Each entry is only called with an operation of the kind that it is filed under.
  const claims = LOCKS[operation.kind] as (
    operation: never,
    schema: Schema,
  ) => readonly LockClaim[];
  const all = combined(claims(operation as never, schema));
  return operation.only === true && "table" in operation && operation.table !== undefined
    ? withoutChildren(all, operation.table, schema)
    : all;
}

/** ALTER TABLE ONLY leaves alone what is below the table. */
function withoutChildren(
  claims: readonly LockClaim[],
  name: ObjectName,
  schema: Schema,
): readonly LockClaim[] {
  const table = schema.table(name);
  if (table === undefined || claims.length < 2) return claims;
  const children = family(schema, table).slice(1);
  return claims.filter((claim) => !children.some((child) => sameName(child.name, claim.table)));
}
