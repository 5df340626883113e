import type { LockClaim } from "../lock.ts";
import type { ObjectName } from "../name.ts";
import { sameName } from "../object-map.ts";
import type {
  AlterInheritance,
  AlterTableOther,
  CreateTable,
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
import {
  claimReferenced,
  claimReferencing,
  defaultPartition,
  definitionsOf,
  ownDefinitionsOf,
} from "./related-tables.ts";

type TableKind = Exclude<
  TableOperations["kind"],
  `${string}-constraint` | "attach-partition" | "detach-partition"
>;

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
    // The method that a table has already changes nothing; tables are heaps as a rule.
    operation.method === "heap"
      ? claim(schema, operation.table, "ACCESS EXCLUSIVE")
      : claim(schema, operation.table, "ACCESS EXCLUSIVE", "rewrite"),
  ],
  "set-table-options": setOptions,
  "alter-table-other": alterOther,
  truncate,
};

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
      : [
          ...claimReferenced(schema, definitionsOf(parent), "SHARE ROW EXCLUSIVE"),
          ...claimReferencing(schema, parent.name, "SHARE ROW EXCLUSIVE"),
        ]),
  ];
}

function dropTable(operation: DropTable, schema: Schema): readonly LockClaim[] {
  const table = schema.table(operation.table);
  if (table === undefined) {
    return operation.ifExists ? [] : [claim(schema, operation.table, "ACCESS EXCLUSIVE")];
  }
  return dropClaims(schema, table, operation.cascade);
}

/** A drop removes the triggers that a foreign key has on the other table. */
export function dropClaims(schema: Schema, table: Table, cascade: boolean): readonly LockClaim[] {
  const parent = table.partitionOf;
  const rest = parent === undefined ? undefined : defaultPartition(schema, parent);
  return [
    ...family(schema, table).flatMap((member) => [
      claim(schema, member.name, "ACCESS EXCLUSIVE"),
      ...claimReferenced(schema, ownDefinitionsOf(member), "ACCESS EXCLUSIVE"),
      ...claimReferencing(schema, member.name, "ACCESS EXCLUSIVE"),
      ...(cascade ? claimDependentViews(schema, member.name) : []),
    ]),
    ...(parent === undefined ? [] : [claim(schema, parent, "ACCESS EXCLUSIVE")]),
    // A foreign key to the partitioned table goes with any of its partitions.
    ...(parent === undefined || !cascade
      ? []
      : claimReferencing(schema, parent, "ACCESS EXCLUSIVE")),
    ...(rest === undefined ? [] : [claim(schema, rest.name, "ACCESS EXCLUSIVE")]),
  ];
}

/** The materialized views that go with a relation. */
function claimDependentViews(schema: Schema, relation: ObjectName): readonly LockClaim[] {
  return schema
    .viewsOf(relation)
    .flatMap(({ name, materialized }) => [
      ...(materialized ? [claim(schema, name, "ACCESS EXCLUSIVE")] : []),
      ...claimDependentViews(schema, name),
    ]);
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
