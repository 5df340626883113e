import type { SyntaxNode } from "@lezer/common";
import type { Span } from "../../core/span.ts";
import type { Evaluator, Surroundings } from "./evaluator.ts";
import { attributeOf, itemAt } from "./methods.ts";
import { childrenOf, spanOf } from "./syntax.ts";
import { lastPart, type PythonName, type PythonValue } from "./value.ts";

/** What a variable stands for; a name that nothing in the file binds stands for itself. */
export function readVariable(node: SyntaxNode, evaluator: Evaluator): PythonValue {
  const name = evaluator.text.slice(node.from, node.to);
  const bound = evaluator.scope.get(name);
  if (bound !== undefined && bound.kind !== "name") return bound;
  const span = spanOf(node);
  if (bound === undefined) return knownName(name, span, evaluator);
  if (bound.local) return localName(bound, node, evaluator);
  return knownName(bound.name, span, evaluator);
}

function localName(bound: PythonName, node: SyntaxNode, evaluator: Evaluator): PythonName {
  const named = { ...bound, span: spanOf(node) };
  const returns = evaluator.callFunction(bound.name, { node, args: [], keywords: new Map() });
  return returns === undefined || returns.kind === "unknown" ? named : { ...named, returns };
}

/** `a.b`, `a[0]`, and the type parameters of a class: `URLField[str, str]`. */
export function readMember(node: SyntaxNode, evaluator: Evaluator): PythonValue {
  const [objectNode, mark, ...rest] = childrenOf(node);
  const key = rest[0];
  if (objectNode === undefined || mark === undefined || key === undefined) {
    return evaluator.unknown(node, "the expression is not complete");
  }
  const object = evaluator.evaluate(objectNode);
  const value =
    mark.name === "."
      ? readProperty(object, node, key, evaluator)
      : readItem(object, node, rest, evaluator);
  return value ?? notKnown(node, evaluator);
}

function readProperty(
  object: PythonValue,
  node: SyntaxNode,
  key: SyntaxNode,
  evaluator: Evaluator,
): PythonValue | undefined {
  const property = evaluator.text.slice(key.from, key.to);
  if (object.kind !== "name") return attributeOf(object, property);
  const name = `${object.name}.${property}`;
  const span = spanOf(node);
  return object.local ? { ...object, name, span } : knownName(name, span, evaluator);
}

function readItem(
  object: PythonValue,
  node: SyntaxNode,
  [key, ...more]: readonly SyntaxNode[],
  evaluator: Evaluator,
): PythonValue | undefined {
  if (key === undefined) return undefined;
  if (object.kind === "name") {
    // A member of an enumeration by its name; anything else are the parameters of a type.
    const member = key.name === "String" ? evaluator.evaluate(key) : undefined;
    const name = member?.kind === "string" ? `${object.name}.${member.value}` : object.name;
    return { ...object, name, span: spanOf(node) };
  }
  return more.length === 1 ? itemAt(object, evaluator.evaluate(key)) : undefined;
}

function notKnown(node: SyntaxNode, evaluator: Evaluator): PythonValue {
  const source = evaluator.text.slice(node.from, node.to);
  return evaluator.unknown(node, `\`${source.length > 60 ? `${source.slice(0, 57)}…` : source}\``);
}

const SETTINGS = "django.conf.settings.";
const STANDARD = /^(?:django|uuid|datetime|decimal|os|pathlib)\./;

/** Names that have a value without running anything: settings, constants of the repository, and FIXED. */
function knownName(name: string, span: Span, { surroundings }: Evaluator): PythonValue {
  const self: PythonValue = { kind: "name", name, local: false, span };
  const fixed = FIXED[name]?.(surroundings);
  if (fixed !== undefined) return placed(fixed, span);
  if (name.startsWith(SETTINGS)) {
    // A swappable model's setting stays a name: what it names is decided where relations are.
    const setting = name.slice(SETTINGS.length);
    const value = setting.endsWith("_MODEL") ? undefined : surroundings.setting?.(setting);
    return value === undefined ? self : placed(value, span);
  }
  if (STANDARD.test(name) || !name.includes(".")) return self;
  const constant = lastPart(name);
  const module = name.slice(0, name.length - constant.length - 1);
  const value = surroundings.constant?.(module, constant);
  return value === undefined ? self : placed(value, span, module);
}

const NOWHERE: Span = { start: 0, end: 0 };

/** Names whose value every file knows. */
const FIXED: Readonly<Record<string, (surroundings: Surroundings) => PythonValue | undefined>> = {
  __file__: ({ path }) => ({ kind: "path", path, span: NOWHERE }),
  __name__: ({ module }) => ({ kind: "string", value: module.name, span: NOWHERE }),
  "django.VERSION": ({ djangoVersion }) =>
    djangoVersion && {
      kind: "tuple",
      items: djangoVersion.map((part) => ({
        kind: "integer",
        value: BigInt(part),
        span: NOWHERE,
      })),
      span: NOWHERE,
    },
  "django.db.connection.vendor": () => ({ kind: "string", value: "postgresql", span: NOWHERE }),
  "typing.TYPE_CHECKING": () => ({ kind: "boolean", value: false, span: NOWHERE }),
};

/** A value of another file, said to stand where this file uses it. `module`: the other file's dotted name. */
function placed(value: PythonValue, span: Span, module = ""): PythonValue {
  const inner = (one: PythonValue): PythonValue => placed(one, span, module);
  // What is defined in the other file has its full name here.
  const named = (name: string): string => (module === "" ? name : `${module}.${name}`);
  switch (value.kind) {
    case "string":
      return { kind: "string", value: value.value, span };
    case "list":
    case "tuple":
    case "set":
      return { ...value, items: value.items.map(inner), span };
    case "dict": {
      const entries = value.entries.map((entry) => ({
        key: inner(entry.key),
        value: inner(entry.value),
      }));
      return { ...value, entries, span };
    }
    case "call": {
      const keywords = new Map([...value.keywords].map(([name, one]) => [name, inner(one)]));
      const callee = value.local ? named(value.callee) : value.callee;
      return { ...value, callee, local: false, args: value.args.map(inner), keywords, span };
    }
    case "operator":
      return { ...value, operands: value.operands.map(inner), span };
    case "name":
      return value.local
        ? { ...value, name: named(value.name), local: false, span }
        : { ...value, span };
    case "none":
    case "boolean":
    case "integer":
    case "float":
    case "bytes":
    case "lambda":
    case "path":
    case "unknown":
      return { ...value, span };
  }
}
