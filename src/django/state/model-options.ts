import { canonicalText } from "../python/same-value.ts";
import { itemsOf, lastPart, type PythonValue, textOf } from "../python/value.ts";
import {
  type ConstraintState,
  type IndexState,
  namesOf,
  readConstraint,
  readIndex,
} from "./index-state.ts";
import { Uncompilable } from "./uncompilable.ts";

/** The options of a model's `Meta` that matter to the database. */
export interface ModelOptions {
  readonly table?: string;
  readonly managed: boolean;
  readonly proxy: boolean;
  /** The setting that may name another model in its place: `AUTH_USER_MODEL`. */
  readonly swappable?: string;
  readonly uniqueTogether: readonly (readonly string[])[];
  readonly indexTogether: readonly (readonly string[])[];
  readonly indexes: readonly IndexState[];
  readonly constraints: readonly ConstraintState[];
  readonly orderWithRespectTo?: string;
  readonly comment?: string;
  readonly tablespace?: string;
}

export const NO_OPTIONS: ModelOptions = {
  managed: true,
  proxy: false,
  uniqueTogether: [],
  indexTogether: [],
  indexes: [],
  constraints: [],
};

/** Reads the options of CreateModel, a dict or None. */
export function readOptions(value: PythonValue | undefined): ModelOptions {
  if (value === undefined || value.kind === "none") return NO_OPTIONS;
  if (value.kind !== "dict") throw new Uncompilable("the model's options", value.span);
  const given = new Map<string, PythonValue>();
  for (const { key, value: option } of value.entries) {
    if (key.kind === "string") given.set(key.value, option);
  }
  const options = { ...NO_OPTIONS, ...changedOptions(given) };
  return {
    ...options,
    ...optional("table", textOf(given.get("db_table"))),
    ...optional("comment", textOf(given.get("db_table_comment"))),
    ...optional("tablespace", textOf(given.get("db_tablespace"))),
    ...optional("orderWithRespectTo", textOf(given.get("order_with_respect_to"))),
    ...optional("swappable", settingName(given.get("swappable"))),
    proxy: isTrue(given.get("proxy")),
    uniqueTogether: readTogether(given.get("unique_together")),
    indexTogether: readTogether(given.get("index_together")),
    indexes: (itemsOf(given.get("indexes")) ?? []).map(readIndex),
    constraints: (itemsOf(given.get("constraints")) ?? []).map(readConstraint),
  };
}

/** The options that AlterModelOptions sets: it names all of them, so an absent one is reset. */
export function changedOptions(
  given: ReadonlyMap<string, PythonValue>,
): Pick<ModelOptions, "managed"> {
  const managed = given.get("managed");
  return { managed: !(managed?.kind === "boolean" && !managed.value) };
}

function isTrue(value: PythonValue | undefined): boolean {
  return value?.kind === "boolean" && value.value;
}

function optional<Name extends string>(
  name: Name,
  value: string | undefined,
): Partial<Record<Name, string>> {
  return value === undefined ? {} : ({ [name]: value } as Record<Name, string>);
}

/** `"AUTH_USER_MODEL"`, or swapper's call that names the app and the model. */
function settingName(value: PythonValue | undefined): string | undefined {
  if (value?.kind === "name") return lastPart(value.name);
  return textOf(value);
}

/**
 * `unique_together` and `index_together` as lists of names: one list of names stands for itself. The
 * order of a set is the hash seed's in Python, here that of the names.
 */
export function readTogether(value: PythonValue | undefined): readonly (readonly string[])[] {
  if (value === undefined || value.kind === "none") return [];
  const items = itemsOf(value);
  if (items === undefined) throw new Uncompilable("the names of the fields", value.span);
  if (items.some(({ kind }) => kind === "string")) return [namesOf(value)];
  const unique = new Map(items.map((item) => [canonicalText(item), namesOf(item)]));
  return [...unique].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, names]) => names);
}
