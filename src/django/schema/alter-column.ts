import type { Field } from "../state/field.ts";
import { changeType, leavesText } from "./change-type.ts";
import { alterTable, changeDefinition, type ColumnChange } from "./change-definition.ts";
import { foreignKey, likeIndex } from "./field-indexes.ts";
import { isAltered } from "./field-difference.ts";
import { type IncomingRelation, incomingRelations } from "./incoming-relations.ts";
import { indexName, quoteName } from "./names.ts";
import { nameOfIndex } from "./indexes.ts";
import type { SchemaEditor } from "./schema-editor.ts";
import { ConstraintStatement, IndexStatement, UniqueStatement } from "./table-statement.ts";

/**
 * The statements that turn one column into another, in Django's order
 * (`BaseDatabaseSchemaEditor._alter_field`).
 */
export function alterColumn(before: Field, after: Field, editor: SchemaEditor): void {
  const change: ColumnChange = { before, after, editor, table: after.model.table };
  if (!editor.isAtLeast(4, 1) && leavesText(before, after)) {
    editor.dropIndex(change.table, indexName(change.table, [before.column], "_like"));
  }
  const hadKey = dropOwnKey(change);
  dropUnique(change);
  const followsType = isKeyOfOthers(before, after);
  const incoming = followsType ? incomingRelations(before, after, editor) : [];
  for (const relation of incoming) dropIncomingKey(relation, editor);
  dropPlainIndex(change);
  dropCheck(change);
  renameColumn(change);
  const leavesDefault = changeDefinition(change);
  dropPrimaryKey(change);
  addUnique(change);
  addPlainIndex(change);
  const followers = [...incoming, ...addPrimaryKey(change)];
  for (const relation of followers) changeFollower(relation, editor);
  addOwnKey(change, hadKey);
  if (followsType) addIncomingKeys(followers, editor);
  addCheck(change);
  if (leavesDefault) {
    alterTable(change, [`ALTER COLUMN ${quoteName(after.column)} DROP DEFAULT`]);
  }
  changeLikeIndex(change);
}

function addOwnKey({ before, after, editor }: ColumnChange, hadKey: boolean): void {
  const isNew = hadKey || !before.isRelation || !before.hasConstraint;
  if (after.isRelation && isNew && after.hasConstraint) editor.send(foreignKey(after));
}

function addIncomingKeys(followers: readonly IncomingRelation[], editor: SchemaEditor): void {
  for (const { after } of followers) {
    // Before 4.2 those of tables between models were not made again.
    const isMade = editor.isAtLeast(4, 2) || !after.model.isThrough;
    if (after.hasConstraint && isMade) editor.send(foreignKey(after, true));
  }
}

function dropOwnKey({ before, after, editor, table }: ColumnChange): boolean {
  if (!before.isRelation || !before.hasConstraint) return false;
  if (!isAltered(before, after, editor, editor.isAtLeast(4, 2))) return false;
  const names = editor.catalog.named(table, [before.column], ({ kind }) => kind === "foreign-key");
  for (const name of names) editor.dropForeignKey(table, name);
  return names.length > 0;
}

function becomesPrimaryKey(before: Field, after: Field): boolean {
  return !before.isPrimaryKey && after.isPrimaryKey;
}

function dropUnique({ before, after, editor, table }: ColumnChange): void {
  if (!before.isUnique || (after.isUnique && !becomesPrimaryKey(before, after))) return;
  const own = new Set(after.model.options.constraints.map(({ name }) => name));
  const names = editor.catalog.named(
    table,
    [before.column],
    ({ kind, name }) => (kind === "unique" || kind === "unique-index") && !own.has(name),
  );
  for (const name of names) editor.dropConstraint(table, name);
}

/** Whether foreign keys may lead to the column, and its type changes. */
function isKeyOfOthers(before: Field, after: Field): boolean {
  const stays = (before.isPrimaryKey && after.isPrimaryKey) || (before.isUnique && after.isUnique);
  const changes =
    before.databaseType !== after.databaseType || before.collation !== after.collation;
  return stays && changes;
}

