import type { PlpgsqlTree, PlpgsqlValue } from "./grammar.ts";

/** A piece of SQL in a PL/pgSQL body. */
export interface EmbeddedSql {
  /**
   * `statement`: SQL as it stands. `expression`: what may follow SELECT. `dynamic`: an expression
   * whose value is the statement. `commit` and `rollback` are PL/pgSQL's own.
   */
  readonly form: "statement" | "expression" | "dynamic" | "commit" | "rollback";
  readonly sql: string;
  /** 1-based line of the body at which the PL/pgSQL statement begins. */
  readonly line: number;
  /** The code around it may skip it, or undo it. */
  readonly conditional: boolean;
}

interface Position {
  readonly line: number;
  readonly conditional: boolean;
}

/** The SQL of a body in the order of its source. */
export function embeddedSql(tree: PlpgsqlTree): EmbeddedSql[] {
  const found: EmbeddedSql[] = [];
  visit(tree, { line: 1, conditional: false }, found);
  return found;
}

const BRANCHING = new Set([
  "PLpgSQL_stmt_if",
  "PLpgSQL_stmt_case",
  "PLpgSQL_stmt_loop",
  "PLpgSQL_stmt_while",
  "PLpgSQL_stmt_fori",
  "PLpgSQL_stmt_fors",
  "PLpgSQL_stmt_forc",
  "PLpgSQL_stmt_foreach_a",
  "PLpgSQL_stmt_dynfors",
]);

/** Fields that hold statements; the tree prints a loop's before the query that it loops over. */
const BODY_FIELDS = [
  "body",
  "then_body",
  "elsif_list",
  "case_when_list",
  "stmts",
  "else_body",
  "else_stmts",
  "exceptions",
] as const;
const BODY_FIELD_NAMES: ReadonlySet<string> = new Set(BODY_FIELDS);

function visit(value: PlpgsqlValue | undefined, position: Position, found: EmbeddedSql[]): void {
  if (typeof value !== "object") return;
  if (Array.isArray(value)) {
    for (const item of value as readonly PlpgsqlTree[]) visit(item, position, found);
    return;
  }
  const tree = value as PlpgsqlTree;
  for (const key in tree) {
    if (!BODY_FIELD_NAMES.has(key)) visitField(key, tree[key], position, found);
  }
  for (const key of BODY_FIELDS) visit(tree[key], position, found);
}

/** Fields whose expression is not run as it stands: its value is. */
const DYNAMIC_FIELDS: Readonly<Record<string, ReadonlySet<string>>> = {
  PLpgSQL_stmt_dynexecute: new Set(["query"]),
  PLpgSQL_stmt_dynfors: new Set(["query"]),
  PLpgSQL_stmt_return_query: new Set(["dynquery"]),
  PLpgSQL_stmt_open: new Set(["dynquery"]),
};

function visitField(
  key: string,
  value: PlpgsqlValue | undefined,
  position: Position,
  found: EmbeddedSql[],
): void {
  if (typeof value !== "object") return;
  const tree = value as PlpgsqlTree;
  if (key === "PLpgSQL_expr") addExpression(tree, position, found);
  else if (key.startsWith("PLpgSQL_stmt_")) visitStatement(key, tree, position, found);
  else visit(value, position, found);
}

function visitStatement(
  kind: string,
  tree: PlpgsqlTree,
  outer: Position,
  found: EmbeddedSql[],
): void {
  const { lineno } = tree;
  const position = {
    line: typeof lineno === "number" ? lineno : outer.line,
    conditional: outer.conditional || BRANCHING.has(kind) || tree["exceptions"] !== undefined,
  };
  if (kind === "PLpgSQL_stmt_commit" || kind === "PLpgSQL_stmt_rollback") {
    const form = kind === "PLpgSQL_stmt_commit" ? "commit" : "rollback";
    found.push({ form, sql: form, ...position });
  }
  const dynamic = DYNAMIC_FIELDS[kind];
  if (dynamic === undefined) {
    visit(tree, position, found);
    return;
  }
  const rest: Record<string, PlpgsqlValue> = {};
  for (const [key, value] of Object.entries(tree)) {
    if (dynamic.has(key)) addDynamic(value, position, found);
    else rest[key] = value;
  }
  visit(rest, position, found);
}

/** RawParseMode of PostgreSQL: 0 is a statement, 2 an expression, from 3 on an assignment. */
function addExpression(tree: PlpgsqlTree, position: Position, found: EmbeddedSql[]): void {
  const { query, parseMode } = tree;
  if (typeof query !== "string") return;
  if (parseMode === undefined || parseMode === 0) {
    found.push({ form: "statement", sql: query, ...position });
    return;
  }
  const isAssignment = typeof parseMode === "number" && parseMode > 2;
  const sql = isAssignment ? query.replace(/^[^:=]*:?=/, "") : query;
  found.push({ form: "expression", sql, ...position });
}

function addDynamic(value: PlpgsqlValue, position: Position, found: EmbeddedSql[]): void {
  const expression = typeof value === "object" ? (value as PlpgsqlTree)["PLpgSQL_expr"] : undefined;
  const query = typeof expression === "object" ? (expression as PlpgsqlTree)["query"] : undefined;
  if (typeof query === "string") found.push({ form: "dynamic", sql: query, ...position });
}
