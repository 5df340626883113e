import { lastPart, type PythonValue } from "../python/value.ts";
import { isAtLeast } from "../state/project-state.ts";
import { Uncompilable } from "../state/uncompilable.ts";
import type { Model } from "../state/model.ts";
import { ExpressionContext } from "./expression-context.ts";
import { compileExpression } from "./expression.ts";
import { compileLookup } from "./lookup.ts";
import { type QChild, type QNode, readQ } from "./q-tree.ts";

/** A part of a WHERE: SQL, or parts that are joined (Django's WhereNode). */
type Where = string | WhereNode;

interface WhereNode {
  readonly connector: QNode["connector"];
  readonly isNegated: boolean;
  readonly children: readonly Where[];
}

/** A context for the expressions of one model. */
export function expressionContext(model: Model): ExpressionContext {
  return new ExpressionContext(model, compileCondition);
}

/** The condition of an index or a constraint as SQL. */
export function compileCondition(value: PythonValue, context: ExpressionContext): string {
  return write(build(readQ(value), context, false), context);
}

function build(node: QNode, context: ExpressionContext, isNegated: boolean): WhereNode {
  const inNegation = isNegated !== node.isNegated;
  let where: WhereNode = { connector: node.connector, isNegated: node.isNegated, children: [] };
  for (const child of node.children) {
    where = add(where, buildChild(child, context, inNegation));
  }
  return where;
}

/** A child is joined in where nothing sets it apart (`Node.add` of django.utils.tree). */
function add(node: WhereNode, child: WhereNode): WhereNode {
  const joins =
    !child.isNegated && (child.connector === node.connector || child.children.length === 1);
  return { ...node, children: [...node.children, ...(joins ? child.children : [child])] };
}

function buildChild(child: QChild, context: ExpressionContext, isNegated: boolean): WhereNode {
  if (child.kind === "q") return build(child, context, isNegated);
  if (child.kind === "expression") return plain([compileTruth(child.value, context)]);
  const { path, value } = child;
  const lookup = compileLookup(path, value, context);
  if (!isNegated || !lookup.mayBeNull) return plain([lookup.sql]);
  // NOT (a = 1) would be unknown where a is NULL: Django says so.
  return plain([lookup.sql, ...lookup.nullable.map((column) => `${column} IS NOT NULL`)]);
}

function plain(children: readonly string[]): WhereNode {
  return { connector: "AND", isNegated: false, children };
}

/** An expression that is a condition by itself: `Exists`, a comparison, a function of boolean value. */
function compileTruth(value: PythonValue, context: ExpressionContext): string {
  if (value.kind === "call") {
    const comparison = COMPARISONS[lastPart(value.callee)];
    const [left, right] = value.args;
    if (comparison !== undefined && left !== undefined && right !== undefined) {
      const operand = compileExpression(right, context);
      const isPlain = right.kind !== "call" && right.kind !== "operator";
      const inner = isPlain || operand.startsWith("(") ? operand : `(${operand})`;
      return `${compileExpression(left, context)} ${comparison} ${inner}`;
    }
  }
  return compileExpression(value, context);
}

const COMPARISONS: Readonly<Record<string, string>> = {
  Exact: "=",
  GreaterThan: ">",
  GreaterThanOrEqual: ">=",
  LessThan: "<",
  LessThanOrEqual: "<=",
};

function write(where: Where, context: ExpressionContext): string {
  if (typeof where === "string") return where;
  const { connector, children, isNegated } = where;
  if (children.length === 0) throw new Uncompilable("a condition that is empty");
  if (connector === "XOR" && children.length > 1) {
    const exclusive = write(exclusion(children, context), context);
    return isNegated ? `NOT (${exclusive})` : exclusive;
  }
  const parts = children.map((child) => write(child, context));
  const joined = parts.join(` ${connector} `);
  if (isNegated) return `NOT (${joined})`;
  return parts.length > 1 ? `(${joined})` : joined;
}

/** PostgreSQL has no XOR: at least one is true, and an odd number of them (before 5.0: exactly one). */
function exclusion(children: readonly Where[], context: ExpressionContext): WhereNode {
  const parts = children.map((child) => write(child, context));
  const sum = parts.map((part) => `CASE WHEN ${part} THEN 1 ELSE 0 END`).join(" + ");
  const { settings } = context.model.apps;
  const counted = isAtLeast(settings, 5, 0) && parts.length > 2 ? `MOD(${sum}, 2)` : `(${sum})`;
  const either: WhereNode = { connector: "OR", isNegated: false, children: parts };
  return plain([write(either, context), `1 = ${counted}`]);
}
