import type { ObjectName } from "../name.ts";
import { sameName } from "../object-map.ts";
import type { AlterInheritance, AttachPartition, DetachPartition } from "../operations/table.ts";
import type { Schema } from "../schema.ts";
import type { Column, Constraint, Table } from "../schema-object.ts";
import { cloneForeignKey } from "./constraints.ts";
import { changeTable, without } from "./edit.ts";
import { cloneIndex, constraintOf } from "./keys.ts";
import type { Steps } from "./step.ts";

type PartitionKind = "attach-partition" | "detach-partition" | "alter-inheritance";

export const PARTITION_STEPS: Steps<PartitionKind> = {
  "attach-partition": attachPartition,
  "detach-partition": detachPartition,
  "alter-inheritance": alterInheritance,
};

/** Columns that a table gets from its parents. Identity goes to partitions, not to other children. */
export function inheritedColumns(
  parents: readonly Table[],
  isPartition: boolean,
  isNew: boolean,
): readonly Column[] {
  const columns = new Map<string, Column>();
  for (const { columns: own } of parents) {
    for (const column of own) {
      const kept = isPartition ? column : without(column, "identity");
      const before = columns.get(column.name);
      const notNull = column.notNull || before?.notNull === true;
      columns.set(column.name, { ...(before ?? kept), notNull, inherited: true, isNew });
    }
  }
  return [...columns.values()];
}

/** CHECK constraints that a table gets from a parent. */
export function inheritedChecks(parent: Table): readonly Constraint[] {
  return parent.constraints
    .filter(({ definition }) => definition.kind === "check" && !definition.noInherit)
    .map((constraint) => ({ ...constraint, inherited: true }));
}

/** Gives a partition the indexes, keys, foreign keys and row triggers of its parent. */
export function cloneParent(schema: Schema, parent: Table, partition: ObjectName): void {
  for (const index of schema.indexesOf(parent.name)) {
    const child = schema.tables.get(partition);
    if (child !== undefined) cloneIndex(schema, index, child, constraintOf(schema, index));
  }
  for (const constraint of parent.constraints) {
    const child = schema.tables.get(partition);
    if (child !== undefined) cloneForeignKey(schema, constraint, child);
  }
  const child = schema.tables.get(partition);
  const triggers = parent.triggers.filter(
    ({ name, forEachRow }) =>
      forEachRow && child?.triggers.some((own) => own.name === name) === false,
  );
  if (child !== undefined && triggers.length > 0) {
    changeTable(schema, partition, { triggers: [...child.triggers, ...triggers] });
  }
}

function attachPartition(schema: Schema, operation: AttachPartition): void {
  const parent = schema.table(operation.table);
  const child = schema.table(operation.partition);
  if (parent === undefined || child === undefined) return;
  changeTable(schema, child.name, {
    partitionOf: parent.name,
    isDefaultPartition: operation.isDefault,
    columns: child.columns.map((column) => attachedColumn(column, parent)),
    constraints: withInheritedMarks(child, parent),
  });
  cloneParent(schema, parent, child.name);
  if (parent.isEmpty && !child.isEmpty) changeTable(schema, parent.name, { isEmpty: false });
}

/** A partition shares its parent's identity columns. */
function attachedColumn(column: Column, parent: Table): Column {
  const identity = parent.columns.find(({ name }) => name === column.name)?.identity;
  return { ...column, inherited: true, ...(identity === undefined ? {} : { identity }) };
}

/** What the partition has stays its own. */
function detachPartition(schema: Schema, operation: DetachPartition): void {
  const child = schema.table(operation.partition);
  if (child?.partitionOf === undefined) return;
  const parent = child.partitionOf;
  schema.tables.set({
    ...without(child, "partitionOf"),
    isDefaultPartition: false,
    columns: child.columns.map((column) => without(column, "inherited", "identity")),
    constraints: child.constraints.map((constraint) => without(constraint, "inherited")),
  });
  for (const index of schema.indexesOf(child.name)) {
    if (index.parent !== undefined) schema.indexes.set(without(index, "parent"));
  }
  const cloned = schema.tables.get(parent)?.triggers ?? [];
  const triggers = child.triggers.filter(
    ({ name, forEachRow }) => !forEachRow || !cloned.some((own) => own.name === name),
  );
  changeTable(schema, child.name, { triggers });
}

function alterInheritance(schema: Schema, operation: AlterInheritance): void {
  const parent = schema.table(operation.parent);
  const child = schema.table(operation.table);
  if (parent === undefined || child === undefined) return;
  const others = child.inherits.filter((name) => !sameName(name, parent.name));
  if (operation.inherit) {
    changeTable(schema, child.name, {
      inherits: [...others, parent.name],
      constraints: withInheritedMarks(child, parent),
    });
    return;
  }
  const left = others.length > 0;
  changeTable(schema, child.name, {
    inherits: others,
    columns: left ? child.columns : child.columns.map((column) => without(column, "inherited")),
    constraints: left
      ? child.constraints
      : child.constraints.map((constraint) => without(constraint, "inherited")),
  });
}

function withInheritedMarks(child: Table, parent: Table): readonly Constraint[] {
  const names = new Set(inheritedChecks(parent).map(({ name }) => name));
  return child.constraints.map((constraint) =>
    names.has(constraint.name) ? { ...constraint, inherited: true } : constraint,
  );
}
