import { truncateName } from "../schema/names.ts";
import type { Apps } from "./apps.ts";
import { Field } from "./field.ts";
import type { FieldState } from "./field-state.ts";
import { FIELD_TYPES } from "./field-types.ts";
import type { ModelOptions } from "./model-options.ts";
import type { ModelState } from "./model-state.ts";
import { Refusal, Uncompilable } from "./uncompilable.ts";

/** A model with all that depends on the other models and on the settings. */
export class Model {
  readonly apps: Apps;
  readonly state: ModelState;
  /** The table that was given to it in the place of its own name: that of a many-to-many relation. */
  readonly #table: string | undefined;
  #fields: readonly Field[] | undefined;

  constructor(apps: Apps, state: ModelState, table?: string) {
    this.apps = apps;
    this.state = state;
    this.#table = table;
  }

  /** It is the table of a many-to-many relation, which Django made itself. */
  get isThrough(): boolean {
    return this.#table !== undefined;
  }

  get app(): string {
    return this.state.app;
  }

  get name(): string {
    return this.state.name;
  }

  get options(): ModelOptions {
    return this.state.options;
  }

  /** The models that it extends. */
  get parents(): readonly Model[] {
    return this.state.bases.map((base) => this.apps.named(base, this.app));
  }

  /** The model whose table it uses: itself, or what a proxy stands for. */
  get concrete(): Model {
    const parent = this.options.proxy ? this.parents[0] : undefined;
    return parent === undefined ? this : this.apps.follow(() => parent.concrete);
  }

  /** Another model was put into its place by a setting. */
  get isSwapped(): boolean {
    const { swappable } = this.options;
    const chosen = swappable === undefined ? undefined : this.apps.settings.swappable[swappable];
    return (
      chosen !== undefined && chosen.toLowerCase() !== `${this.app}.${this.name}`.toLowerCase()
    );
  }

  /** Whether migrations send anything for it: it has a table, and the table is Django's to change. */
  get isManaged(): boolean {
    return this.options.managed && !this.options.proxy && !this.isSwapped;
  }

  get table(): string {
    if (this.#table !== undefined) return this.#table;
    if (this.options.proxy && this.concrete !== this) return this.concrete.table;
    return truncateName(this.options.table ?? `${this.app}_${this.name.toLowerCase()}`);
  }

  /** Its own fields in the order of their columns: those that Django made itself come first. */
  get fields(): readonly Field[] {
    this.#fields ??= this.#makeFields();
    return this.#fields;
  }

  #makeFields(): Field[] {
    const declared = [...this.state.fields].map(
      ([name, state]) => new Field(this.apps, this, name, state),
    );
    const fields = [
      ...declared.filter((field) => field.isMade),
      ...declared.filter((field) => !field.isMade),
    ];
    const hasKey = declared.some(
      (field) => field.isPrimaryKey || field.internalType === "CompositePrimaryKey",
    );
    if (!hasKey && !this.options.proxy) fields.unshift(this.#implicitKey());
    if (this.options.orderWithRespectTo !== undefined && !this.state.fields.has("_order")) {
      fields.push(this.#made("_order", "OrderWrt", {}));
    }
    return fields;
  }

  /** The parent's key for a model that extends another one with a table, a counter otherwise. */
  #implicitKey(): Field {
    const parent = this.parents[0]?.concrete;
    if (parent === undefined) return this.#made("id", this.apps.settings.autoField, PRIMARY);
    const to = `${parent.app}.${parent.name}`;
    return this.#made(`${parent.name.toLowerCase()}_ptr`, "OneToOneField", { ...PRIMARY, to });
  }

  #made(name: string, className: string, args: Readonly<Record<string, true | string>>): Field {
    return new Field(this.apps, this, name, madeField(className, args, this.state));
  }

  /** Its primary key; for a composite one the first of its fields. */
  get primaryKey(): Field {
    const { concrete } = this;
    const key = concrete.fields.find((field) => field.isPrimaryKey);
    if (key !== undefined) return key;
    throw new Uncompilable(`the primary key of ${this.app}.${this.name}`, this.state.span);
  }

  /** A field by its name or by that of its attribute, the parents' included. */
  findField(name: string): Field | undefined {
    if (name === "pk") return this.primaryKey;
    return this.#declaredField(name) ?? this.#otherField(name) ?? this.#inheritedField(name);
  }

  /** Most fields are asked for by their own name: the others need not be made for them. */
  #declaredField(name: string): Field | undefined {
    const state = this.state.fields.get(name);
    return state && new Field(this.apps, this, name, state);
  }

  #otherField(name: string): Field | undefined {
    return this.fields.find((field) => field.name === name || field.attributeName === name);
  }

  #inheritedField(name: string): Field | undefined {
    for (const parent of this.parents) {
      const inherited = this.apps.follow(() => parent.findField(name));
      if (inherited !== undefined) return inherited;
    }
    return undefined;
  }

  field(name: string): Field {
    const field = this.findField(name);
    if (field !== undefined) return field;
    const model = `${this.app}.${this.name}`;
    throw new Refusal(`the field ${name} of ${model}: no migration made it`, this.state.span);
  }

  /** Its many-to-many relations. */
  get manyToMany(): readonly Field[] {
    return this.fields.filter((field) => field.isManyToMany);
  }
}

const PRIMARY = { primary_key: true, auto_created: true } as const;

/** A field that Django makes without a declaration. */
export function madeField(
  className: string,
  args: Readonly<Record<string, boolean | string>>,
  { span }: ModelState,
): FieldState {
  const type = FIELD_TYPES[className];
  if (type === undefined) throw new Uncompilable(`the class of automatic fields, ${className}`);
  const values = Object.entries(args).map(
    ([name, value]) =>
      [
        name,
        typeof value === "string"
          ? ({ kind: "string", value, span } as const)
          : ({ kind: "boolean", value, span } as const),
      ] as const,
  );
  return { path: `django.db.models.${className}`, type, args: new Map(values), span };
}
