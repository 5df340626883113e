import type { SyntaxNode } from "@lezer/common";
import { assign, forget, mutate, update } from "./assignment.ts";
import { bindTargets } from "./comprehension.ts";
import type { Evaluator } from "./evaluator.ts";
import { readImport } from "./imports.ts";
import { isSameValue, truthOf } from "./same-value.ts";
import { childrenOf, elementsOf, spanOf } from "./syntax.ts";
import { itemsOf, type PythonValue } from "./value.ts";

/** How a block ended: at its end, at a `return`, at a `raise`, or somewhere that is not known. */
export type Completion =
  | { readonly kind: "end" }
  | { readonly kind: "raise" }
  | { readonly kind: "return"; readonly value: PythonValue }
  | { readonly kind: "unknown" };

const END: Completion = { kind: "end" };

type Runner = (statement: SyntaxNode, evaluator: Evaluator) => Completion;

/** Goes through a block's statements as Python would, as far as they are known. */
export function runBlock(block: SyntaxNode, evaluator: Evaluator): Completion {
  for (const statement of childrenOf(block)) {
    const completion = RUNNERS[statement.name]?.(statement, evaluator) ?? END;
    if (completion.kind !== "end") return completion;
  }
  return END;
}

const RUNNERS: Readonly<Record<string, Runner>> = {
  ImportStatement: bindImport,
  AssignStatement: simple(assign),
  UpdateStatement: simple(update),
  ExpressionStatement: simple((statement, evaluator) => {
    const call = statement.firstChild;
    if (call?.name === "CallExpression") mutate(call, evaluator);
  }),
  FunctionDefinition: simple(bindFunction),
  ClassDefinition: simple(bindName),
  // What a decorator makes of a function is not known: it has its name, and is never evaluated.
  DecoratedStatement: simple((statement, evaluator) => {
    const inner = statement.getChild("FunctionDefinition") ?? statement.getChild("ClassDefinition");
    if (inner !== null) bindName(inner, evaluator);
  }),
  IfStatement: runIf,
  TryStatement: runTry,
  WithStatement: runWith,
  ForStatement: runFor,
  WhileStatement: simple((statement, evaluator) => {
    forget(statement, "a loop assigns it", evaluator);
  }),
  ReturnStatement: runReturn,
  RaiseStatement: () => ({ kind: "raise" }),
};

function simple(run: (statement: SyntaxNode, evaluator: Evaluator) => void): Runner {
  return (statement, evaluator) => {
    run(statement, evaluator);
    return END;
  };
}

function bindImport(statement: SyntaxNode, { text, scope, surroundings }: Evaluator): Completion {
  const span = spanOf(statement);
  for (const { name, target } of readImport(statement, text, surroundings.module)) {
    scope.set(name, { kind: "name", name: target, local: false, span });
  }
  return END;
}

function bindFunction(definition: SyntaxNode, evaluator: Evaluator): void {
  const name = bindName(definition, evaluator);
  if (name !== undefined) evaluator.scope.functions.set(name, definition);
}

function bindName(definition: SyntaxNode, { text, scope }: Evaluator): string | undefined {
  const node = definition.getChild("VariableName");
  if (node === null) return undefined;
  const name = text.slice(node.from, node.to);
  scope.set(name, { kind: "name", name, local: true, span: spanOf(node) });
  return name;
}

/** Each test with its block; `else` has no test. */
function branchesOf(statement: SyntaxNode): { test?: SyntaxNode; body: SyntaxNode }[] {
  const branches: { test?: SyntaxNode; body: SyntaxNode }[] = [];
  let test: SyntaxNode | undefined;
  for (const child of childrenOf(statement)) {
    if (child.name === "Body")
      branches.push(test === undefined ? { body: child } : { test, body: child });
    else if (child.name === "else") test = undefined;
    else if (child.name !== "if" && child.name !== "elif") test = child;
  }
  return branches;
}

function runIf(statement: SyntaxNode, evaluator: Evaluator): Completion {
  const possible: SyntaxNode[] = [];
  let certain = false;
  for (const { test, body } of branchesOf(statement)) {
    const truth = test === undefined ? true : truthOf(evaluator.evaluate(test));
    if (truth !== false) possible.push(body);
    certain = truth === true;
    if (certain) break;
  }
  const [only] = possible;
  if (only === undefined) return END;
  if (possible.length === 1 && certain) return runBlock(only, evaluator);
  return runAlternatives(possible, certain, evaluator);
}

