import type { SyntaxNode } from "@lezer/common";
import type { Evaluator } from "./evaluator.ts";
import { joinStrings } from "./literals.ts";
import { joinPath } from "./path.ts";
import { canonicalText, printed, truthOf } from "./same-value.ts";
import { staysShort } from "./size.ts";
import { childrenOf, spanOf } from "./syntax.ts";
import { itemsOf, type PythonValue } from "./value.ts";

/** A chain of binary operators is read in a loop: thousands of joined strings are no deep tree. */
export function readBinary(node: SyntaxNode, evaluator: Evaluator): PythonValue {
  const chain: SyntaxNode[] = [];
  let first = node;
  while (first.name === "BinaryExpression" && first.firstChild !== null) {
    chain.push(first);
    first = first.firstChild;
  }
  let left = evaluator.evaluate(first);
  for (const one of chain.toReversed()) {
    const parts = childrenOf(one);
    const right = parts.at(-1);
    if (right === undefined) return evaluator.unknown(node, "an operand is missing");
    const operator = parts
      .slice(1, -1)
      .map((part) => evaluator.text.slice(part.from, part.to))
      .join(" ");
    left = combine(operator, left, right, one, evaluator);
  }
  return left;
}

function combine(
  operator: string,
  left: PythonValue,
  rightNode: SyntaxNode,
  node: SyntaxNode,
  evaluator: Evaluator,
): PythonValue {
  if (operator === "and" || operator === "or") {
    const truth = truthOf(left);
    if (truth === undefined) return evaluator.unknown(node, "a condition is not known");
    return truth === (operator === "and") ? evaluator.evaluate(rightNode) : left;
  }
  const right = evaluator.evaluate(rightNode);
  return (
    compare(operator, left, right, node) ??
    calculate(operator, left, right, node) ??
    build(operator, left, right, node) ??
    evaluator.unknown(node, `what \`${operator}\` gives here is not known`)
  );
}

function compare(
  operator: string,
  left: PythonValue,
  right: PythonValue,
  node: SyntaxNode,
): PythonValue | undefined {
  const result = comparison(operator, left, right);
  return result === undefined ? undefined : { kind: "boolean", value: result, span: spanOf(node) };
}

function comparison(operator: string, left: PythonValue, right: PythonValue): boolean | undefined {
  if (!isPlain(left) || !isPlain(right)) return undefined;
  switch (operator) {
    case "==":
    case "is":
      return canonicalText(left) === canonicalText(right);
    case "!=":
    case "is not":
      return canonicalText(left) !== canonicalText(right);
    case "in":
    case "not in": {
      const items = itemsOf(right)?.map(canonicalText);
      return items && items.includes(canonicalText(left)) === (operator === "in");
    }
    case "<":
    case "<=":
    case ">":
    case ">=": {
      const order = ordering(left, right);
      if (order === undefined) return undefined;
      if (order === 0) return operator.length === 2;
      return order < 0 === operator.startsWith("<");
    }
    default:
      return undefined;
  }
}

/** Constants, and sequences of them. */
function isPlain(value: PythonValue): boolean {
  const items = itemsOf(value);
  if (items !== undefined) return items.every(isPlain);
  return ["none", "boolean", "integer", "float", "string", "bytes"].includes(value.kind);
}

function ordering(left: PythonValue, right: PythonValue): number | undefined {
  if (left.kind === "string" && right.kind === "string") {
    return left.value < right.value ? -1 : Number(left.value > right.value);
  }
  if (isNumber(left) && isNumber(right)) return Number(left.value) - Number(right.value);
  const [some, others] = [itemsOf(left), itemsOf(right)];
  if (some === undefined || others === undefined) return undefined;
  for (const [index, one] of some.entries()) {
    const other = others[index];
    if (other === undefined) return 1;
    const order = ordering(one, other);
    if (order !== 0) return order;
  }
  return some.length - others.length;
}

function isNumber(value: PythonValue): value is Extract<PythonValue, { value: bigint | number }> {
  return value.kind === "integer" || value.kind === "float";
}

/** Numbers, text and lists. */
function calculate(
  operator: string,
  left: PythonValue,
  right: PythonValue,
  node: SyntaxNode,
): PythonValue | undefined {
  const span = spanOf(node);
  if (left.kind === "integer" && right.kind === "integer") {
    const value = integers(operator, left.value, right.value);
    return value === undefined ? undefined : { kind: "integer", value, span };
  }
  if (operator === "%" && left.kind === "string") return interpolate(left.value, right, node);
  if (operator === "/" && left.kind === "path" && right.kind === "string") {
    return { kind: "path", path: joinPath(left.path, right.value), span };
  }
  return operator === "+" ? join(left, right, node) : undefined;
}

