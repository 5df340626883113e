import { isEqualValue, NULL, type SqlValue } from "../literals/sql-value.ts";
import { isSameValue } from "../python/same-value.ts";
import type { Field } from "../state/field.ts";
import { changeType } from "./change-type.ts";
import { databaseDefault } from "./column-definition.ts";
import { quoteName } from "./names.ts";
import type { SchemaEditor } from "./schema-editor.ts";

/** What a change of a column goes through, step by step. */
export interface ColumnChange {
  readonly before: Field;
  readonly after: Field;
  readonly editor: SchemaEditor;
  readonly table: string;
}

export function alterTable({ table, editor }: ColumnChange, actions: readonly string[]): void {
  editor.execute(`ALTER TABLE ${quoteName(table)} ${actions.join(", ")}`);
}

/** Type, default and NULL in one statement, or in four steps when rows must be filled. True: a default is left to be dropped. */
export function changeDefinition(change: ColumnChange): boolean {
  const { before, after, editor } = change;
  const column = quoteName(after.column);
  const type = isTypeChanged(before, after, editor) ? changeType(before, after, editor) : undefined;
  const actions = type === undefined ? [] : [type.action];
  actions.push(...changeDatabaseDefault(before, after, editor));
  const filling = fillingDefault(before, after, editor);
  if (filling.isSet)
    actions.push(`ALTER COLUMN ${column} SET DEFAULT ${editor.write(filling.value)}`);
  const isFilled = fillsRows(before, after);
  const nulls = changeNull(before, after);
  if (!isFilled) actions.push(...nulls);
  if (actions.length > 0) alterTable(change, actions);
  if (isFilled) {
    fillRows(change, filling.value);
    alterTable(change, nulls);
  }
  for (const run of type?.after ?? []) run();
  return filling.isSet;
}

function fillsRows(before: Field, after: Field): boolean {
  return (after.hasDefault || after.hasDatabaseDefault) && before.isNull && !after.isNull;
}

function changeNull(before: Field, after: Field): string[] {
  if (before.isNull === after.isNull) return [];
  return [`ALTER COLUMN ${quoteName(after.column)} ${after.isNull ? "DROP" : "SET"} NOT NULL`];
}

/** Rows without a value get one, and what they refer to is checked at once. */
function fillRows({ after, editor, table }: ColumnChange, filling: SqlValue): void {
  const column = quoteName(after.column);
  const value = after.hasDatabaseDefault ? databaseDefault(after, editor) : editor.write(filling);
  const checks = editor.isAtLeast(4, 2) ? "; SET CONSTRAINTS ALL IMMEDIATE" : "";
  editor.execute(
    `UPDATE ${quoteName(table)} SET ${column} = ${value} WHERE ${column} IS NULL${checks}`,
  );
}

function isTypeChanged(before: Field, after: Field, editor: SchemaEditor): boolean {
  return (
    before.databaseType !== after.databaseType ||
    before.hasIdentity !== after.hasIdentity ||
    before.collation !== after.collation ||
    (before.comment !== after.comment && editor.isAtLeast(4, 2))
  );
}

function changeDatabaseDefault(before: Field, after: Field, editor: SchemaEditor): string[] {
  const column = quoteName(after.column);
  if (!after.hasDatabaseDefault) {
    return before.hasDatabaseDefault ? [`ALTER COLUMN ${column} DROP DEFAULT`] : [];
  }
  const isSame =
    before.hasDatabaseDefault &&
    isSameValue(before.argument("db_default"), after.argument("db_default"));
  return isSame ? [] : [`ALTER COLUMN ${column} SET DEFAULT ${databaseDefault(after, editor)}`];
}

/** What rows without a value get when NULL is forbidden; not set where the old default was the same. */
function fillingDefault(
  before: Field,
  after: Field,
  editor: SchemaEditor,
): { readonly value: SqlValue; readonly isSet: boolean } {
  if (!before.isNull || after.isNull || after.hasDatabaseDefault) {
    return { value: NULL, isSet: false };
  }
  const old = editor.effectiveDefault(before);
  const value = editor.effectiveDefault(after);
  const isSame = isEqualValue(old, value) && !isVolatile(before) && !isVolatile(after);
  return { value, isSet: value.kind !== "null" && !isSame };
}

/** Each call of such a default gives another value. */
function isVolatile(field: Field): boolean {
  const given = field.argument("default");
  if (given === undefined) {
    return ["auto_now", "auto_now_add"].some((name) => field.argument(name) !== undefined);
  }
  return given.kind === "name" && /now|today|uuid[14]$/i.test(given.name);
}
