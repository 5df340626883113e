import type { SyntaxNode } from "@lezer/common";
import type { Evaluator } from "./evaluator.ts";
import { printed } from "./same-value.ts";
import { readStringLiteral, unescapeBraces } from "./string-literal.ts";
import { childrenOf, elementsOf, spanOf } from "./syntax.ts";
import { itemsOf, type PythonEntry, type PythonValue, type StringSegment } from "./value.ts";

export function readString(node: SyntaxNode, evaluator: Evaluator): PythonValue {
  const literal = readStringLiteral(evaluator.text.slice(node.from, node.to));
  const span = spanOf(node);
  if (literal === undefined) return evaluator.unknown(node, "the string is not closed");
  if (literal.bytes) return { kind: "bytes", value: literal.value, span };
  const segments = literal.segments.map(({ at, start }) => ({ at, start: node.from + start }));
  return { kind: "string", value: literal.value, span, segments };
}

/** Adjacent strings are one. */
export function readAdjacentStrings(node: SyntaxNode, evaluator: Evaluator): PythonValue {
  const parts = childrenOf(node).map((child) => evaluator.evaluate(child));
  return joinStrings(parts, node) ?? evaluator.unknown(node, "a part of the text is not known");
}

/** The text of strings one after the other; undefined when one of them is none. */
export function joinStrings(
  parts: readonly PythonValue[],
  node: SyntaxNode,
): PythonValue | undefined {
  let value = "";
  const segments: StringSegment[] = [];
  for (const part of parts) {
    if (part.kind !== "string") return undefined;
    for (const { at, start } of part.segments ?? [{ at: 0, start: part.span.start }]) {
      segments.push({ at: value.length + at, start });
    }
    value += part.value;
  }
  const text = { kind: "string", value, span: spanOf(node) } as const;
  return segments.length > MOST_SEGMENTS ? text : { ...text, segments };
}

/** A text of more pieces is one that was computed. */
const MOST_SEGMENTS = 5000;

const QUOTED = /^[a-zA-Z]{0,3}('''|"""|'|")([\s\S]*)\1$/;

/** An f-string whose holes are text or whole numbers. */
export function readFormatString(node: SyntaxNode, evaluator: Evaluator): PythonValue {
  const { text } = evaluator;
  const holes = node.getChildren("FormatReplacement");
  const whole = text.slice(node.from, node.to);
  const quote = QUOTED.exec(whole)?.[1];
  if (quote === undefined) return evaluator.unknown(node, "the string is not closed");
  const prefix = whole.slice(0, whole.indexOf(quote)).replace(/f/i, "");
  let value = "";
  let from = node.from + whole.indexOf(quote) + quote.length;
  for (const hole of [...holes, undefined]) {
    const piece = text.slice(from, hole?.from ?? node.to - quote.length);
    value += unescapeBraces(readStringLiteral(`${prefix}${quote}${piece}${quote}`)?.value ?? piece);
    if (hole === undefined) break;
    const filled = fillHole(hole, evaluator);
    if (filled === undefined) return evaluator.unknown(node, "a part of the text is not known");
    value += filled;
    from = hole.to;
  }
  return { kind: "string", value, span: spanOf(node) };
}

function fillHole(hole: SyntaxNode, evaluator: Evaluator): string | undefined {
  const [expression, ...rest] = elementsOf(hole);
  if (expression === undefined || rest.length > 0) return undefined;
  return printed(evaluator.evaluate(expression));
}

/** Python's numbers; those with an imaginary part are not known. */
export function readNumber(node: SyntaxNode, evaluator: Evaluator): PythonValue {
  const digits = evaluator.text.slice(node.from, node.to).replaceAll("_", "");
  const span = spanOf(node);
  if (/^(?:0[xob][\da-f]+|[1-9]\d*|0+)$/i.test(digits)) {
    return { kind: "integer", value: BigInt(/^0+$/.test(digits) ? "0" : digits), span };
  }
  // Python 2's octal numbers and its long ones.
  if (/^0[0-7]+l?$/i.test(digits)) {
    return { kind: "integer", value: BigInt(`0o${digits.replace(/l/i, "").slice(1)}`), span };
  }
  if (/^\d+l$/i.test(digits)) return { kind: "integer", value: BigInt(digits.slice(0, -1)), span };
  const value = Number(digits);
  if (Number.isNaN(value)) return evaluator.unknown(node, "the number is not a real one");
  return { kind: "float", value, span };
}

export function readSequence(kind: "list" | "tuple" | "set") {
  return (node: SyntaxNode, evaluator: Evaluator): PythonValue => {
    const items = readItems(elementsOf(node), evaluator);
    if (items === undefined) return evaluator.unknown(node, "what is unpacked in it is not known");
    return { kind, items, span: spanOf(node) };
  };
}

/** Elements, those behind `*` unpacked; undefined when what is unpacked is not known. */
export function readItems(
  nodes: readonly SyntaxNode[],
  evaluator: Evaluator,
): PythonValue[] | undefined {
  const items: PythonValue[] = [];
  let unpacks = false;
  for (const node of nodes) {
    if (node.name === "*") {
      unpacks = true;
      continue;
    }
    const value = evaluator.evaluate(node);
    if (unpacks) {
      const inner = itemsOf(value);
      if (inner === undefined) return undefined;
      items.push(...inner);
    } else items.push(value);
    unpacks = false;
  }
  return items;
}

export function readDict(node: SyntaxNode, evaluator: Evaluator): PythonValue {
  const parts = elementsOf(node);
  const entries: PythonEntry[] = [];
  for (let index = 0; index < parts.length; index += 2) {
    const [first, second] = [parts[index], parts[index + 1]];
    if (first === undefined || second === undefined) break;
    if (first.name === "**") {
      const inner = evaluator.evaluate(second);
      if (inner.kind !== "dict") {
        return evaluator.unknown(node, "what is unpacked in it is not known");
      }
      entries.push(...inner.entries);
    } else entries.push({ key: evaluator.evaluate(first), value: evaluator.evaluate(second) });
  }
  return { kind: "dict", entries, span: spanOf(node) };
}
