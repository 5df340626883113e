import { writeText } from "../literals/sql-value.ts";
import type { Field } from "../state/field.ts";
import type { Model } from "../state/model.ts";
import { columnDefinition, hasParameter, identity, impliedObjects } from "./column-definition.ts";
import { type BuiltConstraint, constraintOrStandIn } from "./constraints.ts";
import { fieldIndexes, foreignKey } from "./field-indexes.ts";
import { buildIndex } from "./indexes.ts";
import { attempt } from "./attempt.ts";
import { quoteName, serverName, stripQuotes } from "./names.ts";
import type { SchemaEditor } from "./schema-editor.ts";
import { IndexStatement, UniqueStatement } from "./table-statement.ts";

/** CREATE TABLE with all that belongs to a model. */
export function createModel(model: Model, editor: SchemaEditor): void {
  const { table, options } = model;
  for (const names of options.uniqueTogether) {
    editor.defer(new UniqueStatement(table, columnsOf(model, names)));
  }
  const columns = model.fields.filter((field) => field.databaseType !== undefined);
  const definitions = columns.map((field) => columnClause(field, editor));
  for (const field of columns) {
    if (field.isRelation && field.hasConstraint) editor.defer(foreignKey(field));
  }
  const inline = tableConstraints(model, editor);
  const key = compositeKey(model);
  const clauses = [...definitions, ...inline.map(({ clause }) => clause)];
  if (key.length > 0) clauses.push(`PRIMARY KEY (${key.map(quoteName).join(", ")})`);
  editor.execute(`CREATE TABLE ${quoteName(table)} (${clauses.join(", ")})${tablespace(model)}`);
  editor.catalog.createTable(table);
  for (const field of columns) {
    for (const object of impliedObjects(table, field)) editor.catalog.add(table, object);
  }
  for (const { object } of inline) editor.catalog.add(table, object);
  if (key.length > 0) {
    const name = serverName(stripQuotes(table), "", "pkey");
    editor.catalog.add(table, { name, kind: "primary-key", columns: key });
  }
  writeComments(model, columns, editor);
  deferIndexes(model, columns, editor);
  for (const field of model.manyToMany) {
    if (field.hasOwnThrough) createModel(field.through, editor);
  }
}

export function columnsOf(model: Model, names: readonly string[]): string[] {
  return names.map((name) => model.field(name).column);
}

function columnClause(field: Field, editor: SchemaEditor): string {
  const check = field.check === undefined ? "" : ` CHECK (${field.check})`;
  const definition = columnDefinition(field, editor, false) ?? "";
  return `${quoteName(field.column)} ${definition}${check}${identity(field)}`;
}

type InlineConstraint = Required<Pick<BuiltConstraint, "clause" | "object">>;

/**
 * The constraints that stand in CREATE TABLE; the others wait. With a parameter in a column all wait
 * (https://code.djangoproject.com/ticket/34553).
 */
function tableConstraints(model: Model, editor: SchemaEditor): InlineConstraint[] {
  const allWait = model.fields.some(hasParameter);
  const inline: InlineConstraint[] = [];
  for (const state of model.options.constraints) {
    const built = attempt(editor, state.span, () => constraintOrStandIn(state, model, editor));
    if (built === undefined) continue;
    const { clause, object, statement } = built;
    if (!allWait && clause !== undefined && object !== undefined) inline.push({ clause, object });
    else editor.defer(statement);
  }
  return inline;
}

/** The columns of a CompositePrimaryKey. */
function compositeKey(model: Model): string[] {
  const key = model.fields.find((field) => field.internalType === "CompositePrimaryKey");
  return key === undefined ? [] : columnsOf(model, key.state.fieldNames ?? []);
}

function tablespace({ options }: Model): string {
  return options.tablespace === undefined ? "" : ` TABLESPACE ${quoteName(options.tablespace)}`;
}

function writeComments(model: Model, columns: readonly Field[], editor: SchemaEditor): void {
  if (!editor.isAtLeast(4, 2)) return;
  if (model.options.comment) commentTable(model, editor);
  for (const field of columns) {
    if (field.comment) commentColumn(field, editor);
  }
}

export function commentTable(model: Model, editor: SchemaEditor): void {
  const text = writeText(model.options.comment ?? "", editor.settings.driver);
  editor.execute(`COMMENT ON TABLE ${quoteName(model.table)} IS ${text}`);
}

export function commentColumn(field: Field, editor: SchemaEditor): void {
  editor.execute(columnComment(field, editor));
}

export function columnComment(field: Field, editor: SchemaEditor): string {
  const text = writeText(field.comment ?? "", editor.settings.driver);
  return `COMMENT ON COLUMN ${quoteName(field.model.table)}.${quoteName(field.column)} IS ${text}`;
}

function deferIndexes(model: Model, columns: readonly Field[], editor: SchemaEditor): void {
  for (const field of columns) editor.defer(...fieldIndexes(field, editor));
  if (!editor.isAtLeast(5, 1)) {
    for (const names of model.options.indexTogether) editor.defer(togetherIndex(model, names));
  }
  for (const state of model.options.indexes) {
    const index = attempt(editor, state.span, () => buildIndex(state, model, false));
    if (index !== undefined) editor.defer(index);
  }
}

export function togetherIndex(model: Model, names: readonly string[]): IndexStatement {
  return new IndexStatement(model.table, columnsOf(model, names), { suffix: "_idx" });
}

/** DROP TABLE, those of its many-to-many relations before it. */
export function deleteModel(model: Model, editor: SchemaEditor): void {
  for (const field of model.manyToMany) {
    if (field.hasOwnThrough) deleteModel(field.through, editor);
  }
  const { table } = model;
  editor.execute(`DROP TABLE ${quoteName(table)} CASCADE`);
  editor.catalog.dropTable(table);
  editor.catalog.dropReferences(table);
  editor.forget((statement) => statement.refersToTable(table));
}

export function renameTable(from: string, to: string, editor: SchemaEditor): void {
  if (from === to) return;
  editor.execute(`ALTER TABLE ${quoteName(from)} RENAME TO ${quoteName(to)}`);
  editor.catalog.renameTable(from, to);
  editor.renameDeferred((statement) => statement.renameTable(from, to));
}
