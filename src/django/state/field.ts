import { lastPart, type PythonValue, textOf } from "../python/value.ts";
import type { Apps } from "./apps.ts";
import { type FieldState, readField } from "./field-state.ts";
import { AUTO_TYPES, FIELD_TYPES, type FieldType, POSITIVE_TYPES } from "./field-types.ts";
import type { Model } from "./model.ts";
import { isAtLeast } from "./project-state.ts";
import { Uncompilable } from "./uncompilable.ts";

/** What Django 5.1 left of the fields of case-insensitive text: old migrations make plain text of them. */
const REMOVED_TYPES: Readonly<Record<string, FieldType | undefined>> = {
  CICharField: FIELD_TYPES["CharField"],
  CIEmailField: FIELD_TYPES["EmailField"],
  CITextField: FIELD_TYPES["TextField"],
};

const SERIAL_TYPES: Readonly<Record<string, string>> = {
  AutoField: "serial",
  BigAutoField: "bigserial",
  SmallAutoField: "smallserial",
};

/** A field of a model, with all that depends on the other models. */
export class Field {
  readonly apps: Apps;
  readonly model: Model;
  readonly name: string;
  readonly state: FieldState;
  /** What its class is in the project's Django. */
  readonly type: FieldType;

  constructor(apps: Apps, model: Model, name: string, state: FieldState) {
    this.apps = apps;
    this.model = model;
    this.name = name;
    this.state = state;
    const left = REMOVED_TYPES[state.type.internal];
    this.type = left !== undefined && isAtLeast(apps.settings, 5, 1) ? left : state.type;
  }

  argument(name: string): PythonValue | undefined {
    return this.state.args.get(name);
  }

  get internalType(): string {
    return this.type.internal;
  }

  get isRelation(): boolean {
    return this.type.kind === "relation";
  }

  get isManyToMany(): boolean {
    return this.type.kind === "many-to-many";
  }

  get isColumnless(): boolean {
    return this.type.kind === "columnless";
  }

  get isGenerated(): boolean {
    return this.internalType === "GeneratedField";
  }

  get isAuto(): boolean {
    return AUTO_TYPES.has(this.internalType);
  }

  get isNull(): boolean {
    return this.#isSet("null") || lastPart(this.state.path) === "NullBooleanField";
  }

  get isPrimaryKey(): boolean {
    return this.#isSet("primary_key");
  }

  get isUnique(): boolean {
    return this.#isSet("unique") || this.isPrimaryKey || this.internalType === "OneToOneField";
  }

  get isIndexed(): boolean {
    const given = this.argument("db_index");
    if (given?.kind === "boolean") return given.value;
    return this.isRelation || this.internalType === "SlugField";
  }

  /** Django made it itself. */
  get isMade(): boolean {
    return this.#isSet("auto_created");
  }

  get isBlank(): boolean {
    return this.#isSet("blank");
  }

  /** Whether a relation has a foreign key in the database. */
  get hasConstraint(): boolean {
    const given = this.argument("db_constraint");
    return !(given?.kind === "boolean" && !given.value);
  }

  get hasDefault(): boolean {
    const given = this.argument("default");
    return (
      given !== undefined && !(given.kind === "name" && lastPart(given.name) === "NOT_PROVIDED")
    );
  }

  get hasDatabaseDefault(): boolean {
    const given = this.argument("db_default");
    return (
      given !== undefined && !(given.kind === "name" && lastPart(given.name) === "NOT_PROVIDED")
    );
  }

  get comment(): string | undefined {
    return textOf(this.argument("db_comment"));
  }

  /** The name of the attribute that holds the value: a relation's ends in `_id`. */
  get attributeName(): string {
    return this.isRelation ? `${this.name}_id` : this.name;
  }

  get column(): string {
    return textOf(this.argument("db_column")) ?? this.attributeName;
  }

  /** The field that a relation refers to. */
  get target(): Field {
    const model = this.targetModel.concrete;
    const name = textOf(this.argument("to_field"));
    return name === undefined ? model.primaryKey : model.field(name);
  }

  /** The model that a relation refers to. */
  get targetModel(): Model {
    return this.apps.resolve(this.argument("to"), this.model);
  }

  /** The table between the two models of a many-to-many relation. */
  get through(): Model {
    return this.apps.through(this);
  }

  get hasOwnThrough(): boolean {
    const given = this.argument("through");
    return this.isManyToMany && (given === undefined || given.kind === "none");
  }

  /** The column's type; undefined for what has no column. */
  get databaseType(): string | undefined {
    const { type } = this;
    const { columnType } = this.state;
    if (this.isManyToMany || this.isColumnless) return undefined;
    if (columnType !== undefined) return columnType;
    if (this.isRelation) return this.apps.follow(() => this.target.referenceType);
    if (this.isAuto && !this.hasIdentity) return SERIAL_TYPES[type.internal];
    return type.column ?? this.#computedType();
  }

  /** Before Django 4.1 counters were serial columns. */
  get hasIdentity(): boolean {
    return this.isAuto && isAtLeast(this.apps.settings, 4, 1);
  }

  /** The type of a column that refers to this one. */
  get referenceType(): string | undefined {
    return this.isAuto ? this.type.column : this.databaseType;
  }

  #computedType(): string | undefined {
    switch (this.internalType) {
      case "GeneratedField":
        return this.#inner("output_field").databaseType;
      case "ArrayField": {
        const size = this.argument("size");
        const bound = size?.kind === "integer" ? String(size.value) : "";
        return `${this.baseField.databaseType ?? ""}[${bound}]`;
      }
      case "DecimalField":
        return this.#decimalType();
      default:
        return this.#textType();
    }
  }

  #decimalType(): string {
    const [digits, places] = [this.argument("max_digits"), this.argument("decimal_places")];
    if (digits === undefined && places === undefined) return "numeric";
    return `numeric(${printInteger(digits)}, ${printInteger(places)})`;
  }

  #textType(): string {
    const given = this.argument("max_length");
    if (given === undefined || given.kind === "none") {
      const { length } = this.type;
      return length === undefined ? "varchar" : `varchar(${length})`;
    }
    if (given.kind === "integer") return `varchar(${given.value})`;
    throw new Uncompilable("its max_length", given.span);
  }

  /** The field of an array's elements. */
  get baseField(): Field {
    return this.#inner("base_field");
  }

  #inner(argument: string): Field {
    const state = readField(this.argument(argument), this.apps.settings.customFields);
    return new Field(this.apps, this.model, this.name, state);
  }

  /** The condition of the CHECK that the field brings along. */
  get check(): string | undefined {
    return POSITIVE_TYPES.has(this.internalType) ? `"${this.column}" >= 0` : undefined;
  }

  /** The collation that its column states. */
  get collation(): string | undefined {
    const own = textOf(this.argument("db_collation"));
    if (own !== undefined || !this.isRelation) return own;
    return this.apps.follow(() => this.target.collation);
  }

  #isSet(name: string): boolean {
    const value = this.argument(name);
    return value?.kind === "boolean" && value.value;
  }
}

function printInteger(value: PythonValue | undefined): string {
  return value?.kind === "integer" ? String(value.value) : "None";
}
