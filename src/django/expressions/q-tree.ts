import { isSameValue } from "../python/same-value.ts";
import {
  itemsOf,
  lastPart,
  type PythonCall,
  type PythonOperator,
  type PythonValue,
  textOf,
} from "../python/value.ts";
import { Uncompilable } from "../state/uncompilable.ts";

/** A Q object: conditions that are joined, and perhaps negated, as one. */
export interface QNode {
  readonly kind: "q";
  readonly connector: "AND" | "OR" | "XOR";
  readonly isNegated: boolean;
  readonly children: readonly QChild[];
}

/** `("price__gt", 0)`, another Q object, or an expression that is true or false. */
export type QChild =
  | QNode
  | { readonly kind: "lookup"; readonly path: string; readonly value: PythonValue }
  | { readonly kind: "expression"; readonly value: PythonValue };

const CONNECTORS: Readonly<Record<string, QNode["connector"]>> = {
  "&": "AND",
  "|": "OR",
  "^": "XOR",
  AND: "AND",
  OR: "OR",
  XOR: "XOR",
};

/** Reads a Q object, and Q objects that are joined by `&`, `|`, `^` and `~`. */
export function readQ(value: PythonValue): QNode {
  const child = readChild(value);
  if (child.kind === "q") return child;
  return { kind: "q", connector: "AND", isNegated: false, children: [child] };
}

function readChild(value: PythonValue): QChild {
  if (value.kind === "operator") return readOperator(value);
  if (value.kind === "call") {
    return lastPart(value.callee) === "Q" ? readCall(value) : { kind: "expression", value };
  }
  const [path, operand] = value.kind === "tuple" ? (itemsOf(value) ?? []) : [];
  const name = textOf(path);
  if (name !== undefined && operand !== undefined) {
    return { kind: "lookup", path: name, value: operand };
  }
  throw new Uncompilable("a condition", value.span);
}

function readOperator(value: PythonOperator): QChild {
  const [left, right] = value.operands;
  const connector = CONNECTORS[value.operator];
  if (value.operator === "~" && left !== undefined) return negated(readQ(left));
  if (connector !== undefined && left !== undefined && right !== undefined) {
    return combined(readQ(left), readQ(right), connector);
  }
  return { kind: "expression", value };
}

/** Positional conditions come first, named ones in the order of their names. */
function readCall(call: PythonCall): QNode {
  if (!call.complete) throw new Uncompilable("a condition", call.span);
  const connector = textOf(call.keywords.get("_connector")) ?? "AND";
  const negatedBy = call.keywords.get("_negated");
  const named = [...call.keywords]
    .filter(([name]) => name !== "_connector" && name !== "_negated")
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([path, value]): QChild => ({ kind: "lookup", path, value }));
  return {
    kind: "q",
    connector: CONNECTORS[connector] ?? "AND",
    isNegated: negatedBy?.kind === "boolean" && negatedBy.value,
    children: [...call.args.map(readChild), ...named],
  };
}

function negated(node: QNode): QNode {
  return { ...node, isNegated: !node.isNegated };
}

/** Two Q objects as one, flattened where Django flattens them (`Node.add` of django.utils.tree). */
function combined(left: QNode, right: QNode, connector: QNode["connector"]): QNode {
  if (left.children.length === 0) return right;
  if (right.children.length === 0) return left;
  const empty: QNode = { kind: "q", connector, isNegated: false, children: [] };
  return add(add(empty, left), right);
}

/** A node with another one added under its own connector. */
function add(node: QNode, child: QNode): QNode {
  if (node.children.some((one) => isSameChild(one, child))) return node;
  const joins =
    !child.isNegated && (child.connector === node.connector || child.children.length === 1);
  return { ...node, children: [...node.children, ...(joins ? child.children : [child])] };
}

function isSameChild(a: QChild, b: QChild): boolean {
  if (a.kind === "lookup" && b.kind === "lookup") {
    return a.path === b.path && isSameValue(a.value, b.value);
  }
  if (a.kind === "expression" && b.kind === "expression") return isSameValue(a.value, b.value);
  if (a.kind !== "q" || b.kind !== "q") return false;
  return (
    a.connector === b.connector &&
    a.isNegated === b.isNegated &&
    a.children.length === b.children.length &&
    a.children.every((one, index) => {
      const other = b.children[index];
      return other !== undefined && isSameChild(one, other);
    })
  );
}
