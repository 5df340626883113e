import { constantValue } from "../literals/constant.ts";
import { prepareValue } from "../literals/prepare-value.ts";
import type { SqlValue } from "../literals/sql-value.ts";
import { lastPart, type PythonCall, type PythonValue, textOf } from "../python/value.ts";
import { Field } from "../state/field.ts";
import { readField } from "../state/field-state.ts";
import { Uncompilable } from "../state/uncompilable.ts";
import type { ExpressionContext } from "./expression-context.ts";
import { FUNCTIONS } from "./functions.ts";

/**
 * An expression of Django's as SQL: columns, values, arithmetic, functions, CASE. Throws
 * Uncompilable for one that is not read.
 */
export function compileExpression(value: PythonValue, context: ExpressionContext): string {
  if (value.kind === "operator") return compileOperator(value.operator, value.operands, context);
  if (value.kind !== "call") return context.write(constant(value));
  const compile = COMPILERS[lastPart(value.callee)];
  if (compile !== undefined) return compile(value, context);
  const name = FUNCTIONS[lastPart(value.callee)];
  if (name !== undefined && value.callee.startsWith("django.")) {
    return `${name}(${value.args.map((arg) => compileSource(arg, context)).join(", ")})`;
  }
  throw new Uncompilable(`the expression ${lastPart(value.callee)}`, value.span);
}

/** An argument of a function: text names a field. */
export function compileSource(value: PythonValue, context: ExpressionContext): string {
  const name = textOf(value);
  if (name === undefined) return compileExpression(value, context);
  return column(name, context);
}

function column(path: string, context: ExpressionContext): string {
  const { field, rest } = context.field(path.split("__"));
  if (rest.length > 0) throw new Uncompilable(`the expression F("${path}")`);
  return context.column(field);
}

function constant(value: PythonValue): SqlValue {
  const known = constantValue(value);
  if (known === undefined) throw new Uncompilable("a value of an expression", value.span);
  return known;
}

const OPERATORS = new Set(["+", "-", "*", "/", "%", "&", "|"]);

function compileOperator(
  operator: string,
  operands: readonly PythonValue[],
  context: ExpressionContext,
): string {
  const [left, right] = operands;
  if (left === undefined || right === undefined || !OPERATORS.has(operator)) {
    throw new Uncompilable(`the operator ${operator} of an expression`, left?.span);
  }
  return `(${compileExpression(left, context)} ${operator} ${compileExpression(right, context)})`;
}

type Compiler = (call: PythonCall, context: ExpressionContext) => string;

const COMPILERS: Readonly<Record<string, Compiler>> = {
  F: (call, context) => column(textOf(call.args[0]) ?? "", context),
  Value: compileValue,
  Q: (call, context) => context.condition(call, context),
  CombinedExpression: (call, context) => {
    const [left, operator, right] = call.args;
    const operands = [left, right].flatMap((one) => (one === undefined ? [] : [one]));
    return compileOperator(textOf(operator) ?? "", operands, context);
  },
  ExpressionWrapper: (call, context) => compileExpression(argument(call, 0, "expression"), context),
  RawSQL: (call) => {
    const sql = textOf(call.args[0]);
    if (sql === undefined) throw new Uncompilable("the SQL of RawSQL", call.span);
    return `(${sql})`;
  },
  Cast: (call, context) => {
    const state = readField(
      argument(call, 1, "output_field"),
      context.model.apps.settings.customFields,
    );
    const type = new Field(context.model.apps, context.model, "cast", state).databaseType;
    return `(${compileSource(argument(call, 0, "expression"), context)})::${type}`;
  },
  Collate: (call, context) => {
    const collation = textOf(argument(call, 1, "collation")) ?? "";
    return `${compileSource(argument(call, 0, "expression"), context)} COLLATE "${collation}"`;
  },
  Case: compileCase,
  Now: () => "STATEMENT_TIMESTAMP()",
  Concat: (call, context) => {
    const parts = call.args.map((arg) => compileSource(arg, context));
    return parts.reduceRight(
      (rest, part) => `(COALESCE(${text(part)}, '') || COALESCE(${text(rest)}, ''))`,
    );
  },
};

function text(sql: string): string {
  return /^'.*'$|^\(COALESCE/.test(sql) ? sql : `(${sql})::text`;
}

function argument(call: PythonCall, index: number, name: string): PythonValue {
  const value = call.args[index] ?? call.keywords.get(name);
  if (value === undefined) {
    throw new Uncompilable(`${name} of ${lastPart(call.callee)}`, call.span);
  }
  return value;
}

function compileValue(call: PythonCall, context: ExpressionContext): string {
  const value = argument(call, 0, "value");
  const output = call.keywords.get("output_field");
  if (output === undefined) return context.write(constant(value));
  const { apps } = context.model;
  const state = readField(output, apps.settings.customFields);
  return context.write(prepareValue(new Field(apps, context.model, "value", state), value));
}

function compileCase(call: PythonCall, context: ExpressionContext): string {
  const cases = call.args.map((when) => {
    if (when.kind !== "call") throw new Uncompilable("a case", when.span);
    const result = when.keywords.get("then") ?? when.args[1];
    const named = [...when.keywords].filter(([name]) => name !== "then");
    const condition =
      when.args[0] ??
      ({ ...when, callee: "django.db.models.Q", keywords: new Map(named) } as const);
    if (result === undefined) throw new Uncompilable("the result of a case", when.span);
    return `WHEN ${context.condition(condition, context)} THEN ${compileExpression(result, context)}`;
  });
  const otherwise = call.keywords.get("default");
  const last = otherwise === undefined ? "NULL" : compileExpression(otherwise, context);
  return `CASE ${cases.join(" ")} ELSE ${last} END`;
}
