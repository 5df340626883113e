import type {
  A_Expr,
  A_Indirection,
  CaseExpr,
  ColumnRef,
  FuncCall,
  MinMaxExpr,
  Node,
  SelectStmt,
  SubLink,
  TypeCast,
} from "@pgsql/types";
import { listedName } from "./names.ts";
import { bodyOf, kindOf, stringsOf, type NodeKind } from "./node.ts";
import { valueFunction } from "./read-expression.ts";

/** A weak name gives way to the name of a type that the value is cast to. */
interface ChosenName {
  readonly name: string;
  readonly weak?: boolean;
}

type NameReader = (body: never) => ChosenName | undefined;

const NAME_READERS: { readonly [Kind in NodeKind]?: NameReader } = {
  ColumnRef: (reference: ColumnRef) => lastOf(reference.fields),
  A_Indirection: (access: A_Indirection) => lastOf(access.indirection) ?? chosenName(access.arg),
  FuncCall: (call: FuncCall) => ({ name: listedName(call.funcname).name }),
  A_Expr: (expression: A_Expr) =>
    expression.kind === "AEXPR_NULLIF" ? { name: "nullif" } : undefined,
  TypeCast: (cast: TypeCast) => {
    const inner = chosenName(cast.arg);
    if (inner !== undefined && inner.weak !== true) return inner;
    const type = listedName(cast.typeName?.names);
    return type.name === "" ? inner : { name: type.name, weak: true };
  },
  CollateClause: (clause: { arg?: Node }) => chosenName(clause.arg),
  GroupingFunc: () => ({ name: "grouping" }),
  MergeSupportFunc: () => ({ name: "merge_action" }),
  SubLink: sublinkName,
  CaseExpr: (expression: CaseExpr) => {
    const otherwise = chosenName(expression.defresult);
    return otherwise !== undefined && otherwise.weak !== true
      ? otherwise
      : { name: "case", weak: true };
  },
  A_ArrayExpr: () => ({ name: "array" }),
  RowExpr: () => ({ name: "row" }),
  CoalesceExpr: () => ({ name: "coalesce" }),
  MinMaxExpr: (expression: MinMaxExpr) => ({
    name: expression.op === "IS_GREATEST" ? "greatest" : "least",
  }),
  SQLValueFunction: (body: object) => valueFunction(body),
  XmlSerialize: () => ({ name: "xmlserialize" }),
  JsonParseExpr: () => ({ name: "json" }),
  JsonScalarExpr: () => ({ name: "json_scalar" }),
  JsonSerializeExpr: () => ({ name: "json_serialize" }),
  JsonObjectConstructor: () => ({ name: "json_object" }),
  JsonArrayConstructor: () => ({ name: "json_array" }),
  JsonArrayQueryConstructor: () => ({ name: "json_array" }),
  JsonObjectAgg: () => ({ name: "json_objectagg" }),
  JsonArrayAgg: () => ({ name: "json_arrayagg" }),
};

/**
 * What PostgreSQL calls an expression where nothing names it, in a select list as in an index
 * (FigureColname in its parse_target.c); undefined where it has no word for it.
 */
export function expressionName(node: Node | undefined): string | undefined {
  return chosenName(node)?.name;
}

function chosenName(node: Node | undefined): ChosenName | undefined {
  if (node === undefined) return undefined;
  const kind = kindOf(node);
  return NAME_READERS[kind]?.(bodyOf(node, kind) as never);
}

function lastOf(fields: readonly Node[] | undefined): ChosenName | undefined {
  const name = stringsOf(fields).at(-1);
  return name === undefined ? undefined : { name };
}

function sublinkName(link: SubLink): ChosenName | undefined {
  if (link.subLinkType === "EXISTS_SUBLINK") return { name: "exists" };
  if (link.subLinkType === "ARRAY_SUBLINK") return { name: "array" };
  if (link.subLinkType !== "EXPR_SUBLINK") return undefined;
  return firstColumn(bodyOf(link.subselect, "SelectStmt"));
}

function firstColumn(query: SelectStmt | undefined): ChosenName | undefined {
  if (query?.larg !== undefined) return firstColumn(query.larg);
  const target = bodyOf(query?.targetList?.[0], "ResTarget");
  return target?.name === undefined ? chosenName(target?.val) : { name: target.name };
}
