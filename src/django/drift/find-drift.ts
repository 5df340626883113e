import type { Drift } from "../../core/drift.ts";
import { LineTable } from "../../core/span.ts";
import { type CompilerState, compileMigration } from "../compiler/compile-migration.ts";
import type { PythonModules } from "../project/python-modules.ts";
import { lastPart, type PythonCall, type PythonValue } from "../python/value.ts";
import { FIELD_TYPES } from "../state/field-types.ts";
import type { FieldState } from "../state/field-state.ts";
import type { ModelState } from "../state/model-state.ts";
import { readClassModel, type ClassModel } from "./class-model.ts";
import type { ModelModule } from "./model-modules.ts";

export interface DriftInput {
  readonly modules: readonly ModelModule[];
  /** After the last migration. */
  readonly state: CompilerState;
  readonly python: PythonModules;
  /** The label of the app that a module of models belongs to, by its dotted name. */
  readonly appOf: (module: string) => string | undefined;
  /** The model that `get_user_model()` gives. */
  readonly userModel: string;
}

/** An operation that no migration has. */
interface Missing {
  readonly operation: PythonCall;
  /** What it is about, for a person. */
  readonly about: string;
  readonly module: ModelModule;
}

/**
 * Compares models with what the migrations say of them, as far as both are known for certain: fields
 * that a class has and the state has not, fields that are others, fields and models that are gone or
 * new. Options of models are not compared. The SQL is what the missing migration would send.
 */
export function findDrift(input: DriftInput): Drift {
  const paths = new Set<string>();
  const pieces: string[] = [];
  for (const module of input.modules) {
    for (const missing of missingIn(module, input)) {
      const sql = compiled(missing, input);
      if (sql === undefined) continue;
      paths.add(module.module.path);
      pieces.push(sql);
    }
  }
  const all = input.modules.map(({ module }) => module.path);
  return { paths: paths.size === 0 ? all : [...paths], sql: pieces.join("\n") };
}

function missingIn(module: ModelModule, input: DriftInput): Missing[] {
  const { project } = input.state;
  return [...module.module.classes.values()].flatMap((definition) => {
    const model = readClassModel(definition, module.module, input.python);
    if (model === undefined) return [];
    const state = project.find(module.app, model.name);
    if (state !== undefined) return fieldsMissing(model, state, module, input);
    const hasApp = [...project.models.values()].some(({ app }) => app === module.app);
    return model.isPlain && hasApp ? [newModel(model, module, input)] : [];
  });
}

function newModel(model: ClassModel, module: ModelModule, input: DriftInput): Missing {
  const { span } = [...model.fields.values()][0] ?? { span: NOWHERE };
  const fields = [...model.fields].map(([name, field]): PythonValue => ({
    kind: "tuple",
    items: [text(name), resolved(field, module, input)],
    span,
  }));
  const operation = call("CreateModel", [text(model.name), { kind: "list", items: fields, span }]);
  return { operation, about: `the model ${module.app}.${model.name} is new`, module };
}

function fieldsMissing(
  model: ClassModel,
  state: ModelState,
  module: ModelModule,
  input: DriftInput,
): Missing[] {
  const named = `${module.app}.${model.name}`;
  const missing = (name: string, args: PythonValue[], field: string, what: string): Missing => ({
    operation: call(name, [text(model.name), text(field), ...args]),
    about: `the field ${field} of ${named} ${what}`,
    module,
  });
  const stated = [...model.fields]
    .filter(([name]) => model.isWhole || model.own.has(name))
    .flatMap(([name, field]): Missing[] => {
      const value = resolved(field, module, input);
      const known = state.fields.get(name);
      if (known === undefined) return [missing("AddField", [value], name, "is new")];
      return isComparable(known, field)
        ? [missing("AlterField", [asKnown(value, known)], name, "is another")]
        : [];
    });
  const gone = [...state.fields].filter(
    ([name, { args }]) =>
      model.isWhole &&
      state.bases.length === 0 &&
      !model.fields.has(name) &&
      name !== "_order" &&
      !args.has("primary_key"),
  );
  return [...stated, ...gone.map(([name]) => missing("RemoveField", [], name, "is gone"))];
}

/** Keys and relations by tables of their own are written into migrations in other words than into classes. */
function isComparable({ type, args }: FieldState, { callee, keywords }: PythonCall): boolean {
  return (
    type.internal !== "ManyToManyField" &&
    !args.has("primary_key") &&
    !keywords.has("primary_key") &&
    callee.startsWith("django.") &&
    lastPart(callee) in FIELD_TYPES
  );
}

/** Functions of the project have the name that they are imported by: the same one may have two. */
const NAMED = ["default", "on_delete"];

/** The field with what is no matter of the database's as the migrations have it. */
function asKnown(field: PythonCall, { args }: FieldState): PythonCall {
  const keywords = new Map(field.keywords);
  for (const name of NAMED) {
    const value = args.get(name);
    if (value === undefined) keywords.delete(name);
    else keywords.set(name, value);
  }
  return { ...field, keywords };
}

/** A field with the classes that its relation names put as migrations name them. */
function resolved(field: PythonCall, module: ModelModule, input: DriftInput): PythonCall {
  const model = (value: PythonValue): PythonValue => {
    const name = modelName(value, module, input);
    return name === undefined ? value : { kind: "string", value: name, span: value.span };
  };
  const keywords = new Map(
    [...field.keywords].map(([name, value]) => [
      name,
      name === "to" || name === "through" ? model(value) : value,
    ]),
  );
  const [first, ...rest] = field.args;
  const args =
    first?.kind === "name" || first?.kind === "call" ? [model(first), ...rest] : field.args;
  return { ...field, args, keywords };
}

function modelName(
  value: PythonValue,
  { app, module }: ModelModule,
  { appOf, userModel }: DriftInput,
): string | undefined {
  if (value.kind === "call") {
    return lastPart(value.callee) === "get_user_model" ? userModel : undefined;
  }
  if (value.kind !== "name") return undefined;
  const name = lastPart(value.name);
  if (value.local) return module.classes.has(name) ? `${app}.${name}` : undefined;
  const home = value.name.slice(0, -name.length - 1);
  const contrib = /^django\.contrib\.(\w+)\.models$/.exec(home)?.[1];
  const label = contrib ?? appOf(home);
  return label === undefined ? undefined : `${label}.${name}`;
}

/** What the missing operation would send; undefined where it sends nothing or is not known for certain. */
function compiled(
  { operation, about, module }: Missing,
  { state }: DriftInput,
): string | undefined {
  const { app, name } = module;
  const { up, notes } = compileMigration(state, { app, module: name, operations: [operation] });
  const isCertain = notes.every(({ kind }) => kind === "unknown-default");
  if (!isCertain || up.length === 0) return undefined;
  const { line } = new LineTable(module.module.text).place(operation.span);
  const place = operation.span === NOWHERE ? "" : `, line ${line}`;
  return [`-- ${module.module.path}${place}: ${about}`, ...up.map(({ sql }) => `${sql};`)].join(
    "\n",
  );
}

const NOWHERE = { start: 0, end: 0 };

function text(value: string): PythonValue {
  return { kind: "string", value, span: NOWHERE };
}

/** An operation, as a migration would hold it; it stands where its field does. */
function call(name: string, args: readonly PythonValue[]): PythonCall {
  const span = args.at(-1)?.kind === "call" ? (args.at(-1)?.span ?? NOWHERE) : NOWHERE;
  return {
    kind: "call",
    callee: `django.db.migrations.${name}`,
    local: false,
    args,
    keywords: new Map(),
    complete: true,
    span,
  };
}
