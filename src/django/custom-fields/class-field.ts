import type { SyntaxNode } from "@lezer/common";
import { FileEvaluator } from "../python/file-evaluator.ts";
import type { PythonClass, PythonModule } from "../python/module.ts";
import { Scope } from "../python/scope.ts";
import { runBlock } from "../python/statements.ts";
import { childrenOf, elementsOf, spanOf } from "../python/syntax.ts";
import { type PythonValue, textOf } from "../python/value.ts";
import { FIELD_TYPES } from "../state/field-types.ts";

/** What a class says itself about its column, read from the text of its methods. */
export interface ClassField {
  /** What `db_type` returns. */
  readonly columnType?: string;
  /** The field of Django's that `get_internal_type` names. */
  readonly base?: string;
  /** What `__init__` sets whatever it is given, and what only where nothing is given. */
  readonly forced: ReadonlyMap<string, PythonValue>;
  readonly defaults: ReadonlyMap<string, PythonValue>;
  /** A method computes the column's type in a way that is not read. */
  readonly isComputed: boolean;
}

/** Reads the methods of a field class that decide about its column. */
export function readClassField(definition: PythonClass, module: PythonModule): ClassField {
  const methods = methodsOf(definition, module.text);
  const evaluator = moduleEvaluator(module);
  const columnType = returned(methods.get("db_type"), evaluator);
  const internal = returned(methods.get("get_internal_type"), evaluator);
  const initializer = methods.get("__init__");
  const { forced, defaults } = readInitializer(initializer, evaluator);
  return {
    ...(typeof columnType === "object" && { columnType: columnType.text }),
    ...(typeof internal === "object" && internal.text in FIELD_TYPES && { base: internal.text }),
    forced,
    defaults,
    isComputed: columnType === "unknown",
  };
}

function methodsOf({ node }: PythonClass, text: string): Map<string, SyntaxNode> {
  const methods = new Map<string, SyntaxNode>();
  const body = node.getChild("Body");
  for (const statement of body === null ? [] : childrenOf(body)) {
    const method =
      statement.name === "DecoratedStatement"
        ? statement.getChild("FunctionDefinition")
        : statement;
    const name = method?.name === "FunctionDefinition" ? method.getChild("VariableName") : null;
    if (method !== null && name !== null) methods.set(text.slice(name.from, name.to), method);
  }
  return methods;
}

function moduleEvaluator({ text, path, names }: PythonModule): FileEvaluator {
  const scope = new Scope();
  scope.names = new Map(names);
  return new FileEvaluator(text, { path, module: { name: "", isPackage: false } }, scope);
}

/** What a method comes to on PostgreSQL: a text, what the class extended says, or something that is not read. */
type Returned = { readonly text: string } | "inherited" | "unknown";

const SUPER = /^return super\(.*?\)\.\w+\(/s;

/** Goes through a method whose parameter `connection` is one to PostgreSQL. */
function returned(method: SyntaxNode | undefined, module: FileEvaluator): Returned {
  const body = method?.getChild("Body");
  if (method === undefined) return "inherited";
  if (body === undefined || body === null) return "unknown";
  const scope = new Scope(module.scope);
  const span = spanOf(method);
  scope.set("connection", { kind: "name", name: "django.db.connection", local: false, span });
  const ended = runBlock(body, module.within(scope));
  if (ended.kind !== "return") return "unknown";
  const text = textOf(ended.value);
  if (text !== undefined) return { text };
  return SUPER.test(module.text.slice(ended.value.span.start - RETURN.length))
    ? "inherited"
    : "unknown";
}

const RETURN = "return ";

interface Settings {
  readonly forced: Map<string, PythonValue>;
  readonly defaults: Map<string, PythonValue>;
}

/** `kwargs["a"] = 1`, `kwargs.setdefault("a", 1)`, `super().__init__(a=1)` and parameters with defaults. */
function readInitializer(method: SyntaxNode | undefined, evaluator: FileEvaluator): Settings {
  const settings: Settings = { forced: new Map(), defaults: new Map() };
  const body = method?.getChild("Body");
  if (method === undefined || body === undefined || body === null) return settings;
  for (const [name, value] of parameterDefaults(method, evaluator)) {
    settings.defaults.set(name, value);
  }
  for (const statement of childrenOf(body)) readStatement(statement, evaluator, settings);
  return settings;
}

function parameterDefaults(method: SyntaxNode, evaluator: FileEvaluator): [string, PythonValue][] {
  const list = method.getChild("ParamList");
  const nodes = list === null ? [] : elementsOf(list);
  return nodes.flatMap((node, index): [string, PythonValue][] => {
    const value = nodes[index + 2];
    if (nodes[index + 1]?.name !== "AssignOp" || value === undefined) return [];
    const name = evaluator.text.slice(node.from, node.to);
    const read = evaluator.evaluate(value);
    return isConstant(read) ? [[name, read]] : [];
  });
}

function isConstant({ kind }: PythonValue): boolean {
  return kind === "integer" || kind === "boolean" || kind === "string";
}

function readStatement(statement: SyntaxNode, evaluator: FileEvaluator, settings: Settings): void {
  const text = evaluator.text.slice(statement.from, statement.to);
  const assigned = /^kwargs\[["'](\w+)["']\]\s*=/.exec(text)?.[1];
  if (statement.name === "AssignStatement") {
    const value = statement.lastChild;
    if (assigned !== undefined && value !== null) {
      keep(settings.forced, assigned, evaluator.evaluate(value));
    }
    return;
  }
  const list = statement.firstChild?.getChild("ArgList") ?? null;
  if (list === null) return;
  if (text.startsWith("kwargs.setdefault(")) {
    const [name, value] = elementsOf(list).map((node) => evaluator.evaluate(node));
    if (value !== undefined) keep(settings.defaults, textOf(name) ?? "", value);
  } else if (/^super\(.*?\)\.__init__\(/.test(text)) {
    readSuper(list, evaluator, settings);
  }
}

/** What is handed on to the parent by a name of its own is forced. */
function readSuper(list: SyntaxNode, evaluator: FileEvaluator, settings: Settings): void {
  const nodes = elementsOf(list);
  for (const [index, node] of nodes.entries()) {
    const value = nodes[index + 2];
    if (nodes[index + 1]?.name !== "AssignOp" || value === undefined) continue;
    const name = evaluator.text.slice(node.from, node.to);
    keep(settings.forced, name, evaluator.evaluate(value));
  }
}

function keep(settings: Map<string, PythonValue>, name: string, value: PythonValue): void {
  if (isConstant(value)) settings.set(name, value);
}
