import type { SyntaxNode } from "@lezer/common";
import { bindTargets } from "./comprehension.ts";
import type { Evaluator } from "./evaluator.ts";
import { isSameValue } from "./same-value.ts";
import { LARGEST_VALUE, sizeOf } from "./size.ts";
import { childrenOf, spanOf } from "./syntax.ts";
import { itemsOf, type PythonDict, type PythonSequence, type PythonValue } from "./value.ts";

/** `a = b = value`, `a, b = value`, `a[key] = value`, `a: type = value`. */
export function assign(statement: SyntaxNode, evaluator: Evaluator): void {
  const groups: SyntaxNode[][] = [[]];
  for (const child of childrenOf(statement)) {
    if (child.name === "AssignOp") groups.push([]);
    else if (child.name !== "TypeDef") groups.at(-1)?.push(child);
  }
  const right = groups.pop() ?? [];
  if (groups.length === 0) return;
  const value = readRight(right, statement, evaluator);
  for (const targets of groups) {
    const names = targets.filter(({ name }) => name !== ",");
    assignTo(names, value, statement, evaluator);
  }
}

function readRight(
  nodes: readonly SyntaxNode[],
  statement: SyntaxNode,
  evaluator: Evaluator,
): PythonValue {
  const [only] = nodes;
  if (only === undefined) return evaluator.unknown(statement, "its value is missing");
  if (nodes.length === 1) return evaluator.evaluate(only);
  const items = nodes.filter(({ name }) => name !== ",").map((node) => evaluator.evaluate(node));
  return { kind: "tuple", items, span: { start: only.from, end: statement.to } };
}

function assignTo(
  targets: readonly SyntaxNode[],
  value: PythonValue,
  statement: SyntaxNode,
  evaluator: Evaluator,
): void {
  const [only] = targets;
  if (only?.name === "MemberExpression") assignItem(only, value, evaluator);
  else if (!bindTargets(targets, value, evaluator.scope, evaluator.text)) {
    const reason = "it is unpacked from something that is not known";
    for (const name of namesIn(targets, evaluator.text)) {
      evaluator.scope.set(name, evaluator.unknown(statement, reason));
    }
  }
}

function namesIn(targets: readonly SyntaxNode[], text: string): string[] {
  return targets.flatMap((target) =>
    target.name === "VariableName"
      ? [text.slice(target.from, target.to)]
      : namesIn(childrenOf(target), text),
  );
}

/** An item of a dict is set; whatever else is changed by its parts is not known from there on. */
function assignItem(target: SyntaxNode, value: PythonValue, evaluator: Evaluator): void {
  const [object, mark, keyNode] = childrenOf(target);
  if (object?.name !== "VariableName" || keyNode === undefined) return;
  const name = evaluator.text.slice(object.from, object.to);
  const before = evaluator.scope.get(name);
  if (before === undefined || before.kind === "name") return;
  if (before.kind === "dict" && mark?.name === "[") {
    const key = evaluator.evaluate(keyNode);
    const others = before.entries.filter((entry) => !isSameValue(entry.key, key));
    evaluator.scope.set(name, { ...before, entries: [...others, { key, value }] });
  } else {
    evaluator.scope.set(name, evaluator.unknown(target, "a part of it is assigned"));
  }
}

/** `a += value`: lists, tuples, text and numbers; anything else is not known from there on. */
export function update(statement: SyntaxNode, evaluator: Evaluator): void {
  const [target, operator, right] = childrenOf(statement);
  if (target?.name !== "VariableName" || operator === undefined || right === undefined) return;
  const name = evaluator.text.slice(target.from, target.to);
  const before = evaluator.scope.get(name);
  const added = evaluator.evaluate(right);
  const isSum = evaluator.text.slice(operator.from, operator.to) === "+=";
  const sum = before !== undefined && isSum ? sumOf(before, added) : undefined;
  const isKnown = sum !== undefined && sizeOf(sum) <= LARGEST_VALUE;
  evaluator.scope.set(name, isKnown ? sum : evaluator.unknown(statement, "it is updated"));
}

