import type { LockClaim } from "../lock.ts";
import type { ObjectName } from "../name.ts";
import { sameName } from "../object-map.ts";
import type { ConstraintDefinition } from "../operations/constraint.ts";
import type {
  AlterInheritance,
  AlterTableOther,
  AttachPartition,
  CreateTable,
  DetachPartition,
  DropTable,
  SetPersistence,
  SetTableOptions,
  TableOperations,
  Truncate,
} from "../operations/table.ts";
import { family } from "../replay/edit.ts";
import type { Schema } from "../schema.ts";
import type { Table } from "../schema-object.ts";
import { claim, claimFamily, noLocks, type LockTable } from "./claim.ts";

type TableKind = Exclude<TableOperations["kind"], `${string}-constraint`>;

export const TABLE_LOCKS: LockTable<TableKind> = {
  "create-table": createTable,
  "create-table-as": noLocks,
  "drop-table": dropTable,
  "rename-table": (operation, schema) =>
    // Renaming an index takes no lock on its table.
    schema.table(operation.table) === undefined && schema.index(operation.table) !== undefined
      ? []
      : [claim(schema, operation.table, "ACCESS EXCLUSIVE")],
  "set-table-schema": (operation, schema) => [claim(schema, operation.table, "ACCESS EXCLUSIVE")],
  "attach-partition": attachPartition,
  "detach-partition": detachPartition,
  "alter-inheritance": alterInheritance,
  "alter-trigger-state": (operation, schema) =>
    claimFamily(schema, operation.table, "SHARE ROW EXCLUSIVE"),
  "alter-row-security": (operation, schema) => [claim(schema, operation.table, "ACCESS EXCLUSIVE")],
  "set-replica-identity": (operation, schema) => [
    claim(schema, operation.table, "ACCESS EXCLUSIVE"),
  ],
  "set-persistence": setPersistence,
  "set-tablespace": (operation, schema) => [
    claim(schema, operation.table, "ACCESS EXCLUSIVE", "rewrite"),
  ],
  "set-access-method": (operation, schema) => [
    claim(schema, operation.table, "ACCESS EXCLUSIVE", "rewrite"),
  ],
  "set-table-options": setOptions,
  "alter-table-other": alterOther,
  truncate,
};

/** Tables that the foreign keys among these constraints reference, with their partitions. */
export function claimReferenced(
  schema: Schema,
  definitions: readonly ConstraintDefinition[],
  mode: "SHARE ROW EXCLUSIVE" | "ACCESS EXCLUSIVE",
): readonly LockClaim[] {
  return definitions.flatMap((definition) =>
    definition.kind === "foreign-key" ? claimFamily(schema, definition.references, mode) : [],
  );
}

/** Tables whose foreign keys reference this one. */
export function claimReferencing(schema: Schema, table: ObjectName): readonly LockClaim[] {
  return schema
    .referencing(table)
    .map(({ table: other }) => claim(schema, other.name, "ACCESS EXCLUSIVE"));
}

function definitionsOf({ constraints }: Table): readonly ConstraintDefinition[] {
  return constraints.map(({ definition }) => definition);
}

function defaultPartition(schema: Schema, parent: ObjectName): Table | undefined {
  return schema.partitionsOf(parent).find(({ isDefaultPartition }) => isDefaultPartition);
}

function createTable(operation: CreateTable, schema: Schema): readonly LockClaim[] {
  const target = schema.target(operation.table, operation.persistence === "temporary");
  if (schema.hasRelation(target)) return [];
  const definitions = [
    ...operation.columns.flatMap(({ constraints }) => constraints),
    ...operation.constraints,
  ];
  const claims = [
    ...claimReferenced(schema, definitions, "SHARE ROW EXCLUSIVE"),
    ...operation.inherits.map((parent) => claim(schema, parent, "SHARE UPDATE EXCLUSIVE")),
  ];
  const others = claims.filter(({ table }) => !sameName(table, target));
  if (operation.partitionOf === undefined) return others;
  const parent = schema.table(operation.partitionOf.parent);
  const rest = parent === undefined ? undefined : defaultPartition(schema, parent.name);
  return [
    ...others,
    claim(schema, operation.partitionOf.parent, "ACCESS EXCLUSIVE"),
    // Its rows are read: none may belong to the new partition.
    ...(rest === undefined ? [] : [claim(schema, rest.name, "ACCESS EXCLUSIVE", "scan")]),
    ...(parent === undefined
      ? []
      : claimReferenced(schema, definitionsOf(parent), "SHARE ROW EXCLUSIVE")),
  ];
}

function dropTable(operation: DropTable, schema: Schema): readonly LockClaim[] {
  const table = schema.table(operation.table);
  if (table === undefined) {
    return operation.ifExists ? [] : [claim(schema, operation.table, "ACCESS EXCLUSIVE")];
  }
  return dropClaims(schema, table);
}

