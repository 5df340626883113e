import type { LockClaim } from "../lock.ts";
import type { ObjectName } from "../name.ts";
import { sameName } from "../object-map.ts";
import type {
  DropExtension,
  DropFunction,
  DropSchema,
  ObjectOperations,
  OtherObjectKind,
  OtherObjectOperation,
} from "../operations/object.ts";
import type { CreateTrigger, DropTableObject } from "../operations/table-object.ts";
import type { AlterDomain, DropType, TypeOperations } from "../operations/type-object.ts";
import { extensionObjects } from "../extension-objects.ts";
import type { Schema } from "../schema.ts";
import type { Table } from "../schema-object.ts";
import { claim, claimFamily, noLocks, type LockTable } from "./claim.ts";
import { dropClaims } from "./table-locks.ts";

export const OBJECT_LOCKS: LockTable<ObjectOperations["kind"]> = {
  "create-view": noLocks,
  "drop-view": (operation, schema) =>
    schema.view(operation.view)?.materialized === true
      ? [claim(schema, operation.view, "ACCESS EXCLUSIVE")]
      : [],
  "rename-view": (operation, schema) =>
    operation.materialized ? [claim(schema, operation.view, "ACCESS EXCLUSIVE")] : [],
  "refresh-materialized-view": (operation, schema) => [
    operation.concurrently
      ? claim(schema, operation.view, "EXCLUSIVE", "scan")
      : claim(schema, operation.view, "ACCESS EXCLUSIVE", "rewrite"),
  ],
  "create-sequence": noLocks,
  "alter-sequence": noLocks,
  "drop-sequence": noLocks,
  "rename-sequence": noLocks,
  "create-function": noLocks,
  "drop-function": dropFunction,
  "create-trigger": createTrigger,
  "drop-trigger": (operation, schema) =>
    isMissing(operation, schema, ({ triggers }) => triggers) ? [] : onTable(operation, schema),
  "drop-policy": (operation, schema) =>
    isMissing(operation, schema, ({ policies }) => policies) ? [] : onTable(operation, schema),
  "drop-rule": onTable,
  "rename-trigger": onTable,
  "rename-policy": onTable,
  "rename-rule": onTable,
  "create-policy": onTable,
  "alter-policy": onTable,
  "create-rule": onTable,
  "create-schema": noLocks,
  "drop-schema": dropSchema,
  "rename-schema": noLocks,
  "create-extension": noLocks,
  "drop-extension": dropExtension,
  "create-object": (operation, schema) => [
    ...weakOnTable(operation, schema),
    ...publishedTables(operation, schema),
  ],
  "alter-object": publishedTables,
  "drop-object": noLocks,
  "rename-object": noLocks,
  "set-object-schema": onNamedTable,
  "change-owner": onNamedTable,
  comment: weakOnTable,
  "security-label": weakOnTable,
  grant: noLocks,
  revoke: noLocks,
};

export const TYPE_LOCKS: LockTable<TypeOperations["kind"]> = {
  "create-enum": noLocks,
  "add-enum-value": noLocks,
  "rename-enum-value": noLocks,
  "create-composite-type": noLocks,
  "alter-composite-type": noLocks,
  "create-domain": noLocks,
  "alter-domain": alterDomain,
  "create-other-type": noLocks,
  "drop-type": dropType,
  "rename-type": noLocks,
  "set-type-schema": noLocks,
};

/** A row trigger of a partitioned table is on every partition. */
function createTrigger(operation: CreateTrigger, schema: Schema): readonly LockClaim[] {
  if (schema.table(operation.table) === undefined && schema.view(operation.table) !== undefined) {
    return [];
  }
  return operation.forEachRow && schema.table(operation.table)?.partitionBy !== undefined
    ? claimFamily(schema, operation.table, "SHARE ROW EXCLUSIVE")
    : [claim(schema, operation.table, "SHARE ROW EXCLUSIVE")];
}

/** IF EXISTS, and it does not: PostgreSQL looks it up under a lock that a reader takes. */
function isMissing(
  { table: name, name: dropped, ifExists }: DropTableObject,
  schema: Schema,
  objectsOf: (table: Table) => readonly { readonly name: string }[],
): boolean {
  const table = schema.table(name);
  if (!ifExists || table === undefined) return false;
  if (schema.madeUnseen.has(dropped) || schema.madeUnseen.has("%")) return false;
  return !objectsOf(table).some((each) => each.name === dropped);
}

