import { lastPart, type PythonCall, type PythonValue, textOf } from "../python/value.ts";
import { quoteName } from "../schema/names.ts";
import { compileExpression, compileSource } from "./expression.ts";
import type { ExpressionContext } from "./expression-context.ts";

/** What stands around the expression of an index key. */
const WRAPPERS = new Set(["OrderBy", "OpClass", "Collate"]);

/** One key of an index that is made of expressions: what is no bare column stands in parentheses. */
export function compileIndexExpression(value: PythonValue, context: ExpressionContext): string {
  const named = textOf(value);
  if (named !== undefined) return compileSource(value, context);
  const name = value.kind === "call" ? lastPart(value.callee) : "";
  if (value.kind !== "call" || !WRAPPERS.has(name)) return parenthesized(value, context);
  const inner = value.args[0] ?? value.keywords.get("expression");
  if (inner === undefined) return parenthesized(value, context);
  const sql = compileIndexExpression(inner, context);
  if (name === "OrderBy") return sql + ordering(value);
  const second = value.args[1] ?? value.keywords.get(name === "OpClass" ? "name" : "collation");
  const word = textOf(second) ?? "";
  return name === "OpClass" ? `${sql} ${word}` : `${sql} COLLATE ${quoteName(word)}`;
}

function parenthesized(value: PythonValue, context: ExpressionContext): string {
  const sql = compileExpression(value, context);
  const isColumn = value.kind === "call" && lastPart(value.callee) === "F";
  return isColumn ? sql : `(${sql})`;
}

function ordering({ keywords }: PythonCall): string {
  const isSet = (name: string): boolean => {
    const value = keywords.get(name);
    return value?.kind === "boolean" && value.value;
  };
  const nulls = isSet("nulls_last") ? " NULLS LAST" : isSet("nulls_first") ? " NULLS FIRST" : "";
  return (isSet("descending") ? " DESC" : " ASC") + nulls;
}
