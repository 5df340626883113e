import type { SyntaxNode } from "@lezer/common";
import { BUILTINS } from "./builtin-calls.ts";
import type { Evaluator } from "./evaluator.ts";
import { readComprehension } from "./comprehension.ts";
import { callMethod } from "./methods.ts";
import { childrenOf, spanOf } from "./syntax.ts";
import { itemsOf, type PythonName, type PythonValue } from "./value.ts";

interface Arguments {
  readonly args: readonly PythonValue[];
  readonly keywords: ReadonlyMap<string, PythonValue>;
  readonly complete: boolean;
}

/** A call: evaluated where it is Python's own or a small function of this file, kept otherwise. */
export function readCall(node: SyntaxNode, evaluator: Evaluator): PythonValue {
  const parts = childrenOf(node);
  const [calleeNode, list] = [parts[0], parts.at(-1)];
  if (calleeNode === undefined || list?.name !== "ArgList") {
    return evaluator.unknown(node, "the call is not complete");
  }
  const given = readArguments(list, evaluator);
  const property = methodOf(calleeNode);
  if (property !== undefined) {
    const object = evaluator.evaluate(property.object);
    if (object.kind !== "name") {
      const name = evaluator.text.slice(property.name.from, property.name.to);
      return (
        callMethod(object, { node, name, ...given, evaluator }) ??
        evaluator.unknown(node, `what \`.${name}()\` gives here`)
      );
    }
  }
  const callee = evaluator.evaluate(calleeNode);
  if (callee.kind !== "name") return evaluator.unknown(node, "what is called");
  return callName(callee, given, node, evaluator);
}

function methodOf(callee: SyntaxNode): { object: SyntaxNode; name: SyntaxNode } | undefined {
  if (callee.name !== "MemberExpression") return undefined;
  const [object, dot, name] = childrenOf(callee);
  if (object === undefined || dot?.name !== "." || name === undefined) return undefined;
  return { object, name };
}

function callName(
  callee: PythonName,
  given: Arguments,
  node: SyntaxNode,
  evaluator: Evaluator,
): PythonValue {
  if (callee.local && given.complete) {
    const value = evaluator.callFunction(callee.name, { node, ...given });
    if (value !== undefined) return value;
  }
  const builtin = callee.local || !given.complete ? undefined : BUILTINS[callee.name];
  return (
    builtin?.({ node, ...given, evaluator }) ?? {
      kind: "call",
      callee: callee.name,
      local: callee.local,
      ...given,
      span: spanOf(node),
    }
  );
}

function readArguments(list: SyntaxNode, evaluator: Evaluator): Arguments {
  const nodes = childrenOf(list).slice(1, -1);
  if (nodes.some(({ name }) => name === "for")) {
    return { args: [readComprehension(list, evaluator)], keywords: new Map(), complete: true };
  }
  const args: PythonValue[] = [];
  const keywords = new Map<string, PythonValue>();
  let complete = true;
  for (let index = 0; index < nodes.length; index += 1) {
    const [one, next, value] = [nodes[index], nodes[index + 1], nodes[index + 2]];
    if (one === undefined || one.name === ",") continue;
    if (next?.name === "AssignOp" && value !== undefined) {
      keywords.set(evaluator.text.slice(one.from, one.to), evaluator.evaluate(value));
      index += 2;
    } else if ((one.name === "*" || one.name === "**") && next !== undefined) {
      complete = unpack(evaluator.evaluate(next), one.name, args, keywords) && complete;
      index += 1;
    } else args.push(evaluator.evaluate(one));
  }
  return { args, keywords, complete };
}

/** Whether what is behind `*` or `**` is known. */
function unpack(
  value: PythonValue,
  mark: string,
  args: PythonValue[],
  keywords: Map<string, PythonValue>,
): boolean {
  if (mark === "*") {
    const items = itemsOf(value);
    args.push(...(items ?? []));
    return items !== undefined;
  }
  if (value.kind !== "dict") return false;
  for (const entry of value.entries) {
    if (entry.key.kind !== "string") return false;
    keywords.set(entry.key.value, entry.value);
  }
  return true;
}
