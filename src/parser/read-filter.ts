import type { A_Expr, CommonTableExpr, Node, RangeVar, SelectStmt, SubLink } from "@pgsql/types";
import type { RowFilter } from "../core/operations/rows.ts";
import { bodyOf, constantText, stringsOf } from "./node.ts";
import { columnOf, conjuncts, isConstant, isNull } from "./read-expression.ts";

/** The parts of an UPDATE or DELETE that decide which rows it touches. */
export interface FilterClauses {
  readonly target: RangeVar | undefined;
  readonly where: Node | undefined;
  /** FROM of an UPDATE, USING of a DELETE. */
  readonly from: readonly Node[] | undefined;
  /** The queries that WITH declares, in the statement and around it. */
  readonly withQueries: readonly CommonTableExpr[];
}

interface FilterFacts {
  readonly filter: RowFilter;
  readonly filterColumns: readonly string[];
  readonly filterIsLiteral: boolean;
  readonly limited: boolean;
  readonly comparesNull?: string;
}

/** How a statement narrows its rows. Only what every row must meet counts: the operands of AND. */
export function readFilter(clauses: FilterClauses): FilterFacts {
  const conditions = conjuncts(clauses.where);
  const narrowing = conditions.filter((condition) => !isAlwaysTrue(condition));
  const comparisons = narrowing.flatMap((condition) => comparisonsOf(condition, clauses.target));
  const comparesNull = nullComparison(narrowing);
  return {
    filter: conditions.length === 0 ? "none" : narrowing.length === 0 ? "always-true" : "some",
    filterColumns: [...new Set(comparisons.map(({ column }) => column))],
    filterIsLiteral: comparisons.length > 0 && comparisons.every(({ literal }) => literal),
    limited: isLimited(narrowing, clauses),
    ...(comparesNull === undefined ? {} : { comparesNull }),
  };
}

/** The first column that is compared with the literal NULL by an operator that yields NULL for it. */
function nullComparison(conditions: readonly Node[]): string | undefined {
  for (const condition of conditions) {
    const expression = bodyOf(condition, "A_Expr");
    if (expression?.kind !== "AEXPR_OP") continue;
    if (!["=", "<>"].includes(stringsOf(expression.name)[0] ?? "")) continue;
    const { lexpr, rexpr } = expression;
    const column = isNull(rexpr) ? columnOf(lexpr) : isNull(lexpr) ? columnOf(rexpr) : undefined;
    if (column !== undefined) return column;
  }
  return undefined;
}

/** How a condition that stands alone narrows rows: the USING of a policy. */
export function conditionFilter(condition: Node | undefined): RowFilter {
  if (condition === undefined) return "none";
  return conjuncts(condition).every(isAlwaysTrue) ? "always-true" : "some";
}

const TRUE_TEXTS = new Set(["true", "t", "yes", "on", "1"]);

function isAlwaysTrue(node: Node): boolean {
  const constant = bodyOf(node, "A_Const");
  if (constant?.boolval !== undefined) return constant.boolval.boolval === true;
  if (constant?.sval !== undefined) return TRUE_TEXTS.has(constant.sval.sval ?? "");
  const cast = bodyOf(node, "TypeCast");
  if (cast?.arg !== undefined) return isAlwaysTrue(cast.arg);
  const expression = bodyOf(node, "A_Expr");
  if (expression === undefined || !isEquality(expression)) return false;
  const left = constantText(expression.lexpr);
  return left !== undefined && left === constantText(expression.rexpr);
}

interface Comparison {
  readonly column: string;
  readonly literal: boolean;
}

/** `column = …` either way round, `column IN (…)`, `column = ANY (…)`; a boolean column alone is none. */
function comparisonsOf(node: Node, target: RangeVar | undefined): Comparison[] {
  const expression = bodyOf(node, "A_Expr");
  if (expression !== undefined) {
    if (!isEquality(expression)) return [];
    return [
      ...comparison(expression.lexpr, expression.rexpr, target),
      ...comparison(expression.rexpr, expression.lexpr, target),
    ];
  }
  const link = bodyOf(node, "SubLink");
  return link !== undefined && isMembership(link)
    ? comparison(link.testexpr, undefined, target)
    : [];
}