/** A drop removes the triggers that a foreign key has on the other table. */
export function dropClaims(schema: Schema, table: Table): readonly LockClaim[] {
  const parent = table.partitionOf;
  const rest = parent === undefined ? undefined : defaultPartition(schema, parent);
  return [
    ...family(schema, table).flatMap((member) => [
      claim(schema, member.name, "ACCESS EXCLUSIVE"),
      ...claimReferenced(schema, definitionsOf(member), "ACCESS EXCLUSIVE"),
      ...claimReferencing(schema, member.name),
    ]),
    ...(parent === undefined ? [] : [claim(schema, parent, "ACCESS EXCLUSIVE")]),
    ...(rest === undefined ? [] : [claim(schema, rest.name, "ACCESS EXCLUSIVE")]),
  ];
}

function attachPartition(operation: AttachPartition, schema: Schema): readonly LockClaim[] {
  const parent = schema.table(operation.table);
  const rest = parent === undefined ? undefined : defaultPartition(schema, parent.name);
  const effect = mustBeScanned(schema, parent, operation.partition) ? "scan" : "none";
  return [
    claim(schema, operation.table, "SHARE UPDATE EXCLUSIVE"),
    ...claimFamily(schema, operation.partition, "ACCESS EXCLUSIVE", effect),
    ...(rest === undefined ? [] : [claim(schema, rest.name, "ACCESS EXCLUSIVE", "scan")]),
    ...(parent === undefined
      ? []
      : claimReferenced(schema, definitionsOf(parent), "SHARE ROW EXCLUSIVE")),
  ];
}

/**
 * The rows are read unless a validated CHECK proves that they fit, and the parent has no index that
 * the partition lacks. Whether the CHECK says enough is not looked into: one that reads every
 * column of the key, each of them NOT NULL, is believed.
 */
function mustBeScanned(schema: Schema, parent: Table | undefined, name: ObjectName): boolean {
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

function detachPartition(operation: DetachPartition, schema: Schema): readonly LockClaim[] {
  const parent = schema.table(operation.table);
  const partition = claim(schema, operation.partition, "ACCESS EXCLUSIVE");
  if (operation.concurrently || operation.finalize) {
    return [claim(schema, operation.table, "SHARE UPDATE EXCLUSIVE"), partition];
  }
  const rest = parent === undefined ? undefined : defaultPartition(schema, parent.name);
  return [
    claim(schema, operation.table, "ACCESS EXCLUSIVE"),
    partition,
    ...(rest === undefined ? [] : [claim(schema, rest.name, "ACCESS EXCLUSIVE")]),
    ...(parent === undefined
      ? []
      : claimReferenced(schema, definitionsOf(parent), "SHARE ROW EXCLUSIVE")),
  ];
}

function alterInheritance(operation: AlterInheritance, schema: Schema): readonly LockClaim[] {
  const own = claim(schema, operation.table, "ACCESS EXCLUSIVE");
  return operation.inherit
    ? [own, claim(schema, operation.parent, "SHARE UPDATE EXCLUSIVE")]
    : [own];
}

function setPersistence(operation: SetPersistence, schema: Schema): readonly LockClaim[] {
  const persistence = operation.logged ? "permanent" : "unlogged";
  const changes = schema.table(operation.table)?.persistence !== persistence;
  return [claim(schema, operation.table, "ACCESS EXCLUSIVE", changes ? "rewrite" : "none")];
}

const STRONG_OPTION =
  /^\s*"?(user_catalog_table|security_barrier|security_invoker|check_option)\b/i;

function setOptions(operation: SetTableOptions, schema: Schema): readonly LockClaim[] {
  const strong = operation.options.some((option) => STRONG_OPTION.test(option));
  const mode = strong ? "ACCESS EXCLUSIVE" : "SHARE UPDATE EXCLUSIVE";
  return [claim(schema, operation.table, mode)];
}

function alterOther(operation: AlterTableOther, schema: Schema): readonly LockClaim[] {
  const weak = ["AT_ClusterOn", "AT_DropCluster"].includes(operation.subcommand);
  const mode = weak ? "SHARE UPDATE EXCLUSIVE" : "ACCESS EXCLUSIVE";
  return [claim(schema, operation.table, mode)];
}

/** With CASCADE the tables that reference this one are emptied too, and those that reference them. */
function truncate(operation: Truncate, schema: Schema): readonly LockClaim[] {
  const claims = [...claimFamily(schema, operation.table, "ACCESS EXCLUSIVE")];
  if (!operation.cascade) return claims;
  for (const { table } of claims) {
    for (const other of schema.referencing(table)) {
      for (const each of claimFamily(schema, other.table.name, "ACCESS EXCLUSIVE")) {
        if (!claims.some((known) => sameName(known.table, each.table))) claims.push(each);
      }
    }
  }
  return claims;
}
