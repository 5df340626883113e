import type { LockClaim } from "../lock.ts";
import { sameName } from "../object-map.ts";
import type { ForeignKeyConstraint } from "../operations/constraint.ts";
import type { AttachPartition, DetachPartition } from "../operations/table.ts";
import type { Schema } from "../schema.ts";
import type { Table } from "../schema-object.ts";
import { claim, claimFamily, type LockTable } from "./claim.ts";
import {
  claimReferenced,
  claimReferencing,
  defaultPartition,
  definitionsOf,
} from "./related-tables.ts";

export const PARTITION_LOCKS: LockTable<"attach-partition" | "detach-partition"> = {
  "attach-partition": attachPartition,
  "detach-partition": detachPartition,
};

function attachPartition(operation: AttachPartition, schema: Schema): readonly LockClaim[] {
  const parent = schema.table(operation.table);
  const rest = parent === undefined ? undefined : defaultPartition(schema, parent.name);
  const effect = mustBeScanned(schema, parent, operation.partition) ? "scan" : "none";
  return [
    claim(schema, operation.table, "SHARE UPDATE EXCLUSIVE"),
    ...claimFamily(schema, operation.partition, "ACCESS EXCLUSIVE", effect),
    ...(rest === undefined ? [] : [claim(schema, rest.name, "ACCESS EXCLUSIVE", "scan")]),
    ...(parent === undefined ? [] : attachedForeignKeys(schema, parent, operation.partition)),
  ];
}

/** A foreign key that the partition lacks is added and checked; one that it has becomes part of its parent's. */
function attachedForeignKeys(
  schema: Schema,
  parent: Table,
  partition: AttachPartition["partition"],
): readonly LockClaim[] {
  const own = schema.table(partition);
  const claims = definitionsOf(parent).flatMap((definition) => {
    if (definition.kind !== "foreign-key") return [];
    return own !== undefined && hasForeignKey(own, definition)
      ? claimFamily(schema, definition.references, "ACCESS EXCLUSIVE")
      : claimFamily(schema, definition.references, "SHARE ROW EXCLUSIVE", "scan");
  });
  return [...claims, ...claimReferencing(schema, parent.name, "SHARE ROW EXCLUSIVE")];
}

function hasForeignKey(table: Table, key: ForeignKeyConstraint): boolean {
  return table.constraints.some(
    ({ definition }) =>
      definition.kind === "foreign-key" &&
      sameName(definition.references, key.references) &&
      String(definition.columns) === String(key.columns),
  );
}

/**
 * The rows are read unless a validated CHECK proves that they fit, and the parent has no index that
 * the partition lacks. Whether the CHECK says enough is not looked into: one that reads every
 * column of the key, each of them NOT NULL, is believed.
 */
function mustBeScanned(
  schema: Schema,
  parent: Table | undefined,
  name: AttachPartition["partition"],
): boolean {
  const partition = schema.table(name);
  const keys = parent?.partitionBy?.columns ?? [];
  if (parent === undefined || partition === undefined || keys.length === 0) return true;
  const proven = partition.constraints.some(
    ({ definition, validated, columns }) =>
      definition.kind === "check" && validated && keys.every((key) => columns.includes(key)),
  );
  if (!proven || !keys.every((key) => schema.provenNotNull(partition.name, key))) return true;
  const own = schema.indexesOf(partition.name);
  return schema
    .indexesOf(parent.name)
    .some(
      (index) =>
        !own.some(
          (each) => each.unique === index.unique && String(each.columns) === String(index.columns),
        ),
    );
}

/** Tables that reference the parent are read: none of their rows may point into the partition. */
function detachPartition(operation: DetachPartition, schema: Schema): readonly LockClaim[] {
  const parent = schema.table(operation.table);
  const partition = claim(schema, operation.partition, "ACCESS EXCLUSIVE");
  const others =
    parent === undefined
      ? []
      : [
          ...claimReferenced(schema, definitionsOf(parent), "SHARE ROW EXCLUSIVE"),
          ...claimReferencing(schema, parent.name, "ACCESS EXCLUSIVE", "scan"),
        ];
  if (operation.concurrently || operation.finalize) {
    return [claim(schema, operation.table, "SHARE UPDATE EXCLUSIVE"), partition, ...others];
  }
  const rest = parent === undefined ? undefined : defaultPartition(schema, parent.name);
  return [
    claim(schema, operation.table, "ACCESS EXCLUSIVE"),
    partition,
    ...(rest === undefined ? [] : [claim(schema, rest.name, "ACCESS EXCLUSIVE")]),
    ...others,
  ];
}
