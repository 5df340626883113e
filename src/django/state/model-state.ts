import type { Span } from "../../core/span.ts";
import type { FieldState } from "./field-state.ts";
import type { ModelOptions } from "./model-options.ts";

/** A model as the migrations up to here declare it. */
export interface ModelState {
  readonly app: string;
  readonly name: string;
  /** In the order of declaration. */
  readonly fields: ReadonlyMap<string, FieldState>;
  readonly options: ModelOptions;
  /** The models that it extends: `app.Model`, or `Model` of its own app. Classes that are no models are left out. */
  readonly bases: readonly string[];
  /** It stands in for a model of an app whose migrations are not here. */
  readonly isAbsent?: true;
  readonly span: Span;
}

/** What the state knows a model by: names are compared in lower case, labels of apps are not. */
export function modelKey(app: string, name: string): string {
  return `${app}.${name.toLowerCase()}`;
}

/** The app and the model that `app.Model`, or `Model` of the same app, names. */
export function splitReference(reference: string, app: string): { app: string; name: string } {
  const dot = reference.indexOf(".");
  if (dot === -1) return { app, name: reference };
  return { app: reference.slice(0, dot), name: reference.slice(dot + 1) };
}
