import { alterField, alterManyToMany } from "../schema/alter-field.ts";
import { isSameModel } from "../schema/incoming-relations.ts";
import { alterIndexTogether } from "../schema/together.ts";
import { createModel, deleteModel, renameTable } from "../schema/tables.ts";
import type { PythonValue } from "../python/value.ts";
import { itemsOf, textOf } from "../python/value.ts";
import type { Field } from "../state/field.ts";
import { type FieldState, readField, withArgument } from "../state/field-state.ts";
import { type ModelState, splitReference } from "../state/model-state.ts";
import { readOptions } from "../state/model-options.ts";
import type { Model } from "../state/model.ts";
import type { ProjectState } from "../state/project-state.ts";
import { Uncompilable } from "../state/uncompilable.ts";
import { type Arguments, type DatabaseChange, managed, type Operation } from "./operation.ts";

export function createModelOperation(args: Arguments): Operation {
  const name = args.text("name");
  const model: Omit<ModelState, "app"> = {
    name,
    fields: readFields(args),
    options: readOptions(args.get("options")),
    bases: readBases(args),
    span: args.call.span,
  };
  return {
    change: (state, app) => state.with({ ...model, app }),
    forwards: ({ app, editor, to }) => {
      const created = managed(to, app, name);
      if (created === undefined) return;
      createModel(created, editor);
      if (editor.isAtLeast(5, 1)) {
        alterIndexTogether(created, [], created.options.indexTogether, editor);
      }
    },
    backwards: ({ app, editor, from }) => {
      const created = managed(from, app, name);
      if (created !== undefined) deleteModel(created, editor);
    },
  };
}

function readFields(args: Arguments): Map<string, FieldState> {
  const fields = new Map<string, FieldState>();
  for (const pair of args.list("fields")) {
    const [name, field] = itemsOf(pair) ?? [];
    const text = textOf(name);
    if (text === undefined) throw new Uncompilable("the name of a field", pair.span);
    fields.set(text, readField(field, args.customFields));
  }
  return fields;
}

/** The models that it extends: those that are named by text. Classes are mixins, and have no table. */
function readBases(args: Arguments): string[] {
  const bases = args.get("bases");
  if (bases === undefined || bases.kind === "none") return [];
  return (itemsOf(bases) ?? []).flatMap((base) => textOf(base) ?? swappableName(base) ?? []);
}

function swappableName(base: PythonValue): string | undefined {
  if (base.kind !== "call" || !base.callee.endsWith("get_model_name")) return undefined;
  const [app, model] = base.args.map(textOf);
  return app === undefined || model === undefined ? undefined : `${app}.${model}`;
}

export function deleteModelOperation(args: Arguments): Operation {
  const name = args.text("name");
  return {
    change: (state, app) => {
      state.get(app, name);
      return state.without(app, name);
    },
    forwards: ({ app, editor, from }) => {
      const model = managed(from, app, name);
      if (model !== undefined) deleteModel(model, editor);
    },
    backwards: ({ app, editor, to }) => {
      const model = managed(to, app, name);
      if (model !== undefined) createModel(model, editor);
    },
  };
}

export function renameModelOperation(args: Arguments): Operation {
  const oldName = args.text("old_name");
  const newName = args.text("new_name");
  return {
    change: (state, app) => renameInState(state, app, oldName, newName),
    forwards: (change) => renameModel(change, oldName, newName),
    backwards: (change) => renameModel(change, newName, oldName),
  };
}

/** The state with a model under another name, and everything that named it. */
function renameInState(
  state: ProjectState,
  app: string,
  oldName: string,
  newName: string,
): ProjectState {
  const model = state.get(app, oldName);
  const follow = (reference: string, ownApp: string): string => {
    const named = splitReference(reference, ownApp);
    const isIt = named.app === app && named.name.toLowerCase() === oldName.toLowerCase();
    return isIt && reference !== "self" ? `${app}.${newName}` : reference;
  };
  return state
    .without(app, oldName)
    .with({ ...model, name: newName })
    .map((one) => ({
      ...one,
      bases: one.bases.map((base) => follow(base, one.app)),
      fields: new Map(
        [...one.fields].map(([name, field]) => [name, followed(field, one.app, follow)]),
      ),
    }));
}

function followed(
  field: FieldState,
  app: string,
  follow: (reference: string, app: string) => string,
): FieldState {
  let result = field;
  for (const name of ["to", "through"]) {
    const value = field.args.get(name);
    if (value?.kind !== "string") continue;
    const target = follow(value.value, app);
    if (target !== value.value) {
      result = withArgument(result, name, { kind: "string", value: target, span: value.span });
    }
  }
  return result;
}

function renameModel(
  { app, editor, from, to }: DatabaseChange,
  oldName: string,
  newName: string,
): void {
  const after = managed(to, app, newName);
  if (after === undefined) return;
  const before = from.model(app, oldName);
  if (before.table === after.table && !editor.isAtLeast(5, 0) && editor.isAtLeast(4, 0)) return;
  renameTable(before.table, after.table, editor);
  for (const relation of relationsTo(before)) {
    const owner = isSameModel(relation.model, before)
      ? after
      : to.model(relation.model.app, relation.model.name);
    alterField(relation, owner.field(relation.name), editor);
  }
  for (const field of before.manyToMany) {
    const now = after.field(field.name);
    // Those that lead back to the model were renamed above.
    if (now.hasOwnThrough && !isSameModel(now.targetModel, after)) {
      alterManyToMany(field, now, editor);
    }
  }
}

/** The relations of all models that lead to one, except the hidden ones. */
function relationsTo(model: Model): Field[] {
  const found: Field[] = [];
  for (const other of model.apps.all()) {
    for (const field of other.fields) {
      if (!field.isRelation && !field.isManyToMany) continue;
      if (field.argument("to")?.kind === "unknown" || isHidden(field)) continue;
      if (isSameModel(field.targetModel, model)) found.push(field);
    }
  }
  return found;
}

function isHidden(field: Field): boolean {
  const name = textOf(field.argument("related_name"));
  return !field.isManyToMany && name !== undefined && name.endsWith("+");
}
