import type { A_Expr, BoolExpr, ColumnRef, FuncCall, Node, SQLValueFunction } from "@pgsql/types";
import type { ColumnCast, Expression } from "../core/expression.ts";
import type { ObjectName } from "../core/name.ts";
import type { TypeReference } from "../core/type-reference.ts";
import type { Draft } from "./draft.ts";
import { listedName } from "./names.ts";
import { bodyOf, kindOf, stringsOf, type NodeKind } from "./node.ts";
import { readTypeName } from "./read-type-name.ts";
import { walk } from "./walk.ts";

/** Reads the facts of an expression; `text` is the author's. Columns inside of a subquery are not its own. */
export function readExpression(node: Node, text: string): Expression {
  if ("A_Const" in node) return literal(node, text);
  const functions: ObjectName[] = [];
  const columns: string[] = [];
  let hasSubquery = false;
  walk(node, {
    node(kind, body) {
      if (kind === "FuncCall") addName(functions, listedName((body as FuncCall).funcname));
      else if (kind === "SQLValueFunction") addName(functions, valueFunction(body));
      else if (kind === "ColumnRef") addColumn(columns, body);
      else if (kind === "SelectStmt") {
        hasSubquery = true;
        addCalls(functions, body);
        return false;
      }
      return kind !== "TypeName";
    },
  });
  const expression: Draft<Expression> = {
    text,
    functions,
    columns,
    constant: isConstant(node),
    null: isNull(node),
    hasSubquery,
    provesNotNull: provenNotNull(node),
  };
  const cast = columnCast(node);
  if (cast !== undefined) expression.cast = cast;
  const type = expression.constant ? constantType(node) : undefined;
  if (type !== undefined) expression.constantType = type;
  return expression;
}

/** The most frequent of all: nothing in it needs a walk. */
function literal(node: Node, text: string): Expression {
  const type = constantType(node);
  return {
    ...(type === undefined ? {} : { constantType: type }),
    text,
    functions: NONE,
    columns: NONE,
    constant: true,
    null: isNull(node),
    hasSubquery: false,
    provesNotNull: NONE,
  };
}

const NONE: readonly never[] = [];

/** What https://www.postgresql.org/docs/current/sql-syntax-lexical.html#SQL-SYNTAX-CONSTANTS-NUMERIC says of constants without quotes. */
function constantType(node: Node): TypeReference | undefined {
  const cast = bodyOf(node, "TypeCast");
  if (cast !== undefined) return readTypeName(cast.typeName);
  const constant = bodyOf(node, "A_Const");
  if (constant?.ival !== undefined) return INTEGER;
  if (constant?.fval !== undefined) return NUMERIC;
  return constant?.boolval === undefined ? undefined : BOOLEAN;
}

function plainType(name: string): TypeReference {
  return { name, modifiers: NONE, arrayDimensions: 0, serial: false, text: name };
}

const INTEGER = plainType("int4");
const NUMERIC = plainType("numeric");
const BOOLEAN = plainType("bool");

/** Functions called anywhere in a tree, subqueries included, each once. */
function addCalls(functions: ObjectName[], tree: object): void {
  walk(tree, {
    node(kind, body) {
      if (kind === "FuncCall") addName(functions, listedName((body as FuncCall).funcname));
      else if (kind === "SQLValueFunction") addName(functions, valueFunction(body));
    },
  });
}

/** Adds a name that is not yet there. */
export function addName(names: ObjectName[], name: ObjectName): void {
  const known = names.some((other) => other.name === name.name && other.schema === name.schema);
  if (!known) names.push(name);
}

function addColumn(columns: string[], reference: ColumnRef): void {
  const last = reference.fields?.at(-1);
  const name = stringsOf(last === undefined ? [] : [last])[0];
  if (name !== undefined && !columns.includes(name)) columns.push(name);
}

/** `SVFOP_CURRENT_TIMESTAMP_N` is `current_timestamp`. */
export function valueFunction(body: object): ObjectName {
  const operation = (body as SQLValueFunction).op ?? "";
  return {
    name: operation
      .replace(/^SVFOP_/, "")
      .replace(/_N$/, "")
      .toLowerCase(),
  };
}

