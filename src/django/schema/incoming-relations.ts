import { textOf } from "../python/value.ts";
import type { Apps } from "../state/apps.ts";
import type { Field } from "../state/field.ts";
import type { Model } from "../state/model.ts";
import type { SchemaEditor } from "./schema-editor.ts";

/** A relation that leads to a field, before and after the field changes. */
export interface IncomingRelation {
  readonly before: Field;
  readonly after: Field;
}

/**
 * The relations whose columns follow a field, and those that follow them: in the order of the names
 * by which queries know them (`_related_non_m2m_objects`).
 */
export function incomingRelations(
  before: Field,
  after: Field,
  editor: SchemaEditor,
  seen: Set<string> = new Set(),
): IncomingRelation[] {
  const olds = relationsTo(before, editor);
  const news = relationsTo(after, editor);
  const found: IncomingRelation[] = [];
  for (const [index, old] of olds.entries()) {
    const now = news[index];
    if (now === undefined) continue;
    found.push({ before: old, after: now });
    if (!editor.isAtLeast(4, 2)) continue;
    const key = `${old.model.app}.${old.model.name}.${old.name}`;
    if (seen.has(key)) continue;
    seen.add(key);
    found.push(...incomingRelations(old, now, editor, seen));
  }
  return found;
}

interface Named {
  readonly relation: Field;
  readonly name: string;
}

function relationsTo(field: Field, editor: SchemaEditor): Field[] {
  if (!field.isUnique) return [];
  const found: Named[] = [];
  for (const relation of columnRelations(field.apps)) {
    if (refersTo(relation, field, editor)) found.push({ relation, name: queryName(relation) });
  }
  // Before 4.2 the order was that in which the models came to be: tables between models are last.
  const order = editor.isAtLeast(4, 2)
    ? (a: Named, b: Named) => (a.name < b.name ? -1 : Number(a.name > b.name))
    : (a: Named, b: Named) =>
        Number(a.relation.model.isThrough) - Number(b.relation.model.isThrough);
  return found.toSorted(order).map(({ relation }) => relation);
}

/** Every relation with a column, those of many-to-many tables included. */
function* columnRelations(apps: Apps): Iterable<Field> {
  for (const model of apps.all()) {
    for (const field of model.fields) {
      if (field.isRelation) yield field;
      else if (field.hasOwnThrough) {
        for (const end of field.through.fields) if (end.isRelation) yield end;
      }
    }
  }
}

function refersTo(relation: Field, field: Field, editor: SchemaEditor): boolean {
  const target = targetOf(relation);
  if (target === undefined || !isSameModel(target, field.model)) return false;
  const named = textOf(relation.argument("to_field"));
  if (named === undefined) return field.isPrimaryKey;
  return named === field.name || (editor.isAtLeast(6, 1) && named === field.attributeName);
}

function targetOf(relation: Field): Model | undefined {
  const to = relation.argument("to");
  // What names no model that is known cannot lead here.
  return to?.kind === "unknown" ? undefined : relation.targetModel.concrete;
}

export function isSameModel(a: Model, b: Model): boolean {
  return a.app === b.app && a.name.toLowerCase() === b.name.toLowerCase();
}

/** The name by which queries go the relation backwards; hidden ones end in `+`. */
function queryName(relation: Field): string {
  const { model } = relation;
  if (model.isThrough) return `${model.name}+`;
  return (
    textOf(relation.argument("related_query_name")) ??
    textOf(relation.argument("related_name")) ??
    model.name.toLowerCase()
  );
}
