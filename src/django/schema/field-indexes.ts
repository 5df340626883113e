import type { Field } from "../state/field.ts";
import type { SchemaEditor } from "./schema-editor.ts";
import { ForeignKeyStatement, IndexStatement } from "./table-statement.ts";
import { lastPart } from "../python/value.ts";

/** The indexes that a field brings along: its own, and for text one that `LIKE` can use. */
export function fieldIndexes(field: Field, editor: SchemaEditor): IndexStatement[] {
  const indexes: IndexStatement[] = [];
  if (field.isIndexed && !field.isUnique) {
    indexes.push(new IndexStatement(field.model.table, [field.column]));
  }
  const like = likeIndex(field, editor);
  if (like !== undefined) indexes.push(like);
  return indexes;
}

/** The index for `LIKE` outside of the C locale (https://docs.djangoproject.com/en/stable/ref/databases/#indexes-for-varchar-and-text-columns). */
export function likeIndex(field: Field, editor: SchemaEditor): IndexStatement | undefined {
  const type = field.databaseType;
  if (type === undefined || type.includes("[") || !(field.isIndexed || field.isUnique)) {
    return undefined;
  }
  const { collation } = field;
  if (collation !== undefined && !editor.catalog.isDeterministic(collation)) return undefined;
  const text = ["varchar", "text"].find((one) => type.startsWith(one));
  if (text === undefined) return undefined;
  const opclasses = [`${text}_pattern_ops`];
  return new IndexStatement(field.model.table, [field.column], { suffix: "_like", opclasses });
}

/** The foreign key of a relation, as a statement of its own. */
export function foreignKey(field: Field, isShort = false): ForeignKeyStatement {
  const { target } = field;
  return new ForeignKeyStatement({
    table: field.model.table,
    column: field.column,
    toTable: target.model.table,
    toColumn: target.column,
    isShort,
    onDelete: onDelete(field),
  });
}

const ON_DELETE: Readonly<Record<string, string>> = {
  DB_CASCADE: " ON DELETE CASCADE",
  DB_SET_NULL: " ON DELETE SET NULL",
  DB_SET_DEFAULT: " ON DELETE SET DEFAULT",
};

/** What the database does on deletion; Django's own ways (CASCADE) leave nothing in the database. */
export function onDelete(field: Field): string {
  const given = field.argument("on_delete");
  return given?.kind === "name" ? (ON_DELETE[lastPart(given.name)] ?? "") : "";
}
