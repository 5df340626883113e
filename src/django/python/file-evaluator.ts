import type { SyntaxNode } from "@lezer/common";
import type { Evaluator, LocalCall, Surroundings } from "./evaluator.ts";
import { readExpression } from "./expression.ts";
import { Scope } from "./scope.ts";
import { LARGEST_VALUE, sizeOf } from "./size.ts";
import { runBlock } from "./statements.ts";
import { elementsOf, spanOf } from "./syntax.ts";
import type { PythonUnknown, PythonValue } from "./value.ts";

/** What is left to spend on one file: hostile text must not make the reader hang. */
interface Budget {
  steps: number;
  depth: number;
}

const DEEPEST = 150;
const DEEPEST_CALL = 12;

/** Evaluates the expressions of one file. */
export class FileEvaluator implements Evaluator {
  readonly text: string;
  readonly surroundings: Surroundings;
  readonly scope: Scope;
  readonly #budget: Budget;
  readonly #calls: number;

  constructor(
    text: string,
    surroundings: Surroundings,
    scope = new Scope(),
    budget: Budget = { steps: 50_000 + 4 * text.length, depth: 0 },
    calls = 0,
  ) {
    this.text = text;
    this.surroundings = surroundings;
    this.scope = scope;
    this.#budget = budget;
    this.#calls = calls;
  }

  evaluate(node: SyntaxNode): PythonValue {
    const budget = this.#budget;
    budget.steps -= 1;
    if (budget.steps < 0) return this.unknown(node, "the file takes too long to evaluate");
    if (budget.depth > DEEPEST) return this.unknown(node, "it is nested too deeply");
    budget.depth += 1;
    const value = readExpression(node, this);
    budget.depth -= 1;
    if (sizeOf(value) > LARGEST_VALUE) return this.unknown(node, "it is too large");
    return value;
  }

  within(scope: Scope): Evaluator {
    return new FileEvaluator(this.text, this.surroundings, scope, this.#budget, this.#calls);
  }

  callFunction(name: string, call: LocalCall): PythonValue | undefined {
    const definition = this.scope.functionNamed(name);
    const body = definition?.getChild("Body");
    if (definition === undefined || body === undefined || body === null) return undefined;
    if (this.#calls >= DEEPEST_CALL) return this.unknown(call.node, "it calls itself too deeply");
    const scope = new Scope(moduleScope(this.scope));
    const inner = new FileEvaluator(
      this.text,
      this.surroundings,
      scope,
      this.#budget,
      this.#calls + 1,
    );
    if (!bindParameters(definition, call, inner)) {
      return this.unknown(call.node, `the parameters of ${name}()`);
    }
    const completion = runBlock(body, inner);
    return completion.kind === "return"
      ? completion.value
      : this.unknown(call.node, `what ${name}() returns`);
  }

  unknown(node: SyntaxNode, reason: string): PythonUnknown {
    return { kind: "unknown", reason, span: spanOf(node) };
  }
}

function moduleScope(scope: Scope): Scope {
  return scope.parent === undefined ? scope : moduleScope(scope.parent);
}

interface Parameter {
  readonly name: string;
  readonly fallback: SyntaxNode | undefined;
}

/** The parameters of a function; undefined when it takes any number of them. */
function readParameters(definition: SyntaxNode, text: string): Parameter[] | undefined {
  const list = definition.getChild("ParamList");
  const nodes = (list === null ? [] : elementsOf(list)).filter(
    ({ name }) => name !== "TypeDef" && name !== "/",
  );
  const parameters: Parameter[] = [];
  for (let index = 0; index < nodes.length; index += 1) {
    const node = nodes[index];
    if (node?.name !== "VariableName") return undefined;
    const fallback = nodes[index + 1]?.name === "AssignOp" ? nodes[index + 2] : undefined;
    parameters.push({ name: text.slice(node.from, node.to), fallback });
    if (fallback !== undefined) index += 2;
  }
  return parameters;
}

/** Whether every parameter has a value. */
function bindParameters(definition: SyntaxNode, call: LocalCall, evaluator: Evaluator): boolean {
  const parameters = readParameters(definition, evaluator.text);
  if (parameters === undefined || call.args.length > parameters.length) return false;
  return parameters.every(({ name, fallback }, position) => {
    const given = call.args[position] ?? call.keywords.get(name);
    const value = given ?? (fallback && evaluator.evaluate(fallback));
    if (value !== undefined) evaluator.scope.set(name, value);
    return value !== undefined;
  });
}
