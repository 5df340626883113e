import type { SchemaEditor } from "../schema/schema-editor.ts";
import type { PythonCall, PythonValue } from "../python/value.ts";
import { itemsOf, textOf } from "../python/value.ts";
import type { Apps } from "../state/apps.ts";
import type { CustomFields } from "../state/field-state.ts";
import type { Model } from "../state/model.ts";
import type { ProjectState } from "../state/project-state.ts";
import { Uncompilable } from "../state/uncompilable.ts";

/** What an operation is applied to in the database. */
export interface DatabaseChange {
  readonly app: string;
  readonly editor: SchemaEditor;
  /** The models before, in the direction that is run. */
  readonly from: Apps;
  /** The models after. */
  readonly to: Apps;
}

/** One of Django's operations: what it does to the state, and to the database in both directions. */
export interface Operation {
  /** The state with the operation applied. */
  change(state: ProjectState, app: string): ProjectState;
  forwards(change: DatabaseChange): void;
  backwards(change: DatabaseChange): void;
  /** Why it cannot be undone; absent when it can. */
  readonly irreversible?: string;
}

/** The arguments of an operation's call, by name. */
export class Arguments {
  readonly call: PythonCall;
  readonly customFields: CustomFields;
  readonly #values: ReadonlyMap<string, PythonValue>;

  constructor(call: PythonCall, positional: readonly string[], customFields: CustomFields) {
    this.call = call;
    this.customFields = customFields;
    const values = new Map(call.keywords);
    for (const [index, value] of call.args.entries()) {
      const name = positional[index];
      if (name !== undefined) values.set(name, value);
    }
    this.#values = values;
  }

  get(name: string): PythonValue | undefined {
    return this.#values.get(name);
  }

  /** A text that must be known. Throws Uncompilable. */
  text(name: string): string {
    const value = this.get(name);
    const text = textOf(value);
    if (text === undefined) throw new Uncompilable(`its ${name}`, value?.span ?? this.call.span);
    return text;
  }

  /** A text, or undefined for None and for what is absent. */
  optionalText(name: string): string | undefined {
    const value = this.get(name);
    if (value === undefined || value.kind === "none") return undefined;
    return this.text(name);
  }

  /** A list that must be known; nothing where it is absent. */
  list(name: string): readonly PythonValue[] {
    const value = this.get(name);
    if (value === undefined || value.kind === "none") return [];
    const items = itemsOf(value);
    if (items === undefined) throw new Uncompilable(`its ${name}`, value.span);
    return items;
  }
}

/** A model of an operation, when migrations may change its table. */
export function managed(apps: Apps, app: string, name: string): Model | undefined {
  const model = apps.model(app, name);
  return model.isManaged ? model : undefined;
}

/** For operations that leave the database, or the state, as it is. */
export function nothing(): void {
  // Django's operation does nothing here either.
}

export function unchanged(state: ProjectState): ProjectState {
  return state;
}
