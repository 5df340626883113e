import { constraintName, joinedColumns, relationName } from "../generated-name.ts";
import type { ObjectName } from "../name.ts";
import type { ExclusionConstraint, KeyConstraint } from "../operations/constraint.ts";
import type { IndexKey } from "../operations/index-object.ts";
import type { Schema } from "../schema.ts";
import type { Constraint, Index, Table } from "../schema-object.ts";
import { changeTable, family } from "./edit.ts";
import { moveRelation } from "./references.ts";

/** A constraint that an index enforces. */
export type IndexedConstraint = KeyConstraint | ExclusionConstraint;

/** An index without its place, to be built on a table. */
type IndexShape = Omit<Index, "name" | "table" | "constraint" | "parent" | "valid">;

/** What an index's generated name is made of. */
interface NamedShape {
  readonly columns: IndexShape["columns"];
  readonly include: readonly string[];
  readonly keys: readonly IndexKey[] | undefined;
}

const LABELS = { "primary-key": "pkey", unique: "key", exclude: "excl" } as const;

/**
 * Adds PRIMARY KEY, UNIQUE or EXCLUDE with the index that it owns, to partitions as well. With
 * `only` they are left out, and a partitioned table's index waits for theirs to be attached.
 */
export function addIndexedConstraint(
  schema: Schema,
  table: Table,
  definition: IndexedConstraint,
  only = false,
): void {
  if (definition.kind !== "exclude" && definition.usingIndex !== undefined) {
    adoptIndex(schema, table, definition, definition.usingIndex);
    return;
  }
  const shape = shapeOf(definition);
  const keys = definition.kind === "exclude" ? definition.keys : undefined;
  const name =
    definition.name ??
    generatedIndexName(schema, table.name, { ...shape, keys }, LABELS[definition.kind]);
  if (isTaken(schema, table, definition, name)) return;
  attachConstraint(schema, table, definition, name, false);
  const partitions = schema.partitionsOf(table.name);
  const valid = !only || partitions.length === 0;
  const key = { ...shape, name: { ...table.name, name }, table: table.name, constraint: name };
  schema.indexes.set({ ...key, valid });
  if (definition.kind === "primary-key") requireColumns(schema, table, definition.columns);
  if (only) return;
  for (const partition of partitions) cloneIndex(schema, { ...key, valid }, partition, definition);
}

/** UNIQUE or PRIMARY KEY USING INDEX: the index takes the constraint's name, or gives it its own. */
function adoptIndex(
  schema: Schema,
  table: Table,
  definition: KeyConstraint,
  indexName: string,
): void {
  const index = schema.indexes.get({ ...table.name, name: indexName });
  if (index === undefined || index.constraint !== undefined) return;
  const name = definition.name ?? indexName;
  const columns = index.columns.flatMap((column) => column ?? []);
  attachConstraint(schema, table, { ...definition, columns }, name, false);
  moveRelation(schema, index.name, { ...index.name, name });
  const moved = schema.indexes.get({ ...index.name, name }) ?? index;
  schema.indexes.set({ ...moved, constraint: moved.name.name });
  if (definition.kind === "primary-key") requireColumns(schema, table, columns);
}

/**
 * Gives a partition the index that its parent has: one that it has already and that fits is
 * attached, else one is made under a generated name.
 */
export function cloneIndex(
  schema: Schema,
  parent: Index,
  partition: Table,
  definition?: IndexedConstraint,
): void {
  const own = schema.indexesOf(partition.name);
  if (own.some((index) => index.parent?.name === parent.name.name)) return;
  const fitting = own.find(
    (index) =>
      index.parent === undefined &&
      index.valid &&
      (definition === undefined || index.constraint !== undefined) &&
      shapeKey(index) === shapeKey(parent),
  );
  let clone = fitting;
  if (clone === undefined) {
    const label = definition === undefined ? "idx" : LABELS[definition.kind];
    const name = generatedIndexName(
      schema,
      partition.name,
      { ...parent, keys: parent.definition?.keys },
      label,
    );
    const named = { ...parent, name: { ...partition.name, name }, table: partition.name };
    clone = { ...named, valid: true, ...(definition === undefined ? {} : { constraint: name }) };
    const current = schema.tables.get(partition.name) ?? partition;
    if (definition !== undefined) attachConstraint(schema, current, definition, name, true);
  }
  schema.indexes.set({ ...clone, parent: parent.name });
  if (definition?.kind === "primary-key") requireColumns(schema, partition, definition.columns);
  for (const child of schema.partitionsOf(partition.name)) {
    cloneIndex(schema, clone, child, definition);
  }
}

