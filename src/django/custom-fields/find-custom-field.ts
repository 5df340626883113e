import type { PythonClass, PythonModule } from "../python/module.ts";
import { lastPart, type PythonValue } from "../python/value.ts";
import type { CustomField, CustomFields } from "../state/field-state.ts";
import { FIELD_TYPES } from "../state/field-types.ts";
import { type ClassField, readClassField } from "./class-field.ts";
import { THIRD_PARTY_FIELDS, type ThirdPartyField } from "./third-party-fields.ts";

/** Where field classes that are not Django's are looked up. */
export interface CustomFieldSources {
  /** What the configuration says: a class of Django's by its full name, or a column's type. */
  readonly configured: Readonly<Record<string, string>>;
  /** A module of the repository by its dotted name. */
  readonly module: (name: string) => PythonModule | undefined;
}

/**
 * Finds what a field class is: by the configuration, by the table of packages, by the class that it
 * extends in the repository's source.
 */
export function customFieldFinder(sources: CustomFieldSources): CustomFields {
  const found = new Map<string, CustomField | undefined>();
  return (path) => {
    if (!found.has(path)) found.set(path, find(path, sources, 0));
    return found.get(path);
  };
}

const NO_ARGUMENTS: Pick<CustomField, "forced" | "defaults"> = {
  forced: new Map(),
  defaults: new Map(),
};

/** How far classes are followed to their bases. */
const DEEPEST = 12;

function find(path: string, sources: CustomFieldSources, depth: number): CustomField | undefined {
  const configured = sources.configured[path];
  if (configured !== undefined) return ofConfiguration(configured);
  const known = THIRD_PARTY_FIELDS[path];
  if (known !== undefined) return ofTable(known);
  if (path.startsWith("django.")) {
    const base = lastPart(path);
    return base in FIELD_TYPES ? { base, ...NO_ARGUMENTS } : undefined;
  }
  return depth < DEEPEST ? ofSource(path, sources, depth) : undefined;
}

function ofConfiguration(text: string): CustomField {
  const base = lastPart(text);
  return text.includes(".") && base in FIELD_TYPES
    ? { base, ...NO_ARGUMENTS }
    : { base: "Field", columnType: text, ...NO_ARGUMENTS };
}

function ofTable({ base, columnType, defaults }: ThirdPartyField): CustomField {
  const span = { start: 0, end: 0 };
  const values = Object.entries(defaults ?? {}).map(([name, value]): [string, PythonValue] => [
    name,
    typeof value === "number"
      ? { kind: "integer", value: BigInt(value), span }
      : { kind: "boolean", value, span },
  ]);
  return {
    base: base === "none" ? "GenericRelation" : base,
    forced: new Map(),
    defaults: new Map(values),
    ...(columnType !== undefined && { columnType }),
  };
}

function ofSource(
  path: string,
  sources: CustomFieldSources,
  depth: number,
): CustomField | undefined {
  const name = lastPart(path);
  const module = sources.module(path.slice(0, -name.length - 1));
  if (module === undefined) return undefined;
  const definition = module.classes.get(name);
  if (definition !== undefined) return ofClass(definition, module, path, sources, depth);
  // The module passes on what it imports.
  const imported = module.names.get(name);
  if (imported?.kind === "name" && !imported.local && imported.name !== path) {
    return find(imported.name, sources, depth + 1);
  }
  for (const star of module.stars) {
    const passed = find(`${star}.${name}`, sources, depth + 1);
    if (passed !== undefined) return passed;
  }
  return undefined;
}

function ofClass(
  definition: PythonClass,
  module: PythonModule,
  path: string,
  sources: CustomFieldSources,
  depth: number,
): CustomField | undefined {
  const own = readClassField(definition, module);
  if (own.isComputed) return undefined;
  const home = path.slice(0, path.lastIndexOf("."));
  const parent = definition.bases
    .map(({ name, local }) => find(local ? `${home}.${name}` : name, sources, depth + 1))
    .find((base) => base !== undefined);
  return merged(parent, own);
}

/** What a class says goes before what it inherits. */
function merged(parent: CustomField | undefined, own: ClassField): CustomField | undefined {
  const base = own.base ?? parent?.base;
  const columnType = own.columnType ?? parent?.columnType;
  if (base === undefined || (base === "Field" && columnType === undefined)) return undefined;
  const inherited = parent ?? NO_ARGUMENTS;
  const forced = new Map([...inherited.forced, ...own.forced]);
  const defaults = new Map([...inherited.defaults, ...own.defaults]);
  const field = { base, forced, defaults };
  return columnType === undefined ? field : { ...field, columnType };
}
