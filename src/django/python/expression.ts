import type { SyntaxNode } from "@lezer/common";
import { readCall } from "./calls.ts";
import { readComprehension } from "./comprehension.ts";
import type { Evaluator } from "./evaluator.ts";
import {
  readAdjacentStrings,
  readDict,
  readFormatString,
  readNumber,
  readSequence,
  readString,
} from "./literals.ts";
import { readMember, readVariable } from "./names.ts";
import { readBinary, readConditional, readUnary } from "./operators.ts";
import { elementsOf, spanOf } from "./syntax.ts";
import type { PythonValue } from "./value.ts";

type Reader = (node: SyntaxNode, evaluator: Evaluator) => PythonValue;

/** How each kind of expression of the grammar is read. */
const READERS: Readonly<Record<string, Reader>> = {
  String: readString,
  ContinuedString: readAdjacentStrings,
  FormatString: readFormatString,
  Number: readNumber,
  Boolean: (node, { text }) => ({
    kind: "boolean",
    value: text.slice(node.from, node.to) === "True",
    span: spanOf(node),
  }),
  None: (node) => ({ kind: "none", span: spanOf(node) }),
  ArrayExpression: readSequence("list"),
  TupleExpression: readSequence("tuple"),
  SetExpression: readSequence("set"),
  DictionaryExpression: readDict,
  ParenthesizedExpression: readParentheses,
  UnaryExpression: readUnary,
  BinaryExpression: readBinary,
  ConditionalExpression: readConditional,
  VariableName: readVariable,
  MemberExpression: readMember,
  CallExpression: readCall,
  LambdaExpression: (node) => ({ kind: "lambda", span: spanOf(node) }),
  ArrayComprehensionExpression: readComprehension,
  SetComprehensionExpression: readComprehension,
  DictionaryComprehensionExpression: readComprehension,
  ComprehensionExpression: readComprehension,
};

/** Reads one expression; a kind that is not read is unknown. */
export function readExpression(node: SyntaxNode, evaluator: Evaluator): PythonValue {
  const read = READERS[node.name];
  return read === undefined
    ? evaluator.unknown(node, `a ${node.name} is not evaluated`)
    : read(node, evaluator);
}

function readParentheses(node: SyntaxNode, evaluator: Evaluator): PythonValue {
  const [inner, ...rest] = elementsOf(node);
  if (inner === undefined || rest.length > 0) {
    return evaluator.unknown(node, "the parentheses are not complete");
  }
  return evaluator.evaluate(inner);
}