function isEquality(expression: A_Expr): boolean {
  const { kind } = expression;
  const compares = kind === "AEXPR_OP" || kind === "AEXPR_IN" || kind === "AEXPR_OP_ANY";
  return compares && stringsOf(expression.name)[0] === "=";
}

/** `IN (SELECT …)`, or `= ANY (SELECT …)`. */
function isMembership(link: SubLink): boolean {
  if (link.subLinkType !== "ANY_SUBLINK") return false;
  return link.operName === undefined || stringsOf(link.operName)[0] === "=";
}

function comparison(
  side: Node | undefined,
  other: Node | undefined,
  target: RangeVar | undefined,
): Comparison[] {
  const row = bodyOf(side, "RowExpr");
  if (row !== undefined) return (row.args ?? []).flatMap((arg) => comparison(arg, other, target));
  const column = targetColumn(side, target);
  return column === undefined ? [] : [{ column, literal: isLiteral(other) }];
}

/** The column, where it is one of the table that is changed. */
function targetColumn(node: Node | undefined, target: RangeVar | undefined): string | undefined {
  const fields = stringsOf(bodyOf(node, "ColumnRef")?.fields);
  const qualifier = fields.at(-2);
  const own = target?.alias?.aliasname ?? target?.relname;
  return qualifier === undefined || qualifier === own ? fields.at(-1) : undefined;
}

function isLiteral(node: Node | undefined): boolean {
  if (node === undefined) return false;
  const items = bodyOf(node, "List")?.items ?? bodyOf(node, "RowExpr")?.args;
  if (items !== undefined) return items.every(isLiteral);
  const cast = bodyOf(node, "TypeCast");
  if (cast !== undefined) return isLiteral(cast.arg);
  return bodyOf(node, "ParamRef") !== undefined || isConstant(node);
}

/** A subquery with LIMIT feeds the WHERE, or the FROM that the target is joined to. */
function isLimited(conditions: readonly Node[], clauses: FilterClauses): boolean {
  const batches = limitedQueries(clauses.withQueries);
  const inWhere = conditions.some((condition) => {
    const query = memberQuery(condition);
    return query !== undefined && isBatch(query, batches);
  });
  if (inWhere) return true;
  return conditions.length > 0 && (clauses.from ?? []).some((item) => isBatchItem(item, batches));
}

/** Names of the WITH queries that have a LIMIT. */
function limitedQueries(queries: readonly CommonTableExpr[]): ReadonlySet<string> {
  const names = new Set<string>();
  for (const query of queries) {
    const select = bodyOf(query.ctequery, "SelectStmt");
    if (select !== undefined && isBatch(select, names)) names.add(query.ctename ?? "");
  }
  return names;
}

/** The query of `IN (SELECT …)`, `= ANY (SELECT …)` or `= ANY (ARRAY(SELECT …))`. */
function memberQuery(condition: Node): SelectStmt | undefined {
  const link = bodyOf(condition, "SubLink");
  if (link !== undefined) {
    return isMembership(link) ? bodyOf(link.subselect, "SelectStmt") : undefined;
  }
  const expression = bodyOf(condition, "A_Expr");
  const array = bodyOf(expression?.rexpr, "SubLink");
  const isArray = expression?.kind === "AEXPR_OP_ANY" && array?.subLinkType === "ARRAY_SUBLINK";
  return isArray ? bodyOf(array.subselect, "SelectStmt") : undefined;
}

function isBatch(query: SelectStmt, batches: ReadonlySet<string>): boolean {
  const limit = query.limitCount;
  if (limit !== undefined && bodyOf(limit, "A_Const")?.isnull !== true) return true;
  return (query.fromClause ?? []).some((item) => isBatchItem(item, batches));
}

function isBatchItem(item: Node, batches: ReadonlySet<string>): boolean {
  const relation = bodyOf(item, "RangeVar");
  if (relation !== undefined) {
    return relation.schemaname === undefined && batches.has(relation.relname ?? "");
  }
  const query = bodyOf(bodyOf(item, "RangeSubselect")?.subquery, "SelectStmt");
  return query !== undefined && isBatch(query, batches);
}
