import { isSameValue } from "../python/same-value.ts";
import { lastPart, type PythonValue, textOf } from "../python/value.ts";
import type { Field } from "../state/field.ts";
import { databaseDefault } from "./column-definition.ts";
import type { SchemaEditor } from "./schema-editor.ts";

/** Arguments that never matter to the database (`Field.non_db_attrs`). */
const IGNORED = new Set([
  "blank",
  "choices",
  "db_column",
  "editable",
  "error_messages",
  "help_text",
  "limit_choices_to",
  "name",
  "related_name",
  "related_query_name",
  "validators",
  "verbose_name",
]);

/** What an absent argument stands for, where it may also be written. */
const ABSENT: Readonly<Record<string, boolean | null>> = {
  auto_created: false,
  auto_now: false,
  auto_now_add: false,
  db_constraint: true,
  db_collation: null,
  null: false,
  parent_link: false,
  primary_key: false,
  serialize: true,
  size: null,
  symmetrical: null,
  through: null,
  to_field: null,
};

/** Whether Django looks at the column at all when a field is altered (`_field_should_be_altered`). */
export function isAltered(
  before: Field,
  after: Field,
  editor: SchemaEditor,
  ignoresComment = false,
): boolean {
  if (before.isColumnless && after.isColumnless) return false;
  if (isRenamed(before, after) || !isSamePath(before.state.path, after.state.path)) return true;
  const names = new Set([...before.state.args.keys(), ...after.state.args.keys()]);
  return [...names].some(
    (name) => !isIgnored(name, editor, ignoresComment) && isChanged(name, before, after, editor),
  );
}

/** A column has another name; a table between two models follows the name of the field. */
function isRenamed(before: Field, after: Field): boolean {
  if (before.isManyToMany && after.isManyToMany) return before.name !== after.name;
  return !before.isManyToMany && !after.isManyToMany && before.column !== after.column;
}

function isIgnored(name: string, editor: SchemaEditor, ignoresComment: boolean): boolean {
  if (IGNORED.has(name) || (name === "db_comment" && ignoresComment)) return true;
  // What happens on deletion is the database's matter from Django 6.1 on.
  return name === "on_delete" && !editor.isAtLeast(6, 1);
}

function isDjango(path: string): boolean {
  return path.startsWith("django.");
}

function isSamePath(before: string, after: string): boolean {
  if (isDjango(before) !== isDjango(after)) return false;
  return isDjango(before) ? lastPart(before) === lastPart(after) : before === after;
}

function isChanged(name: string, before: Field, after: Field, editor: SchemaEditor): boolean {
  if (name === "to") return isRetargeted(before, after);
  if (name === "to_field") return targetName(before) !== targetName(after);
  const [old, now] = [before.argument(name), after.argument(name)];
  if (name === "db_default" && old !== undefined && now !== undefined) {
    return databaseDefault(before, editor) !== databaseDefault(after, editor);
  }
  if (name === "on_delete") return isChangedDeletion(old, now);
  const given = (value: PythonValue | undefined, field: Field): PythonValue | undefined =>
    value ?? absent(name, field);
  return !isSameValue(given(old, before), given(now, after));
}

function isChangedDeletion(old: PythonValue | undefined, now: PythonValue | undefined): boolean {
  return deletionName(old) !== deletionName(now) || deletionName(old) === "";
}

/** The field that a relation names as its target; the primary key is what it would be anyway. */
function targetName(field: Field): string | undefined {
  const name = textOf(field.argument("to_field"));
  const key = field.isRelation ? field.targetModel.concrete.primaryKey.name : undefined;
  return name === key ? undefined : name;
}

function deletionName(value: PythonValue | undefined): string {
  return value?.kind === "name" ? lastPart(value.name) : "";
}

/** A foreign key that leads to the same table as before is the same. */
function isRetargeted(before: Field, after: Field): boolean {
  if (before.isManyToMany !== after.isManyToMany) return true;
  const [old, now] = [before.targetModel, after.targetModel];
  if (!after.isManyToMany) return old.table !== now.table;
  return `${old.app}.${old.name}`.toLowerCase() !== `${now.app}.${now.name}`.toLowerCase();
}

/** Its uniqueness is never written into a migration. */
function isOneToOne({ internalType }: Field): boolean {
  return internalType === "OneToOneField";
}

function absent(name: string, field: Field): PythonValue | undefined {
  const { span } = field.state;
  if (name === "db_index") {
    return { kind: "boolean", value: field.isRelation || field.internalType === "SlugField", span };
  }
  if (name === "max_length") {
    const { length } = field.type;
    return length === undefined ? undefined : { kind: "integer", value: BigInt(length), span };
  }
  if (name === "unique") return { kind: "boolean", value: isOneToOne(field), span };
  const value = ABSENT[name];
  if (value === undefined) return undefined;
  return value === null ? { kind: "none", span } : { kind: "boolean", value, span };
}
