import type { PythonModules } from "../project/python-modules.ts";
import type { PythonClass, PythonModule } from "../python/module.ts";
import { elementsOf } from "../python/syntax.ts";
import { lastPart, type PythonCall } from "../python/value.ts";

/** A model as its class states it. */
export interface ClassModel {
  readonly name: string;
  /** Its fields, by name; of abstract classes that it extends as well. */
  readonly fields: ReadonlyMap<string, PythonCall>;
  /** The fields of the class itself. */
  readonly own: ReadonlySet<string>;
  /** All that it extends was read: what is not in `fields` is no field of it. */
  readonly isWhole: boolean;
  /** It directly extends Django's Model, and its Meta says nothing by which it has no table of its own. */
  readonly isPlain: boolean;
}

const MODEL = /^django\.(?:db\.models|contrib\.gis\.db\.models)(?:\.base)?\.Model$/;
const DEEPEST = 12;

/** Reads a class; undefined where it is abstract, or no model as far as can be told. */
export function readClassModel(
  definition: PythonClass,
  module: PythonModule,
  modules: PythonModules,
): ClassModel | undefined {
  const meta = metaOf(definition, module);
  if (/^\s*abstract\s*=\s*True/m.test(meta)) return undefined;
  const inherited = inheritedFields(definition, module, modules, 0);
  const own = fieldsOf(definition);
  const isTop = definition.node.parent?.name === "Script";
  return {
    name: definition.name,
    fields: new Map([...inherited.fields, ...own]),
    own: new Set(own.keys()),
    isWhole: isTop && inherited.isWhole && !/add_to_class|contribute_to_class/.test(module.text),
    isPlain:
      isTop &&
      inherited.isWhole &&
      definition.bases.every(({ name }) => MODEL.test(name)) &&
      definition.bases.length === 1 &&
      !/\b(?:app_label|managed|proxy|swappable|required_db_vendor)\b/.test(meta),
  };
}

function fieldsOf({ names }: PythonClass): Map<string, PythonCall> {
  const fields = new Map<string, PythonCall>();
  for (const [name, value] of names) {
    if (value.kind === "call" && FIELD.test(value.callee)) fields.set(name, value);
  }
  return fields;
}

/** Classes that are called like fields, those without a column left out. */
const FIELD = /(?:Field|ForeignKey|ParentalKey)$/;

interface Inherited {
  readonly fields: ReadonlyMap<string, PythonCall>;
  readonly isWhole: boolean;
}

/** What a class has from abstract ones; a model with a table of its own keeps its fields. */
function inheritedFields(
  definition: PythonClass,
  module: PythonModule,
  modules: PythonModules,
  depth: number,
): Inherited {
  const list = definition.node.getChild("ArgList");
  const stated = list === null ? 0 : elementsOf(list).length;
  // From the last to the first, which wins.
  const bases = definition.bases.toReversed().map((base) => {
    const home = homeOf(base, module, modules);
    return lentBy(base, home, modules, depth);
  });
  return {
    fields: new Map(bases.flatMap(({ fields }) => [...fields])),
    isWhole: stated === definition.bases.length && bases.every(({ isWhole }) => isWhole),
  };
}

const NOTHING: Inherited = { fields: new Map(), isWhole: true };
const UNREAD: Inherited = { fields: new Map(), isWhole: false };

function homeOf(
  { name, local }: PythonClass["bases"][number],
  module: PythonModule,
  modules: PythonModules,
): PythonModule | undefined {
  return local ? module : modules.module(name.slice(0, -lastPart(name).length - 1));
}

/** The fields that one base lends. */
function lentBy(
  { name }: PythonClass["bases"][number],
  home: PythonModule | undefined,
  modules: PythonModules,
  depth: number,
): Inherited {
  if (MODEL.test(name) || name === "object") return NOTHING;
  const base = home?.classes.get(lastPart(name));
  if (home === undefined || base === undefined || depth >= DEEPEST) return UNREAD;
  if (/^\s*abstract\s*=\s*True/m.test(metaOf(base, home))) {
    const above = inheritedFields(base, home, modules, depth + 1);
    return { ...above, fields: new Map([...above.fields, ...fieldsOf(base)]) };
  }
  // A model of its own, or a plain class: what it lends is not told apart here.
  return fieldsOf(base).size === 0 && isPlainClass(base) ? NOTHING : UNREAD;
}

/** A class that extends nothing. */
function isPlainClass({ bases, node }: PythonClass): boolean {
  return bases.length === 0 && node.getChild("ArgList") === null;
}

/** The text of the class `Meta` in a class; empty where it has none. */
function metaOf({ node }: PythonClass, { text }: PythonModule): string {
  const body = node.getChild("Body");
  for (const inner of body?.getChildren("ClassDefinition") ?? []) {
    const name = inner.getChild("VariableName");
    if (name !== null && text.slice(name.from, name.to) === "Meta") {
      return text.slice(inner.from, inner.to);
    }
  }
  return "";
}
