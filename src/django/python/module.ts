import type { SyntaxNode, Tree } from "@lezer/common";
import { parser } from "@lezer/python";
import type { Span } from "../../core/span.ts";
import type { Evaluator, Surroundings } from "./evaluator.ts";
import { FileEvaluator } from "./file-evaluator.ts";
import { starImport } from "./imports.ts";
import { Scope } from "./scope.ts";
import { runBlock } from "./statements.ts";
import { childrenOf, elementsOf, spanOf } from "./syntax.ts";
import type { PythonName, PythonValue } from "./value.ts";

/** A Python file that was read and not run. */
export interface PythonModule {
  /** Path from the repository's root, with `/`. */
  readonly path: string;
  readonly text: string;
  readonly tree: Tree;
  /** Evaluates more of it. */
  readonly evaluator: Evaluator;
  /** The names of the module: variables, what is imported (`PythonName`), functions and classes. */
  readonly names: ReadonlyMap<string, PythonValue>;
  /** The module-level functions without a decorator, by name. */
  readonly functions: ReadonlyMap<string, SyntaxNode>;
  readonly classes: ReadonlyMap<string, PythonClass>;
  /** Modules whose names are all imported by `from … import *`. */
  readonly stars: readonly string[];
  /** Where the text is not Python. */
  readonly faults: readonly Span[];
}

export interface PythonClass {
  readonly name: string;
  /** Its name in the file. */
  readonly span: Span;
  readonly bases: readonly PythonName[];
  /** The values of the names that its body assigns. */
  readonly names: ReadonlyMap<string, PythonValue>;
  /** The whole definition. */
  readonly node: SyntaxNode;
}

const MOST_FAULTS = 20;

/** Reads a Python file: its names, classes and functions. Never throws for what the file holds. */
export function readModule(text: string, surroundings: Surroundings): PythonModule {
  const tree = parser.parse(withOneException(text));
  const scope = new Scope();
  const evaluator = new FileEvaluator(text, surroundings, scope);
  bindFunctions(tree.topNode, scope, text);
  runBlock(tree.topNode, evaluator);
  const classes = new Map<string, PythonClass>();
  const stars: string[] = [];
  for (const node of statementsOf(tree.topNode)) {
    if (node.name === "ClassDefinition") {
      const read = readClass(node, evaluator);
      if (read !== undefined) classes.set(read.name, read);
    } else if (node.name === "ImportStatement") {
      const star = starImport(node, text, surroundings.module);
      if (star !== undefined) stars.push(star);
    }
  }
  return {
    path: surroundings.path,
    text,
    tree,
    evaluator,
    names: scope.names,
    functions: scope.functions,
    classes,
    stars,
    faults: findFaults(tree),
  };
}

/** A function can be called above the place where it is defined, in a class body that runs later. */
function bindFunctions(top: SyntaxNode, scope: Scope, text: string): void {
  for (const node of top.getChildren("FunctionDefinition")) {
    const name = node.getChild("VariableName");
    if (name !== null) scope.functions.set(text.slice(name.from, name.to), node);
  }
}

/** The statements of a module, those in its `if` and `try` blocks included. */
function statementsOf(block: SyntaxNode): SyntaxNode[] {
  return childrenOf(block).flatMap((node) => {
    if (node.name === "IfStatement" || node.name === "TryStatement") {
      return node.getChildren("Body").flatMap(statementsOf);
    }
    return node.name === "DecoratedStatement" ? childrenOf(node) : [node];
  });
}

function readClass(node: SyntaxNode, module: FileEvaluator): PythonClass | undefined {
  const nameNode = node.getChild("VariableName");
  if (nameNode === null) return undefined;
  const scope = new Scope(module.scope);
  const body = node.getChild("Body");
  if (body !== null) runBlock(body, module.within(scope));
  const list = node.getChild("ArgList");
  const bases = (list === null ? [] : elementsOf(list))
    .filter(({ name }) => name === "VariableName" || name === "MemberExpression")
    .map((base) => module.evaluate(base))
    .filter((base) => base.kind === "name");
  const name = module.text.slice(nameNode.from, nameNode.to);
  return { name, span: spanOf(nameNode), bases, names: scope.names, node };
}

/** Exceptions without brackets, as Python has them from 3.14 on (https://peps.python.org/pep-0758/). */
const EXCEPT = /^([ \t]*except\*?[ \t]+[\w.]+)((?:[ \t]*,[ \t]*[\w.]+)+)(?=[ \t]*:)/gm;

/** A text of the same length that the grammar, which is older, reads: which exceptions they are matters to nobody here. */
function withOneException(text: string): string {
  return text.replace(EXCEPT, (_, first: string, rest: string) => first + "x".repeat(rest.length));
}

function findFaults(tree: Tree): Span[] {
  const faults: Span[] = [];
  tree.iterate({
    enter: ({ type, from, to }) => {
      if (type.isError && faults.length < MOST_FAULTS) faults.push({ start: from, end: to });
    },
  });
  return faults;
}
