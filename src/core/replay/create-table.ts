import type { ObjectName } from "../name.ts";
import type { ColumnDefinition } from "../operations/column.ts";
import type { ConstraintDefinition } from "../operations/constraint.ts";
import type { CreateTable, CreateTableAs } from "../operations/table.ts";
import type { Schema } from "../schema.ts";
import type { Column, Table } from "../schema-object.ts";
import { columnConstraints, columnOf, inCreationOrder, withDefault } from "./column-definition.ts";
import { addConstraint } from "./constraints.ts";
import { likeColumns, likeObjects } from "./like.ts";
import { cloneParent, inheritedChecks, inheritedColumns } from "./partitions.ts";
import type { ReplayOptions, Steps } from "./step.ts";

export const CREATE_TABLE_STEPS: Steps<"create-table" | "create-table-as"> = {
  "create-table": createTable,
  "create-table-as": createTableAs,
};

function createTable(schema: Schema, operation: CreateTable, options: ReplayOptions): void {
  const name = schema.target(operation.table, operation.persistence === "temporary");
  if (schema.hasRelation(name)) return;
  const { partitionOf, partitionBy } = operation;
  const parent = partitionOf === undefined ? undefined : schema.table(partitionOf.parent);
  const parents =
    parent === undefined
      ? operation.inherits.flatMap((each) => schema.table(each) ?? [])
      : [parent];
  const table: Table = {
    ...emptyTable(name, operation.persistence, options),
    columns: columnsOf(schema, operation, name, parents, options),
    constraints: parents.flatMap((each) => inheritedChecks(each)),
    isDefaultPartition: partitionOf?.isDefault ?? false,
    inherits: parent === undefined ? parents.map((each) => each.name) : [],
    ...(partitionBy === undefined ? {} : { partitionBy }),
    ...(partitionOf === undefined ? {} : { partitionOf: schema.relationName(partitionOf.parent) }),
  };
  schema.tables.set(table);
  const constraints = inCreationOrder(writtenConstraints(operation));
  addAll(schema, name, constraints.filter(isEarly));
  if (parent !== undefined) cloneParent(schema, parent, name);
  addAll(
    schema,
    name,
    constraints.filter((constraint) => !isEarly(constraint)),
  );
  for (const like of operation.like) likeObjects(schema, like, name);
}

/** Made with the table itself, before the parent's indexes. */
function isEarly({ kind }: ConstraintDefinition): boolean {
  return kind === "check" || kind === "not-null";
}

function addAll(
  schema: Schema,
  name: ObjectName,
  constraints: readonly ConstraintDefinition[],
): void {
  for (const constraint of constraints) {
    const table = schema.tables.get(name);
    if (table !== undefined) addConstraint(schema, table, constraint, { valid: true });
  }
}

/** Inherited columns first, then those of LIKE, then its own; of one name there is one column. */
function columnsOf(
  schema: Schema,
  operation: CreateTable,
  name: Required<ObjectName>,
  parents: readonly Table[],
  { reviewing }: ReplayOptions,
): readonly Column[] {
  const isPartition = operation.partitionOf !== undefined;
  const columns = new Map<string, Column>();
  for (const column of inheritedColumns(parents, isPartition, reviewing)) {
    columns.set(column.name, column);
  }
  for (const attribute of typedColumns(schema, operation.ofType, reviewing)) {
    columns.set(attribute.name, attribute);
  }
  for (const like of operation.like) {
    for (const column of likeColumns(schema, like, name, reviewing)) {
      columns.set(column.name, column);
    }
  }
  for (const definition of operation.columns) {
    const before = columns.get(definition.name);
    columns.set(
      definition.name,
      before === undefined
        ? columnOf(schema, name, definition, reviewing)
        : merged(schema, before, definition, isPartition),
    );
  }
  return [...columns.values()];
}

/** A column that parent and table both have: the table's default wins, NOT NULL of either holds. */
function merged(
  schema: Schema,
  before: Column,
  definition: ColumnDefinition,
  inherited: boolean,
): Column {
  const column = { ...before, inherited, notNull: before.notNull || definition.notNull };
  return withDefault(schema, column, definition.default);
}

function typedColumns(
  schema: Schema,
  type: ObjectName | undefined,
  isNew: boolean,
): readonly Column[] {
  if (type === undefined) return [];
  const attributes = schema.otherTypes.find(type, schema.path)?.attributes ?? [];
  return attributes.map((attribute) => ({ ...attribute, isNew }));
}

/** In the order of the text, where that decides which of two constraints gets a generated name. */
function writtenConstraints(operation: CreateTable): readonly ConstraintDefinition[] {
  const onColumns = operation.columns.flatMap((column) => columnConstraints(column));
  const written = [...onColumns, ...operation.constraints];
  const compete = onColumns.some(
    ({ kind, name }) =>
      name === undefined &&
      operation.constraints.some((each) => each.kind === kind && each.name === undefined),
  );
  if (!compete) return written;
  return written.toSorted((one, other) => one.span.start - other.span.start);
}

/** Columns have the names that the statement tells; their types are those of the query, which is not evaluated. */
function createTableAs(schema: Schema, operation: CreateTableAs, options: ReplayOptions): void {
  const name = schema.target(operation.table, operation.persistence === "temporary");
  if (schema.hasRelation(name)) return;
  const table = emptyTable(name, operation.persistence, options);
  schema.tables.set({
    ...table,
    columns: (operation.columns ?? []).map((column) => ({
      name: column,
      type: { name: "unknown", modifiers: [], arrayDimensions: 0, serial: false, text: "" },
      notNull: false,
      isNew: options.reviewing,
    })),
    isEmpty: options.reviewing && !operation.withData,
  });
}

function emptyTable(
  name: ObjectName,
  persistence: Table["persistence"],
  { reviewing }: ReplayOptions,
): Table {
  return {
    name,
    persistence,
    columns: [],
    constraints: [],
    isDefaultPartition: false,
    inherits: [],
    rowSecurity: false,
    isNew: reviewing,
    isEmpty: reviewing,
    triggers: [],
    policies: [],
    published: [],
  };
}
