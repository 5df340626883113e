import type { PythonClass, PythonModule } from "../python/module.ts";
import {
  itemsOf,
  lastPart,
  textOf,
  type PythonUnknown,
  type PythonValue,
} from "../python/value.ts";
import type { DependencySyntax, MigrationReference, MigrationSyntax } from "./migration-syntax.ts";

/** Reads the `Migration` class of a file; undefined when it has none. */
export function readMigration(module: PythonModule): MigrationSyntax | undefined {
  const migration = module.classes.get("Migration");
  if (migration === undefined) return undefined;
  const unknowns: PythonUnknown[] = [];
  const lists = (name: string): readonly PythonValue[] => listOf(migration, name, module, unknowns);
  const dependencies = lists("dependencies").flatMap((one) => readDependency(one, unknowns));
  return {
    module,
    span: migration.span,
    dependencies,
    runBefore: lists("run_before").flatMap((one) => readReference(one, unknowns)),
    replaces: lists("replaces").flatMap((one) => readReference(one, unknowns)),
    initial: flag(migration, "initial", module, unknowns),
    atomic: flag(migration, "atomic", module, unknowns) ?? true,
    operations: lists("operations").map((one) => extended(one, module)),
    unknowns: [...unknowns, ...changesFromOutside(module)],
  };
}

/**
 * An operation of a class of this file is taken for the one that it extends, unless it takes other
 * arguments.
 */
function extended(value: PythonValue, { classes, text }: PythonModule): PythonValue {
  const definition = value.kind === "call" && value.local ? classes.get(value.callee) : undefined;
  const base = definition?.bases.find(({ local }) => !local);
  if (value.kind !== "call" || definition === undefined || base === undefined) return value;
  const { node } = definition;
  if (/\bdef\s+__init__\b/.test(text.slice(node.from, node.to))) return value;
  return { ...value, callee: base.name, local: false, subclass: value.callee };
}

/** What the class, or a class of the same file that it extends, assigns to a name. */
function attribute(
  { names, bases }: PythonClass,
  name: string,
  module: PythonModule,
): PythonValue | undefined {
  const own = names.get(name);
  if (own !== undefined) return own;
  for (const base of bases) {
    const parent = base.local ? module.classes.get(base.name) : undefined;
    const inherited = parent?.names.get(name);
    if (inherited !== undefined) return inherited;
  }
  return undefined;
}

/** The items of a list; one that is not known becomes one unknown item of the operations. */
function listOf(
  migration: PythonClass,
  name: string,
  module: PythonModule,
  unknowns: PythonUnknown[],
): readonly PythonValue[] {
  const value = attribute(migration, name, module);
  if (value === undefined || value.kind === "none") return [];
  const items = itemsOf(value);
  if (items !== undefined) return items;
  const unknown = notKnown(value, `the ${name}`);
  unknowns.push(unknown);
  return name === "operations" ? [unknown] : [];
}

function notKnown(value: PythonValue, what: string): PythonUnknown {
  if (value.kind === "unknown") return { ...value, reason: `${what}: ${value.reason}` };
  return { kind: "unknown", reason: `${what} are not a list`, span: value.span };
}

function flag(
  migration: PythonClass,
  name: string,
  module: PythonModule,
  unknowns: PythonUnknown[],
): boolean | undefined {
  const value = attribute(migration, name, module);
  if (value === undefined) return undefined;
  if (value.kind === "boolean") return value.value;
  if (value.kind === "none") return false;
  unknowns.push({ kind: "unknown", reason: `whether it is ${name}`, span: value.span });
  return undefined;
}

function readDependency(value: PythonValue, unknowns: PythonUnknown[]): DependencySyntax[] {
  if (value.kind === "call" && lastPart(value.callee) === "swappable_dependency") {
    const [model] = value.args;
    const setting = model?.kind === "name" ? lastPart(model.name) : textOf(model);
    if (setting !== undefined) return [{ kind: "swappable", setting, span: value.span }];
  }
  return readReference(value, unknowns);
}

function readReference(value: PythonValue, unknowns: PythonUnknown[]): MigrationReference[] {
  const [app, name] = (itemsOf(value) ?? []).map(textOf);
  if (app !== undefined && name !== undefined) {
    return [{ kind: "migration", app, name, span: value.span }];
  }
  unknowns.push({ kind: "unknown", reason: "a dependency", span: value.span });
  return [];
}

/** `Migration.operations.append(…)` below the class. */
function changesFromOutside({ text, tree }: PythonModule): PythonUnknown[] {
  const found: PythonUnknown[] = [];
  for (let node = tree.topNode.firstChild; node !== null; node = node.nextSibling) {
    if (!text.startsWith("Migration.", node.from)) continue;
    const reason = "the class is changed after its definition";
    found.push({ kind: "unknown", reason, span: { start: node.from, end: node.to } });
  }
  return found;
}
