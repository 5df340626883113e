import type { ObjectName } from "../name.ts";
import type {
  AddColumn,
  AddIdentity,
  ColumnOperations,
  DropIdentity,
  RenameColumn,
} from "../operations/column.ts";
import type { Schema } from "../schema.ts";
import type { Table } from "../schema-object.ts";
import { alterColumnType } from "./alter-type.ts";
import { columnConstraints, columnOf, inCreationOrder, withDefault } from "./column-definition.ts";
import { addConstraint } from "./constraints.ts";
import { dropColumn } from "./drop-column.ts";
import { changeColumn, changeInFamily, changeTable, family, hasColumn, without } from "./edit.ts";
import { moveColumn } from "./column-references.ts";
import { createOwnedSequence, dropSequence } from "./sequences.ts";
import { unchanged, type Steps } from "./step.ts";
import { renameViewColumn } from "./views.ts";

export const COLUMN_STEPS: Steps<ColumnOperations["kind"]> = {
  "add-column": (schema, operation, { reviewing }) => {
    const table = schema.table(operation.table);
    if (table !== undefined) addColumn(schema, table, operation.column, reviewing);
  },
  "drop-column": (schema, operation) => {
    const table = schema.table(operation.table);
    if (table !== undefined) dropColumn(schema, table.name, operation.column, operation.cascade);
  },
  "rename-column": renameColumn,
  "alter-column-type": alterColumnType,
  "set-column-default": (schema, operation) =>
    changeInFamily(schema, operation, (column) =>
      withDefault(schema, without(column, "default", "defaultVolatility"), operation.default),
    ),
  "drop-column-default": (schema, operation) =>
    changeInFamily(schema, operation, (column) => without(column, "default", "defaultVolatility")),
  "set-not-null": (schema, operation) =>
    changeInFamily(schema, operation, (column) => ({ ...column, notNull: true })),
  "drop-not-null": (schema, operation) => dropNotNull(schema, operation),
  "set-column-expression": (schema, operation) =>
    changeInFamily(schema, operation, (column) => ({
      ...column,
      generationExpression: operation.expression,
    })),
  "drop-column-expression": (schema, operation) =>
    changeInFamily(schema, operation, (column) =>
      without(column, "generated", "generationExpression"),
    ),
  "add-identity": addIdentity,
  "alter-identity": (schema, operation) => {
    const { identity } = operation;
    if (identity === undefined) return;
    changeInFamily(schema, operation, (column) =>
      column.identity === undefined ? column : { ...column, identity },
    );
  },
  "drop-identity": dropIdentity,
  "set-column-option": unchanged,
};

function addColumn(
  schema: Schema,
  table: Table,
  definition: AddColumn["column"],
  isNew: boolean,
): void {
  if (hasColumn(table, definition.name)) return;
  const name = { ...table.name, schema: table.name.schema ?? schema.target(table.name).schema };
  const column = columnOf(schema, name, definition, isNew);
  for (const member of family(schema, table)) {
    // A table that inherits and has the column already keeps its own.
    if (hasColumn(member, column.name)) continue;
    const added = member === table ? column : { ...column, inherited: true };
    const current = schema.tables.get(member.name) ?? member;
    changeTable(schema, member.name, { columns: [...current.columns, added] });
  }
  for (const constraint of inCreationOrder(columnConstraints(definition))) {
    const current = schema.tables.get(table.name);
    if (current !== undefined) addConstraint(schema, current, constraint, { valid: true });
  }
}

function renameColumn(schema: Schema, { table, column, to }: RenameColumn): void {
  renameViewColumn(schema, table, column, to);
  const found = schema.table(table);
  if (found === undefined || !hasColumn(found, column) || hasColumn(found, to)) return;
  for (const { name } of family(schema, found)) moveColumn(schema, name, column, to);
}

function dropNotNull(
  schema: Schema,
  operation: { readonly table: ObjectName; readonly column: string },
): void {
  changeInFamily(schema, operation, (column) => ({ ...column, notNull: false }));
  const table = schema.table(operation.table);
  if (table === undefined) return;
  const constraints = table.constraints.filter(
    ({ definition }) => definition.kind !== "not-null" || definition.column !== operation.column,
  );
  if (constraints.length < table.constraints.length) {
    changeTable(schema, table.name, { constraints });
  }
}

function addIdentity(schema: Schema, operation: AddIdentity): void {
  const table = schema.table(operation.table);
  const column = table?.columns.find(({ name }) => name === operation.column);
  if (table === undefined || column === undefined || column.identity !== undefined) return;
  const namespace = table.name.schema ?? schema.target(table.name).schema;
  const { identity, sequence } = operation;
  const owner = { ...table.name, schema: namespace };
  createOwnedSequence(schema, owner, { ...column, identity }, sequence);
  changeColumn(schema, table.name, column.name, (each) => ({ ...each, identity }));
}

function dropIdentity(schema: Schema, operation: DropIdentity): void {
  const table = schema.table(operation.table);
  const column = table?.columns.find(({ name }) => name === operation.column);
  if (table === undefined || column?.identity === undefined) return;
  for (const sequence of schema.sequencesOf(table.name)) {
    const isIdentity = sequence.identity === true && sequence.ownedBy?.column === column.name;
    if (isIdentity) dropSequence(schema, sequence, false);
  }
  changeColumn(schema, table.name, column.name, (each) => without(each, "identity"));
}
