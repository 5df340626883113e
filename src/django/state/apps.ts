import { stripQuotes, truncateName } from "../schema/names.ts";
import { lastPart, type PythonValue, textOf } from "../python/value.ts";
import type { Field } from "./field.ts";
import { NO_OPTIONS } from "./model-options.ts";
import { modelKey, type ModelState, splitReference } from "./model-state.ts";
import { madeField, Model } from "./model.ts";
import type { ProjectSettings, ProjectState } from "./project-state.ts";
import { Refusal, Uncompilable } from "./uncompilable.ts";

/** How far references lead from model to model. */
const DEEPEST = 50;

/** The models of a state as Django renders them, made when they are first asked for. */
export class Apps {
  readonly state: ProjectState;
  readonly #models = new Map<ModelState, Model>();
  readonly #absent = new Map<string, Model>();
  #depth = 0;

  constructor(state: ProjectState) {
    this.state = state;
  }

  /** Follows a reference to another model; one that leads round in a circle is refused. */
  follow<Found>(find: () => Found): Found {
    if (this.#depth >= DEEPEST) throw new Refusal("a model that refers to itself to no end");
    this.#depth += 1;
    try {
      return find();
    } finally {
      this.#depth -= 1;
    }
  }

  get settings(): ProjectSettings {
    return this.state.settings;
  }

  model(app: string, name: string): Model {
    return this.render(this.state.get(app, name));
  }

  render(state: ModelState): Model {
    let model = this.#models.get(state);
    if (model === undefined) {
      model = new Model(this, state);
      this.#models.set(state, model);
    }
    return model;
  }

  /** Every model, app by app. */
  *all(): Iterable<Model> {
    const states = [...this.state.models.values()];
    for (const state of states.toSorted((a, b) => compareText(a.app, b.app))) {
      yield this.render(state);
    }
  }

  /** The model that a relation's `to` or `through` names, seen from a model. */
  resolve(reference: PythonValue | undefined, from: Model): Model {
    const name = this.#referenceName(reference);
    if (name === "self") return from;
    return this.named(name, from.app);
  }

  #referenceName(reference: PythonValue | undefined): string {
    const text = textOf(reference);
    if (text !== undefined) return text;
    if (reference?.kind === "name") {
      const chosen = this.settings.swappable[lastPart(reference.name)];
      if (chosen !== undefined) return chosen;
      throw new Uncompilable(`the model that ${reference.name} names`, reference.span);
    }
    // swapper.get_model_name("app", "Model")
    if (reference?.kind === "call" && lastPart(reference.callee) === "get_model_name") {
      const [app, model] = reference.args.map(textOf);
      if (app !== undefined && model !== undefined) return `${app}.${model}`;
    }
    throw new Uncompilable("the model that it refers to", reference?.span);
  }

  /** The model that `app.Model` names, or what a setting put into its place. */
  named(reference: string, ownApp: string): Model {
    const { app, name } = splitReference(reference, ownApp);
    const state = this.state.find(app, name);
    if (state === undefined) return this.#throughNamed(app, name) ?? this.#standIn(app, name);
    const model = this.render(state);
    const chosen = model.isSwapped
      ? this.settings.swappable[model.options.swappable ?? ""]
      : undefined;
    return chosen === undefined ? model : this.follow(() => this.named(chosen, app));
  }

  /** A relation may name the table of a many-to-many relation: `auth.user_groups`. */
  #throughNamed(app: string, name: string): Model | undefined {
    for (const model of this.all()) {
      if (model.app !== app) continue;
      const field = model.manyToMany.find(
        (one) =>
          one.hasOwnThrough && `${model.name}_${one.name}`.toLowerCase() === name.toLowerCase(),
      );
      if (field !== undefined) return field.through;
    }
    return undefined;
  }

  /** A model of an app whose migrations are not here: its key is taken to be an integer. */
  #standIn(app: string, name: string): Model {
    const key = modelKey(app, name);
    const known = this.#absent.get(key);
    if (known !== undefined) return known;
    const span = { start: 0, end: 0 };
    const empty: ModelState = {
      app,
      name,
      fields: new Map(),
      options: NO_OPTIONS,
      bases: [],
      isAbsent: true,
      span,
    };
    const id = madeField("AutoField", { primary_key: true, auto_created: true }, empty);
    const model = new Model(this, { ...empty, fields: new Map([["id", id]]) });
    this.#absent.set(key, model);
    return model;
  }

  /** The model between the two ends of a many-to-many relation. */
  through(field: Field): Model {
    if (!field.hasOwnThrough) return this.resolve(field.argument("through"), field.model);
    const [from, to] = throughNames(field);
    const { model } = field;
    const state: ModelState = {
      app: model.app,
      name: `${model.name}_${field.name}`,
      fields: new Map(),
      options: { ...NO_OPTIONS, uniqueTogether: [[from, to]] },
      bases: [],
      span: field.state.span,
    };
    const target = field.targetModel;
    const constraint = field.hasConstraint ? {} : { db_constraint: false };
    const key = { primary_key: true, auto_created: true };
    const relation = (end: Model): ReturnType<typeof madeField> =>
      madeField("ForeignKey", { to: `${end.app}.${end.name}`, ...constraint }, state);
    const fields = new Map([
      ["id", madeField(this.settings.autoField, key, state)],
      [from, relation(model)],
      [to, relation(target)],
    ]);
    const named = textOf(field.argument("db_table"));
    const table = truncateName(named ?? `${stripQuotes(model.table)}_${field.name}`);
    return new Model(this, { ...state, fields }, table);
  }
}

/** The names of the two relations of a many-to-many table: this model's, then the other's. */
export function throughNames(field: Field): readonly [string, string] {
  const own = field.model.name.toLowerCase();
  const other = field.targetModel.name.toLowerCase();
  return own === other ? [`from_${own}`, `to_${other}`] : [own, other];
}

function compareText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