/**
 * Runs each block that may be the one; a name on which they do not agree is not known. One that
 * raises is not the one: the program would not be there.
 */
function runAlternatives(
  blocks: readonly SyntaxNode[],
  certain: boolean,
  evaluator: Evaluator,
): Completion {
  const { scope } = evaluator;
  const before = scope.names;
  const outcomes = certain ? [] : [before];
  let isKnown = true;
  for (const block of blocks) {
    scope.names = new Map(before);
    const { kind } = runBlock(block, evaluator);
    if (kind === "raise") continue;
    isKnown &&= kind === "end";
    outcomes.push(scope.names);
  }
  scope.names = agreement(outcomes, blocks[0]);
  if (outcomes.length === 0) return { kind: "raise" };
  return isKnown ? END : { kind: "unknown" };
}

function agreement(
  outcomes: readonly Map<string, PythonValue>[],
  block: SyntaxNode | undefined,
): Map<string, PythonValue> {
  const merged = new Map<string, PythonValue>();
  for (const name of new Set(outcomes.flatMap((names) => [...names.keys()]))) {
    const values = outcomes.map((names) => names.get(name));
    const first = values.find((value) => value !== undefined);
    if (first === undefined) continue;
    const span = block === undefined ? first.span : spanOf(block);
    const isSame = first.kind === "name" || values.every((value) => isSameValue(value, first));
    const reason = "it depends on a condition that is not known";
    merged.set(name, isSame ? first : { kind: "unknown", reason, span });
  }
  return merged;
}

/** The body is taken to succeed. */
function runTry(statement: SyntaxNode, evaluator: Evaluator): Completion {
  let keyword = "";
  for (const child of childrenOf(statement)) {
    if (child.name !== "Body") {
      if (["try", "except", "else", "finally"].includes(child.name)) keyword = child.name;
    } else if (keyword !== "except") {
      const completion = runBlock(child, evaluator);
      if (completion.kind !== "end") return completion;
    }
  }
  return END;
}

function textOf(node: SyntaxNode, { text }: Evaluator): string {
  return text.slice(node.from, node.to);
}

/** `with open(…) as file`. */
function runWith(statement: SyntaxNode, evaluator: Evaluator): Completion {
  const parts = childrenOf(statement);
  for (const [index, part] of parts.entries()) {
    const [value, target] = [parts[index - 1], parts[index + 1]];
    if (part.name !== "as" || value === undefined || target === undefined) continue;
    bindTargets([target], evaluator.evaluate(value), evaluator.scope, evaluator.text);
  }
  const body = statement.getChild("Body");
  return body === null ? END : runBlock(body, evaluator);
}

const MOST_ROUNDS = 10_000;

function runFor(statement: SyntaxNode, evaluator: Evaluator): Completion {
  const parts = childrenOf(statement);
  const inside = parts.findIndex(({ name }) => name === "in");
  const targets = parts.slice(1, inside).filter(({ name }) => name !== ",");
  const [source, body] = [parts[inside + 1], statement.getChild("Body")];
  const items = source === undefined ? undefined : itemsOf(evaluator.evaluate(source));
  const isSimple = body !== null && !/\b(?:break|continue|return)\b/.test(textOf(body, evaluator));
  if (items === undefined || items.length > MOST_ROUNDS || !isSimple) {
    forget(statement, "a loop assigns it", evaluator);
    return /\breturn\b/.test(textOf(statement, evaluator)) ? { kind: "unknown" } : END;
  }
  for (const item of items) {
    if (!bindTargets(targets, item, evaluator.scope, evaluator.text)) {
      forget(statement, "a loop assigns it", evaluator);
      return END;
    }
    const completion = runBlock(body, evaluator);
    if (completion.kind !== "end") return completion;
  }
  return END;
}

function runReturn(statement: SyntaxNode, evaluator: Evaluator): Completion {
  const values = elementsOf(statement).filter(({ name }) => name !== "return");
  const [only] = values;
  const span = spanOf(statement);
  if (only === undefined) return { kind: "return", value: { kind: "none", span } };
  if (values.length === 1) return { kind: "return", value: evaluator.evaluate(only) };
  const items = values.map((value) => evaluator.evaluate(value));
  return { kind: "return", value: { kind: "tuple", items, span } };
}