/** The constraint's definition behind an index, where it has one. */
export function constraintOf(schema: Schema, index: Index): IndexedConstraint | undefined {
  if (index.constraint === undefined) return undefined;
  const definition = schema.tables
    .get(index.table)
    ?.constraints.find(({ name }) => name === index.constraint)?.definition;
  const indexed =
    definition?.kind === "primary-key" ||
    definition?.kind === "unique" ||
    definition?.kind === "exclude";
  return indexed ? definition : undefined;
}

/** The name that PostgreSQL gives an index on a table, from the names of all its columns. */
export function generatedIndexName(
  schema: Schema,
  table: ObjectName,
  shape: NamedShape,
  label: "pkey" | "key" | "excl" | "idx",
): string {
  const second = label === "pkey" ? undefined : joinedColumns(indexColumnNames(shape));
  const namespace = table.schema ?? schema.target(table).schema;
  return relationName(schema, namespace, [table.name, second, label], label !== "idx");
}

/** A name for a foreign key or CHECK constraint. */
export function generatedConstraintName(
  schema: Schema,
  table: ObjectName,
  columns: readonly string[],
  label: "fkey" | "check",
): string {
  const second = columns.length === 0 ? undefined : joinedColumns(columns);
  const namespace = table.schema ?? schema.target(table).schema;
  return constraintName(schema, namespace, [table.name, second, label]);
}

/** PostgreSQL's ChooseIndexColumnNames: a name that occurs again gets a number. */
function indexColumnNames({ columns, include, keys }: NamedShape): string[] {
  const written = columns.map(
    (column, position) => column ?? keys?.[position]?.expressionName ?? "expr",
  );
  const names: string[] = [];
  for (const name of [...written, ...include]) {
    let unique = name;
    for (let number = 1; names.includes(unique); number += 1) unique = `${name}${number}`;
    names.push(unique);
  }
  return names;
}

function shapeOf(definition: IndexedConstraint): IndexShape {
  const exclusion = definition.kind === "exclude";
  return {
    unique: !exclusion,
    method: exclusion ? definition.method : "btree",
    columns:
      (exclusion ? definition.keys?.map(({ column }) => column) : undefined) ?? definition.columns,
    include: exclusion ? [] : definition.include,
    partial: exclusion && definition.where !== undefined,
  };
}

function shapeKey({ unique, method, columns, include, partial, definition }: IndexShape): string {
  const expressions = definition?.keys.map(({ expression }) => expression?.text ?? "");
  const parts = [unique, method, columns, include, partial, definition?.where?.text];
  return JSON.stringify([...parts, expressions?.some(Boolean) === true ? expressions : []]);
}

function attachConstraint(
  schema: Schema,
  table: Table,
  definition: IndexedConstraint,
  name: string,
  inherited: boolean,
): void {
  const constraint: Constraint = {
    name,
    definition,
    columns: definition.columns,
    validated: true,
    named: !inherited && definition.name !== undefined,
    ...(inherited ? { inherited } : {}),
  };
  changeTable(schema, table.name, { constraints: [...table.constraints, constraint] });
}

function requireColumns(schema: Schema, table: Table, columns: readonly string[]): void {
  for (const { name } of family(schema, table)) {
    const member = schema.tables.get(name);
    if (member?.columns.some((column) => columns.includes(column.name) && !column.notNull)) {
      changeTable(schema, name, {
        columns: member.columns.map((column) =>
          columns.includes(column.name) ? { ...column, notNull: true } : column,
        ),
      });
    }
  }
}

/** A table has one primary key, and a name stands for one constraint and one relation. */
function isTaken(
  schema: Schema,
  { name: table, constraints }: Table,
  definition: IndexedConstraint,
  name: string,
): boolean {
  if (schema.hasRelation({ ...table, name })) return true;
  return constraints.some(
    (constraint) =>
      constraint.name === name ||
      (definition.kind === "primary-key" && constraint.definition.kind === "primary-key"),
  );
}