function onTable(
  operation: { readonly table: ObjectName; readonly kind: string },
  schema: Schema,
): readonly LockClaim[] {
  if (schema.table(operation.table) === undefined && schema.view(operation.table) !== undefined) {
    return [];
  }
  const triggers = operation.kind.endsWith("-trigger");
  return triggers && schema.table(operation.table)?.partitionBy !== undefined
    ? claimFamily(schema, operation.table, "ACCESS EXCLUSIVE")
    : [claim(schema, operation.table, "ACCESS EXCLUSIVE")];
}

const TABLE_KINDS: readonly OtherObjectKind[] = ["table", "foreign-table", "materialized-view"];
const KINDS_ON_TABLES: readonly OtherObjectKind[] = [
  "column",
  "constraint",
  "policy",
  "rule",
  "statistics",
  "trigger",
];

/** Tables that a publication is told to send, or no longer to send. Its partitions are found when it sends. */
function publishedTables(
  { publication }: OtherObjectOperation,
  schema: Schema,
): readonly LockClaim[] {
  return (publication?.tables ?? []).flatMap(({ table, only }) =>
    !only && schema.table(table)?.partitionBy === undefined
      ? claimFamily(schema, table, "SHARE UPDATE EXCLUSIVE")
      : [claim(schema, table, "SHARE UPDATE EXCLUSIVE")],
  );
}

/** Comments, security labels and statistics. */
function weakOnTable(operation: OtherObjectOperation, schema: Schema): readonly LockClaim[] {
  const table = TABLE_KINDS.includes(operation.object)
    ? operation.name
    : KINDS_ON_TABLES.includes(operation.object)
      ? operation.table
      : undefined;
  return table === undefined ? [] : [claim(schema, table, "SHARE UPDATE EXCLUSIVE")];
}

function onNamedTable(operation: OtherObjectOperation, schema: Schema): readonly LockClaim[] {
  const { object, name } = operation;
  if (name === undefined || !TABLE_KINDS.includes(object)) return [];
  return [claim(schema, name, "ACCESS EXCLUSIVE")];
}

/** CASCADE drops the triggers that call it. */
function dropFunction(operation: DropFunction, schema: Schema): readonly LockClaim[] {
  const name = schema.functions.find(operation.function, schema.path)?.name;
  if (name === undefined || !operation.cascade) return [];
  return schema.tables
    .all()
    .filter(({ triggers }) => triggers.some((trigger) => sameName(trigger.function, name)))
    .map((table) => claim(schema, table.name, "ACCESS EXCLUSIVE"));
}

function dropSchema(operation: DropSchema, schema: Schema): readonly LockClaim[] {
  if (!operation.cascade) return [];
  return schema.tables
    .all()
    .filter(({ name }) => name.schema === operation.schema)
    .flatMap((table) => dropClaims(schema, table, true));
}

function dropExtension(operation: DropExtension, schema: Schema): readonly LockClaim[] {
  if (!operation.cascade) return [];
  const { types } = extensionObjects(operation.extension);
  return schema.tables
    .all()
    .filter(({ columns }) => columns.some(({ type }) => types.includes(type.name)))
    .map(({ name }) => claim(schema, name, "ACCESS EXCLUSIVE"));
}

/** CASCADE drops the columns of the type. */
function dropType(operation: DropType, schema: Schema): readonly LockClaim[] {
  if (!operation.cascade) return [];
  return schema
    .columnsOfType(operation.type)
    .flatMap(({ table }) => claimFamily(schema, table.name, "ACCESS EXCLUSIVE"));
}

/** Every table with a column of the domain is read when its values are checked. */
function alterDomain(operation: AlterDomain, schema: Schema): readonly LockClaim[] {
  const { action, constraint } = operation;
  const checks =
    action === "set-not-null" ||
    action === "validate-constraint" ||
    (action === "add-constraint" && constraint?.notValid !== true);
  if (!checks) return [];
  return schema
    .columnsOfType(operation.type)
    .map(({ table }) => claim(schema, table.name, "SHARE", "scan"));
}