function join(left: PythonValue, right: PythonValue, node: SyntaxNode): PythonValue | undefined {
  const [some, more] = [itemsOf(left), itemsOf(right)];
  if (some === undefined || more === undefined) return joinStrings([left, right], node);
  if (left.kind !== right.kind || left.kind === "set") return undefined;
  return { kind: left.kind as "list" | "tuple", items: [...some, ...more], span: spanOf(node) };
}

const LARGEST_SHIFT = 256n;

function integers(operator: string, left: bigint, right: bigint): bigint | undefined {
  switch (operator) {
    case "+":
      return left + right;
    case "-":
      return left - right;
    case "*":
      return left * right;
    case "//":
      return left >= 0n && right > 0n ? left / right : undefined;
    case "**":
      return right >= 0n && right <= LARGEST_SHIFT && left < 1_000_000n ? left ** right : undefined;
    case "<<":
      return right >= 0n && right <= LARGEST_SHIFT ? left << right : undefined;
    default:
      return undefined;
  }
}

function interpolate(
  format: string,
  right: PythonValue,
  node: SyntaxNode,
): PythonValue | undefined {
  const values = right.kind === "tuple" ? right.items : [right];
  let next = 0;
  const inserted = right.kind === "dict" ? right.entries.map((one) => one.value) : values;
  let known = staysShort(format, inserted.map(printed));
  if (!known) return undefined;
  const value = format.replaceAll(/%(?:\((\w+)\))?([sd%])/g, (_, name: string, type: string) => {
    if (type === "%") return "%";
    const found = name === undefined ? values[next++] : entry(right, name);
    const text = found === undefined ? undefined : printed(found);
    known &&= text !== undefined;
    return text ?? "";
  });
  return known ? { kind: "string", value, span: spanOf(node) } : undefined;
}

function entry(dict: PythonValue, name: string): PythonValue | undefined {
  if (dict.kind !== "dict") return undefined;
  return dict.entries.find(({ key }) => key.kind === "string" && key.value === name)?.value;
}

/** What is not calculated here is kept for those who know what it builds: Q objects, expressions. */
function build(
  operator: string,
  left: PythonValue,
  right: PythonValue,
  node: SyntaxNode,
): PythonValue | undefined {
  if (!["&", "|", "^", "+", "-", "*", "/", "%"].includes(operator)) return undefined;
  if (!isObject(left) && !isObject(right)) return undefined;
  return { kind: "operator", operator, operands: [left, right], span: spanOf(node) };
}

function isObject(value: PythonValue): boolean {
  return value.kind === "call" || value.kind === "operator";
}

export function readUnary(node: SyntaxNode, evaluator: Evaluator): PythonValue {
  const [sign, operand] = childrenOf(node);
  if (sign === undefined || operand === undefined) {
    return evaluator.unknown(node, "an operand is missing");
  }
  const operator = evaluator.text.slice(sign.from, sign.to);
  const value = evaluator.evaluate(operand);
  return (
    signed(operator, value, node) ??
    evaluator.unknown(node, `what \`${operator}\` gives here is not known`)
  );
}

function signed(operator: string, value: PythonValue, node: SyntaxNode): PythonValue | undefined {
  const span = spanOf(node);
  if (operator === "not") {
    const truth = truthOf(value);
    return truth === undefined ? undefined : { kind: "boolean", value: !truth, span };
  }
  if (isObject(value)) return { kind: "operator", operator, operands: [value], span };
  if (operator === "+" && isNumber(value)) return { ...value, span };
  if (operator !== "-") return undefined;
  if (value.kind === "integer") return { ...value, value: -value.value, span };
  return value.kind === "float" ? { ...value, value: -value.value, span } : undefined;
}

/** `a if test else b`. */
export function readConditional(node: SyntaxNode, evaluator: Evaluator): PythonValue {
  const [then, , test, , otherwise] = childrenOf(node);
  if (then === undefined || test === undefined || otherwise === undefined) {
    return evaluator.unknown(node, "an operand is missing");
  }
  const truth = truthOf(evaluator.evaluate(test));
  if (truth === undefined) return evaluator.unknown(node, "its condition is not known");
  return evaluator.evaluate(truth ? then : otherwise);
}