function dropIncomingKey({ after }: IncomingRelation, editor: SchemaEditor): void {
  const { table } = after.model;
  const names = editor.catalog.named(table, [after.column], ({ kind }) => kind === "foreign-key");
  for (const name of names) editor.dropForeignKey(table, name);
}

function dropPlainIndex({ before, after, editor, table }: ColumnChange): void {
  if (!before.isIndexed || before.isUnique || (after.isIndexed && !after.isUnique)) return;
  const own = new Set(after.model.options.indexes.map((one) => nameOfIndex(one, after.model)));
  const names = editor.catalog.named(
    table,
    [before.column],
    ({ kind, method, name }) => kind === "index" && method === "btree" && !own.has(name),
  );
  for (const name of names) {
    editor.dropIndex(table, name);
  }
}

function dropCheck({ before, after, editor, table }: ColumnChange): void {
  if (before.check === undefined || after.check !== undefined) return;
  const own = new Set(after.model.options.constraints.map(({ name }) => name));
  const names = editor.catalog.named(
    table,
    [before.column],
    ({ kind, name }) => kind === "check" && !own.has(name),
  );
  for (const name of names) editor.dropConstraint(table, name);
}

function renameColumn({ before, after, editor, table }: ColumnChange): void {
  const [from, to] = [before.column, after.column];
  if (from === to) return;
  editor.execute(
    `ALTER TABLE ${quoteName(table)} RENAME COLUMN ${quoteName(from)} TO ${quoteName(to)}`,
  );
  editor.catalog.renameColumn(table, from, to);
  editor.renameDeferred((statement) => statement.renameColumn(table, from, to));
}

function dropPrimaryKey({ before, after, editor, table }: ColumnChange): void {
  if (!before.isPrimaryKey || after.isPrimaryKey) return;
  for (const { kind, name } of editor.catalog.of(table)) {
    if (kind === "primary-key") editor.dropConstraint(table, name);
  }
}

function addUnique({ before, after, editor, table }: ColumnChange): void {
  const isNew = after.isUnique && (!before.isUnique || before.isPrimaryKey);
  if (!after.isPrimaryKey && isNew) editor.send(new UniqueStatement(table, [after.column]));
}

function addPlainIndex({ before, after, editor, table }: ColumnChange): void {
  const hadNone = !before.isIndexed || before.isUnique;
  if (hadNone && after.isIndexed && !after.isUnique) {
    editor.send(new IndexStatement(table, [after.column]));
  }
}

function addPrimaryKey({ before, after, editor, table }: ColumnChange): IncomingRelation[] {
  if (!becomesPrimaryKey(before, after)) return [];
  const name = indexName(table, [after.column], "_pk");
  const columns = [after.column];
  editor.execute(
    `ALTER TABLE ${quoteName(table)} ADD CONSTRAINT ${quoteName(name)} PRIMARY KEY (${quoteName(after.column)})`,
  );
  editor.catalog.add(table, { name, kind: "primary-key", columns });
  return incomingRelations(before, after, editor);
}

function changeFollower({ before, after }: IncomingRelation, editor: SchemaEditor): void {
  const { action, after: afterwards } = changeType(before, after, editor);
  editor.execute(`ALTER TABLE ${quoteName(after.model.table)} ${action}`);
  for (const run of afterwards) run();
}

function addCheck({ before, after, editor, table }: ColumnChange): void {
  if (after.check === undefined || before.check !== undefined) return;
  const name = indexName(table, [after.column], "_check");
  const definition = `CHECK (${after.check})`;
  editor.send(new ConstraintStatement(table, [after.column], { name, definition, kind: "check" }));
}

/** The index for `LIKE` comes and goes with the others. */
function changeLikeIndex({ before, after, editor, table }: ColumnChange): void {
  const isIndexNew = !(before.isIndexed || before.isUnique) && after.isIndexed;
  const isUniqueNew = !before.isUnique && after.isUnique;
  if (isIndexNew || isUniqueNew || (leavesText(before, after) && editor.isAtLeast(5, 0))) {
    const like = likeIndex(after, editor);
    if (like !== undefined) editor.send(like);
  }
  if (before.isUnique && !(after.isIndexed || after.isUnique)) {
    editor.dropIndex(table, indexName(table, [before.column], "_like"));
  }
}
