import { nameKey, type ObjectName } from "../name.ts";
import { sameName } from "../object-map.ts";
import type { Schema } from "../schema.ts";
import type { Constraint, Index, Table } from "../schema-object.ts";
import { changeColumn, changeTable } from "./edit.ts";

/** Removes a constraint with its index, its copies on partitions and the foreign keys that rest on it. */
export function dropConstraint(schema: Schema, table: Table, name: string): void {
  const constraint = table.constraints.find((each) => each.name === name);
  if (constraint === undefined) {
    dropGeneratedNotNull(schema, table, name);
    return;
  }
  removeConstraint(schema, table.name, constraint);
  const { definition } = constraint;
  if (definition.kind === "not-null") {
    changeColumn(schema, table.name, definition.column, (column) => ({
      ...column,
      notNull: false,
    }));
  }
  if (definition.kind === "check" || definition.kind === "foreign-key") {
    for (const child of schema.childrenOf(table.name)) {
      const copy = child.constraints.find((each) => each.name === name);
      if (copy?.inherited === true) dropConstraint(schema, child, name);
    }
  }
}

/** Removes an index, the indexes of partitions that are attached to it, and the constraint that owns it. */
export function dropIndex(schema: Schema, index: Index): void {
  schema.indexes.delete(index.name);
  if (index.unique) dropReferences(schema, index);
  for (const child of schema.indexes.group("parent", nameKey(index.name))) dropIndex(schema, child);
  const constraint = schema.tables
    .get(index.table)
    ?.constraints.find(({ name }) => name === index.constraint);
  if (constraint !== undefined) removeConstraint(schema, index.table, constraint);
}

function removeConstraint(schema: Schema, name: ObjectName, constraint: Constraint): void {
  const table = schema.tables.get(name);
  if (table === undefined) return;
  const constraints = table.constraints.filter((each) => each.name !== constraint.name);
  changeTable(schema, name, { constraints });
  const index = schema.indexes.get({ ...name, name: constraint.name });
  if (index?.constraint === constraint.name && sameName(index.table, name)) {
    dropIndex(schema, index);
  }
}

/** Drops the foreign keys that rest on an index that is gone. */
function dropReferences(schema: Schema, index: Index): void {
  const rests = ({ restsOn }: Constraint): boolean =>
    restsOn !== undefined && sameName(restsOn, index.name);
  for (const table of schema.tables.group("references", nameKey(index.table))) {
    if (!table.constraints.some(rests)) continue;
    const constraints = table.constraints.filter((constraint) => !rests(constraint));
    schema.tables.set({ ...table, constraints });
  }
}

/** From PostgreSQL 18 a NOT NULL without a name has a generated one. */
function dropGeneratedNotNull(schema: Schema, table: Table, name: string): void {
  const column = table.columns.find((each) => name === `${table.name.name}_${each.name}_not_null`);
  if (column === undefined) return;
  changeColumn(schema, table.name, column.name, (each) => ({ ...each, notNull: false }));
}
