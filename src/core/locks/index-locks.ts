import type { LockClaim } from "../lock.ts";
import type {
  CreateIndex,
  DropIndex,
  IndexOperations,
  Reindex,
} from "../operations/index-object.ts";
import type { Schema } from "../schema.ts";
import { claim, claimFamily, noLocks, type LockTable } from "./claim.ts";

export const INDEX_LOCKS: LockTable<IndexOperations["kind"]> = {
  "create-index": createIndex,
  "drop-index": dropIndex,
  // These lock the index alone.
  "rename-index": noLocks,
  "attach-index": noLocks,
  "alter-index": noLocks,
  reindex,
};

function createIndex(operation: CreateIndex, schema: Schema): readonly LockClaim[] {
  const { table, name, ifNotExists, only, concurrently } = operation;
  const owner = schema.relationName(table);
  const mode = concurrently ? "SHARE UPDATE EXCLUSIVE" : "SHARE";
  if (ifNotExists && name !== undefined && schema.hasRelation({ ...owner, name })) {
    return [claim(schema, table, mode)];
  }
  const found = schema.table(table);
  const isParent = found?.partitionBy !== undefined;
  if (only || !isParent) return [claim(schema, table, mode, isParent ? "none" : "scan")];
  return claimFamily(schema, table, mode, "scan");
}

function dropIndex(operation: DropIndex, schema: Schema): readonly LockClaim[] {
  const index = schema.index(operation.index);
  if (index === undefined) return [];
  if (operation.concurrently) return [claim(schema, index.table, "SHARE UPDATE EXCLUSIVE")];
  const partitioned = schema.tables.get(index.table)?.partitionBy !== undefined;
  return partitioned
    ? claimFamily(schema, index.table, "ACCESS EXCLUSIVE")
    : [claim(schema, index.table, "ACCESS EXCLUSIVE")];
}

function reindex(operation: Reindex, schema: Schema): readonly LockClaim[] {
  const mode = operation.concurrently ? "SHARE UPDATE EXCLUSIVE" : "SHARE";
  const { scope, target } = operation;
  if (scope === "table" && target !== undefined) {
    const partitioned = schema.table(target)?.partitionBy !== undefined;
    return partitioned
      ? claimFamily(schema, target, mode, "scan")
      : [claim(schema, target, mode, "scan")];
  }
  if (scope === "index") {
    const index = target === undefined ? undefined : schema.index(target);
    return index === undefined ? [] : [claim(schema, index.table, mode, "scan")];
  }
  return schema.tables
    .all()
    .filter(({ name }) => scope !== "schema" || name.schema === target?.name)
    .map(({ name }) => claim(schema, name, mode, "scan"));
}
