import { alterField } from "../schema/alter-field.ts";
import { addField, removeField } from "../schema/columns.ts";
import { Field } from "../state/field.ts";
import { withEntry } from "../state/overlay-map.ts";
import { type FieldState, readField, withArgument } from "../state/field-state.ts";
import type { ModelState } from "../state/model-state.ts";
import { splitReference } from "../state/model-state.ts";
import type { ProjectState } from "../state/project-state.ts";
import { Refusal } from "../state/uncompilable.ts";
import { textOf } from "../python/value.ts";
import { type Arguments, type DatabaseChange, managed, type Operation } from "./operation.ts";

/** A field as the operation states it, and as the state keeps it. */
interface GivenField {
  readonly given: FieldState;
  /** `preserve_default=False`: the default serves this operation alone. */
  readonly kept: FieldState;
  readonly isTemporary: boolean;
}

function readGiven(args: Arguments): GivenField {
  const given = readField(args.get("field"), args.customFields);
  const preserves = args.get("preserve_default");
  const isTemporary = preserves?.kind === "boolean" && !preserves.value;
  return {
    given,
    kept: isTemporary ? withArgument(given, "default", undefined) : given,
    isTemporary,
  };
}

function withField(
  state: ProjectState,
  app: string,
  model: string,
  name: string,
  field: FieldState,
): ProjectState {
  const before = state.get(app, model);
  return state.with({ ...before, fields: withEntry(before.fields, name, field) });
}

export function addFieldOperation(args: Arguments): Operation {
  const [model, name] = [args.text("model_name"), args.text("name")];
  const field = readGiven(args);
  return {
    change: (state, app) => withField(state, app, model, name, field.kept),
    forwards: ({ app, editor, to }) => {
      const after = managed(to, app, model);
      if (after === undefined) return;
      const added = after.field(name);
      addField(withDefaultOf(added, field), editor);
    },
    backwards: ({ app, editor, from }) => {
      const before = managed(from, app, model);
      if (before !== undefined) removeField(before.field(name), editor);
    },
  };
}

/** The field with the default that the operation alone has. */
function withDefaultOf(field: Field, { given, isTemporary }: GivenField): Field {
  if (!isTemporary) return field;
  const state = withArgument(field.state, "default", given.args.get("default"));
  return new Field(field.apps, field.model, field.name, state);
}

export function removeFieldOperation(args: Arguments): Operation {
  const [model, name] = [args.text("model_name"), args.text("name")];
  return {
    change: (state, app) => {
      const before = state.get(app, model);
      const fields = new Map(before.fields);
      if (!fields.delete(name)) refuseMissing(before, name);
      return state.with({ ...before, fields });
    },
    forwards: ({ app, editor, from }) => {
      const before = managed(from, app, model);
      if (before !== undefined) removeField(before.field(name), editor);
    },
    backwards: ({ app, editor, to }) => {
      const after = managed(to, app, model);
      if (after !== undefined) addField(after.field(name), editor);
    },
  };
}

function refuseMissing({ app, name: model }: ModelState, name: string): never {
  throw new Refusal(`the field ${name} of ${app}.${model}: no migration made it`);
}

export function alterFieldOperation(args: Arguments): Operation {
  const [model, name] = [args.text("model_name"), args.text("name")];
  const field = readGiven(args);
  const run = ({ app, editor, from, to }: DatabaseChange): void => {
    const after = managed(to, app, model);
    if (after === undefined) return;
    const before = from.model(app, model).field(name);
    alterField(before, withDefaultOf(after.field(name), field), editor);
  };
  return {
    change: (state, app) => {
      const before = state.get(app, model);
      if (!before.fields.has(name)) refuseMissing(before, name);
      return withField(state, app, model, name, field.kept);
    },
    forwards: run,
    backwards: run,
  };
}

export function renameFieldOperation(args: Arguments): Operation {
  const model = args.text("model_name");
  const [oldName, newName] = [args.text("old_name"), args.text("new_name")];
  const run = (from: string, to: string) => (change: DatabaseChange) => {
    const after = managed(change.to, change.app, model);
    if (after === undefined) return;
    const before = change.from.model(change.app, model).field(from);
    alterField(before, after.field(to), change.editor);
  };
  return {
    change: (state, app) => renameInState(state, app, model, [oldName, newName]),
    forwards: run(oldName, newName),
    backwards: run(newName, oldName),
  };
}

type Renaming = readonly [from: string, to: string];

/** The state with a field under another name, now the last one, and everything that named it. */
function renameInState(
  state: ProjectState,
  app: string,
  name: string,
  renaming: Renaming,
): ProjectState {
  const [from, to] = renaming;
  const model = state.get(app, name);
  const field = model.fields.get(from);
  if (field === undefined) refuseMissing(model, from);
  const fields = new Map(model.fields);
  fields.delete(from);
  fields.set(to, field);
  const follow = (names: readonly string[]): string[] =>
    names.map((one) => (one === from ? to : one));
  for (const [key, one] of fields) {
    if (one.fieldNames !== undefined)
      fields.set(key, { ...one, fieldNames: follow(one.fieldNames) });
  }
  const { options } = model;
  const renamed: ModelState = {
    ...model,
    fields,
    options: {
      ...options,
      uniqueTogether: options.uniqueTogether.map(follow),
      indexTogether: options.indexTogether.map(follow),
    },
  };
  return state.with(renamed).map((one) => followTarget(one, renamed, renaming));
}

/** Foreign keys that named the field as their target. */
function followTarget(model: ModelState, renamed: ModelState, [from, to]: Renaming): ModelState {
  const changed = [...model.fields].filter(([, field]) => {
    const reference = textOf(field.args.get("to"));
    if (reference === undefined || textOf(field.args.get("to_field")) !== from) return false;
    const target = reference === "self" ? model : splitReference(reference, model.app);
    return target.app === renamed.app && target.name.toLowerCase() === renamed.name.toLowerCase();
  });
  if (changed.length === 0) return model;
  const fields = new Map(model.fields);
  for (const [name, field] of changed) {
    const value = { kind: "string", value: to, span: field.span } as const;
    fields.set(name, withArgument(field, "to_field", value));
  }
  return { ...model, fields };
}