type ConstantTest = (body: never) => boolean;

const CONSTANT_NODES: { readonly [Kind in NodeKind]?: ConstantTest } = {
  A_Const: () => true,
  TypeCast: (cast: { arg?: Node }) => isConstant(cast.arg),
  CollateClause: (clause: { arg?: Node }) => isConstant(clause.arg),
  A_ArrayExpr: (array: { elements?: Node[] }) => (array.elements ?? []).every(isConstant),
  A_Expr: (expression: A_Expr) =>
    expression.lexpr === undefined &&
    ["-", "+"].includes(stringsOf(expression.name)[0] ?? "") &&
    isConstant(expression.rexpr),
};

/** A literal, perhaps cast, collated, negated or in an array. */
export function isConstant(node: Node | undefined): boolean {
  if (node === undefined) return false;
  const kind = kindOf(node);
  const test = CONSTANT_NODES[kind];
  return test !== undefined && test(bodyOf(node, kind) as never);
}

/** The literal NULL, perhaps cast. */
export function isNull(node: Node | undefined): boolean {
  const cast = bodyOf(node, "TypeCast");
  if (cast !== undefined) return isNull(cast.arg);
  return bodyOf(node, "A_Const")?.isnull === true;
}

/** The name of a column that the expression is, without its table. */
export function columnOf(node: Node | undefined): string | undefined {
  const last = bodyOf(node, "ColumnRef")?.fields?.at(-1);
  return last === undefined ? undefined : stringsOf([last])[0];
}

function columnCast(node: Node | undefined): ColumnCast | undefined {
  const column = columnOf(node);
  if (column !== undefined) return { column, types: NONE };
  const collated = bodyOf(node, "CollateClause");
  if (collated !== undefined) return columnCast(collated.arg);
  const cast = bodyOf(node, "TypeCast");
  const inner = cast && columnCast(cast.arg);
  return inner && { column: inner.column, types: [...inner.types, readTypeName(cast?.typeName)] };
}

/** The operands of nested ANDs; the expression itself where there is none. */
export function conjuncts(node: Node | undefined): Node[] {
  if (node === undefined) return [];
  const both = bodyOf(node, "BoolExpr");
  return both?.boolop === "AND_EXPR" ? (both.args ?? []).flatMap(conjuncts) : [node];
}

function provenNotNull(node: Node): string[] {
  const columns = conjuncts(node).map(notNullColumn);
  return columns.filter((column) => column !== undefined);
}

/** PostgreSQL turns `NOT (a IS NULL)` and `a IS DISTINCT FROM NULL` into `a IS NOT NULL` before it proves anything. */
function notNullColumn(node: Node): string | undefined {
  const test = bodyOf(node, "NullTest");
  if (test !== undefined) {
    return test.nulltesttype === "IS_NOT_NULL" ? columnOf(test.arg) : undefined;
  }
  const comparison = bodyOf(node, "A_Expr");
  if (comparison?.kind === "AEXPR_DISTINCT") {
    if (isNull(comparison.rexpr)) return columnOf(comparison.lexpr);
    return isNull(comparison.lexpr) ? columnOf(comparison.rexpr) : undefined;
  }
  return negatedNullTest(bodyOf(node, "BoolExpr"));
}

function negatedNullTest(negation: BoolExpr | undefined): string | undefined {
  if (negation?.boolop !== "NOT_EXPR") return undefined;
  const test = bodyOf(negation.args?.[0], "NullTest");
  return test?.nulltesttype === "IS_NULL" ? columnOf(test.arg) : undefined;
}

/** Functions that expressions call outside of every subquery, each once. */
export function callsOutsideSubqueries(nodes: readonly (Node | undefined)[]): ObjectName[] {
  const functions: ObjectName[] = [];
  for (const node of nodes) {
    walk(node, {
      node(kind, body) {
        if (kind === "FuncCall") addName(functions, listedName((body as FuncCall).funcname));
        else if (kind === "SQLValueFunction") addName(functions, valueFunction(body));
        return kind !== "SubLink";
      },
    });
  }
  return functions;
}
