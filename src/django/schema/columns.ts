import type { Field } from "../state/field.ts";
import { columnDefinition, identity, impliedObjects } from "./column-definition.ts";
import { fieldIndexes, foreignKey, onDelete } from "./field-indexes.ts";
import { quoteName, splitIdentifier } from "./names.ts";
import type { SchemaEditor } from "./schema-editor.ts";
import { commentColumn, createModel, deleteModel } from "./tables.ts";

/** ADD COLUMN: the default fills the rows and is dropped again, the indexes wait. */
export function addField(field: Field, editor: SchemaEditor): void {
  if (field.isManyToMany) {
    if (field.hasOwnThrough) createModel(field.through, editor);
    return;
  }
  const definition = columnDefinition(field, editor, true);
  if (definition === undefined) return;
  const { table } = field.model;
  const column = quoteName(field.column);
  const key = field.isRelation && field.hasConstraint ? foreignKey(field) : undefined;
  const check = field.check === undefined ? "" : ` CHECK (${field.check})`;
  const tail = check + (key === undefined ? "" : inlineReference(field, key.name));
  editor.execute(
    `ALTER TABLE ${quoteName(table)} ADD COLUMN ${column} ${definition}${identity(field)}${tail}`,
  );
  for (const object of impliedObjects(table, field)) editor.catalog.add(table, object);
  const made = key?.write().object;
  if (made !== undefined) editor.catalog.add(table, made);
  finishField(field, editor);
}

/** What follows once the column is there. */
function finishField(field: Field, editor: SchemaEditor): void {
  if (!field.hasDatabaseDefault && editor.effectiveDefault(field).kind !== "null") {
    const table = quoteName(field.model.table);
    editor.execute(`ALTER TABLE ${table} ALTER COLUMN ${quoteName(field.column)} DROP DEFAULT`);
  }
  if (field.comment && editor.isAtLeast(4, 2)) commentColumn(field, editor);
  editor.defer(...fieldIndexes(field, editor));
}

/** A foreign key in ADD COLUMN; its checks run at once, so that the transaction can go on with data. */
function inlineReference(field: Field, name: string): string {
  const { target } = field;
  const [schema] = splitIdentifier(field.model.table);
  const namespace = schema === "" ? "" : `${quoteName(schema)}.`;
  const to = `${quoteName(target.model.table)}(${quoteName(target.column)})${onDelete(field)}`;
  return ` CONSTRAINT ${quoteName(name)} REFERENCES ${to} DEFERRABLE INITIALLY DEFERRED; SET CONSTRAINTS ${namespace}${quoteName(name)} IMMEDIATE`;
}

/** DROP COLUMN; until Django 6.0 with CASCADE, which takes views along. */
export function removeField(field: Field, editor: SchemaEditor): void {
  if (field.isManyToMany) {
    if (field.hasOwnThrough) deleteModel(field.through, editor);
    return;
  }
  if (field.databaseType === undefined) return;
  const { table } = field.model;
  const { column } = field;
  if (field.isRelation) {
    const keys = editor.catalog.named(table, [column], ({ kind }) => kind === "foreign-key");
    for (const name of keys) editor.dropForeignKey(table, name);
  }
  const cascade = editor.isAtLeast(6, 0) ? "" : " CASCADE";
  editor.execute(`ALTER TABLE ${quoteName(table)} DROP COLUMN ${quoteName(column)}${cascade}`);
  editor.catalog.dropColumn(table, column);
  editor.forget((statement) => statement.refersToColumn(table, column));
}
