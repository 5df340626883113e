import type { ObjectName } from "../name.ts";
import type { Schema } from "../schema.ts";
import type { Column, Constraint, Table } from "../schema-object.ts";

/** Replaces a table by one with other values; nothing where the table is not known. */
export function changeTable(schema: Schema, name: ObjectName, change: Partial<Table>): void {
  const table = schema.tables.get(name);
  if (table !== undefined) schema.tables.set({ ...table, ...change });
}

/** Replaces one column of a table; nothing where it is not known. */
export function changeColumn(
  schema: Schema,
  name: ObjectName,
  column: string,
  change: (column: Column) => Column,
): void {
  const table = schema.tables.get(name);
  if (table === undefined || !hasColumn(table, column)) return;
  const columns = table.columns.map((each) => (each.name === column ? change(each) : each));
  schema.tables.set({ ...table, columns });
}

/** An ALTER TABLE. */
export interface Alteration {
  readonly table: ObjectName;
  readonly only?: boolean;
}

/** The tables that an ALTER TABLE is about: with ONLY the one that it names. */
export function alteredTables(schema: Schema, operation: Alteration): readonly Table[] {
  const table = schema.table(operation.table);
  if (table === undefined) return [];
  return operation.only === true ? [table] : family(schema, table);
}

/** A change of a column goes down to partitions and inheriting tables. */
export function changeInFamily(
  schema: Schema,
  operation: Alteration & { readonly column: string },
  change: (column: Column) => Column,
): void {
  for (const { name } of alteredTables(schema, operation)) {
    changeColumn(schema, name, operation.column, change);
  }
}

/** The same of a constraint. */
export function changeConstraint(
  schema: Schema,
  name: ObjectName,
  constraint: string,
  change: (constraint: Constraint) => Constraint,
): void {
  const table = schema.tables.get(name);
  if (table?.constraints.some((each) => each.name === constraint) !== true) return;
  const constraints = table.constraints.map((each) =>
    each.name === constraint ? change(each) : each,
  );
  schema.tables.set({ ...table, constraints });
}

/** The table itself, its partitions and the tables that inherit from it, down to the last. */
export function family(schema: Schema, table: Table): readonly Table[] {
  const members = [table];
  for (const member of members) members.push(...schema.childrenOf(member.name));
  return members;
}

export function hasColumn(table: Table, column: string): boolean {
  return table.columns.some(({ name }) => name === column);
}

/** A copy without some of its optional properties. */
export function without<Value extends object, Key extends keyof Value>(
  value: Value,
  ...keys: readonly Key[]
): Omit<Value, Key> {
  const copy = { ...value };
  for (const key of keys) delete copy[key];
  return copy;
}