function sumOf(before: PythonValue, added: PythonValue): PythonValue | undefined {
  const [some, more] = [itemsOf(before), itemsOf(added)];
  if (some !== undefined && more !== undefined && before.kind !== "set") {
    return { ...(before as PythonSequence), items: [...some, ...more] };
  }
  if (before.kind === "string" && added.kind === "string") {
    return { kind: "string", value: before.value + added.value, span: before.span };
  }
  if (before.kind === "integer" && added.kind === "integer") {
    return { ...before, value: before.value + added.value };
  }
  return undefined;
}

/** Methods that change the list, set or dict that a name stands for. */
export function mutate(call: SyntaxNode, evaluator: Evaluator): void {
  const [callee, list] = childrenOf(call);
  const [object, , method] = callee?.name === "MemberExpression" ? childrenOf(callee) : [];
  if (object?.name !== "VariableName" || method === undefined || list === undefined) return;
  const name = evaluator.text.slice(object.from, object.to);
  const before = evaluator.scope.get(name);
  if (before === undefined || before.kind === "name" || before.kind === "string") return;
  const args = childrenOf(list)
    .slice(1, -1)
    .filter((node) => node.name !== ",")
    .map((node) => evaluator.evaluate(node));
  const after = mutated(before, evaluator.text.slice(method.from, method.to), args);
  const isKnown = after !== undefined && sizeOf(after) <= LARGEST_VALUE;
  evaluator.scope.set(name, isKnown ? after : evaluator.unknown(call, "a method changes it"));
}

function mutated(
  before: PythonValue,
  method: string,
  args: readonly PythonValue[],
): PythonValue | undefined {
  const [first, second] = args;
  if (before.kind === "dict") {
    return method === "update" && first?.kind === "dict" ? merged(before, first) : undefined;
  }
  if (first === undefined || (before.kind !== "list" && before.kind !== "set")) return undefined;
  const more = itemsOf(first);
  switch (method) {
    case "append":
    case "add":
      return { ...before, items: [...before.items, first] };
    case "extend":
    case "update":
      return more && { ...before, items: [...before.items, ...more] };
    case "insert":
      if (first.kind !== "integer" || second === undefined) return undefined;
      return { ...before, items: before.items.toSpliced(Number(first.value), 0, second) };
    default:
      return undefined;
  }
}

function merged(before: PythonDict, added: PythonDict): PythonDict {
  const others = before.entries.filter(
    (entry) => !added.entries.some((one) => isSameValue(one.key, entry.key)),
  );
  return { ...before, entries: [...others, ...added.entries] };
}

const ASSIGNING = new Set(["AssignStatement", "UpdateStatement", "ExpressionStatement"]);

/** Every name that a block may assign. */
function assignedNames(block: SyntaxNode, text: string): Set<string> {
  const names = new Set<string>();
  block.cursor().iterate((node) => {
    if (node.name === "FunctionDefinition" || node.name === "ClassDefinition") return false;
    if (ASSIGNING.has(node.name)) for (const name of targetNames(node.node, text)) names.add(name);
    return undefined;
  });
  return names;
}

/** The names before the last assignment sign, and what a method is called of. */
function targetNames(statement: SyntaxNode, text: string): string[] {
  const parts = childrenOf(statement);
  const sign = parts.findLastIndex(({ name }) => name === "AssignOp" || name === "UpdateOp");
  return parts.slice(0, sign === -1 ? 1 : sign).flatMap((part) => {
    const name = /^\w+/.exec(text.slice(part.from, part.to))?.[0];
    return name === undefined ? [] : [name];
  });
}

/** Makes every name that a block may assign unknown. */
export function forget(block: SyntaxNode, reason: string, evaluator: Evaluator): void {
  for (const name of assignedNames(block, evaluator.text)) {
    if (evaluator.scope.get(name)?.kind === "name") continue;
    evaluator.scope.set(name, { kind: "unknown", reason, span: spanOf(block) });
  }
}
