import type { CustomFields } from "./field-state.ts";
import { modelKey, type ModelState } from "./model-state.ts";
import { withEntry } from "./overlay-map.ts";
import { Refusal } from "./uncompilable.ts";

/** What the project's settings say about its models. */
export interface ProjectSettings {
  /** Django's version, as far as known: `[5, 2]`. */
  readonly version: readonly [number, number];
  /** The driver decides how values are written: psycopg 3, or psycopg2. */
  readonly driver: "psycopg" | "psycopg2";
  /** The model that each setting of a swappable model names: `AUTH_USER_MODEL` → `auth.User`. */
  readonly swappable: Readonly<Record<string, string>>;
  /** The class of implicit primary keys: `BigAutoField`. AppConfig's own is not used by migrations. */
  readonly autoField: string;
  readonly customFields: CustomFields;
}

/** Whether the project's Django is at least of a version. */
export function isAtLeast(
  { version: [major, minor] }: ProjectSettings,
  wantedMajor: number,
  wantedMinor: number,
): boolean {
  return major > wantedMajor || (major === wantedMajor && minor >= wantedMinor);
}

/** The models of a project at one point of its history. It never changes: operations give a new one. */
export class ProjectState {
  readonly settings: ProjectSettings;
  readonly models: ReadonlyMap<string, ModelState>;

  constructor(settings: ProjectSettings, models: ReadonlyMap<string, ModelState> = new Map()) {
    this.settings = settings;
    this.models = models;
  }

  find(app: string, name: string): ModelState | undefined {
    return this.models.get(modelKey(app, name));
  }

  get(app: string, name: string): ModelState {
    const model = this.find(app, name);
    if (model === undefined) {
      throw new Refusal(`the model ${app}.${name}: no migration made it`);
    }
    return model;
  }

  /** The state with a model added or replaced, in its place. */
  with(model: ModelState): ProjectState {
    const models = withEntry(this.models, modelKey(model.app, model.name), model);
    return new ProjectState(this.settings, models);
  }

  without(app: string, name: string): ProjectState {
    const models = new Map(this.models);
    models.delete(modelKey(app, name));
    return new ProjectState(this.settings, models);
  }

  /** The state with every model changed by a function. */
  map(change: (model: ModelState) => ModelState): ProjectState {
    const models = new Map<string, ModelState>();
    for (const model of this.models.values()) {
      const changed = change(model);
      models.set(modelKey(changed.app, changed.name), changed);
    }
    return new ProjectState(this.settings, models);
  }
}
