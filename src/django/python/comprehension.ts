import type { SyntaxNode } from "@lezer/common";
import type { Evaluator } from "./evaluator.ts";
import { Scope } from "./scope.ts";
import { truthOf } from "./same-value.ts";
import { childrenOf, spanOf } from "./syntax.ts";
import { itemsOf, type PythonEntry, type PythonValue } from "./value.ts";

/** One `for … in …` or `if …` of a comprehension. */
type Clause =
  | { readonly kind: "for"; readonly targets: readonly SyntaxNode[]; readonly items: SyntaxNode }
  | { readonly kind: "if"; readonly test: SyntaxNode };

const MOST_ITEMS = 10_000;

/** A list, set or dict comprehension, or a generator, over what is known. */
export function readComprehension(node: SyntaxNode, evaluator: Evaluator): PythonValue {
  const parts = childrenOf(node).slice(1, -1);
  const first = parts.findIndex(({ name }) => name === "for" || name === "async");
  const elements = parts.slice(0, first).filter(({ name }) => name !== ":");
  const clauses = readClauses(parts.slice(first));
  const found: PythonValue[][] = [];
  const collect = (inner: Evaluator): boolean => {
    found.push(elements.map((element) => inner.evaluate(element)));
    return found.length <= MOST_ITEMS;
  };
  if (clauses === undefined || !run(clauses, evaluator, collect)) {
    return evaluator.unknown(node, "what it goes through");
  }
  return assemble(node, found);
}

function assemble(node: SyntaxNode, found: readonly PythonValue[][]): PythonValue {
  const span = spanOf(node);
  if (node.name === "DictionaryComprehensionExpression") {
    const entries = found.flatMap(([key, value]): PythonEntry[] =>
      key === undefined || value === undefined ? [] : [{ key, value }],
    );
    return { kind: "dict", entries, span };
  }
  const kind = node.name === "SetComprehensionExpression" ? "set" : "list";
  return { kind, items: found.flat(), span };
}

function readClauses(parts: readonly SyntaxNode[]): Clause[] | undefined {
  const clauses: Clause[] = [];
  let index = 0;
  while (index < parts.length) {
    const start = parts[index];
    if (start?.name === "if") {
      const test = parts[index + 1];
      if (test === undefined) return undefined;
      clauses.push({ kind: "if", test });
      index += 2;
    } else if (start?.name === "for") {
      const inside = parts.findIndex((part, at) => at > index && part.name === "in");
      const items = parts[inside + 1];
      if (inside === -1 || items === undefined) return undefined;
      const targets = parts.slice(index + 1, inside).filter(({ name }) => name !== ",");
      clauses.push({ kind: "for", targets, items });
      index = inside + 2;
    } else return undefined;
  }
  return clauses;
}

/** Whether everything that the clauses need is known. */
function run(
  [clause, ...rest]: readonly Clause[],
  evaluator: Evaluator,
  collect: (inner: Evaluator) => boolean,
): boolean {
  if (clause === undefined) return collect(evaluator);
  if (clause.kind === "if") {
    const truth = truthOf(evaluator.evaluate(clause.test));
    if (truth === undefined) return false;
    return truth ? run(rest, evaluator, collect) : true;
  }
  const items = itemsOf(evaluator.evaluate(clause.items));
  return (
    items?.every((item) => {
      const scope = new Scope(evaluator.scope);
      return (
        bindTargets(clause.targets, item, scope, evaluator.text) &&
        run(rest, evaluator.within(scope), collect)
      );
    }) ?? false
  );
}

/** Binds the names of `for a, b in …` to one item; false when the item does not fit. */
export function bindTargets(
  targets: readonly SyntaxNode[],
  item: PythonValue,
  scope: Scope,
  text: string,
): boolean {
  const [only] = targets;
  if (targets.length === 1 && only?.name === "VariableName") {
    scope.set(text.slice(only.from, only.to), item);
    return true;
  }
  const inner =
    targets.length === 1 && only?.name === "TupleExpression"
      ? childrenOf(only).filter(({ name }) => name === "VariableName" || name === "TupleExpression")
      : targets;
  const items = itemsOf(item);
  if (items === undefined || items.length !== inner.length || inner.length === 0) return false;
  return inner.every((target, index) => {
    const value = items[index];
    return value !== undefined && bindTargets([target], value, scope, text);
  });
}
