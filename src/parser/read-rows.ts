import type {
  CallStmt,
  CommonTableExpr,
  CopyStmt,
  DeleteStmt,
  InsertStmt,
  MergeStmt,
  Node,
  SelectStmt,
  UpdateStmt,
  WithClause,
} from "@pgsql/types";
import type { Operation } from "../core/operation.ts";
import type { InsertRows } from "../core/operations/rows.ts";
import { findKeyword, findParentheses } from "./clauses.ts";
import { listedName, relationName } from "./names.ts";
import { bodiesOf, bodyOf } from "./node.ts";
import { readFilter } from "./read-filter.ts";
import { readReads } from "./read-reads.ts";
import { readSetConfig } from "./read-session.ts";
import { readSelectInto } from "./read-view.ts";
import type { StatementPlace } from "./statement-place.ts";

export function readSelect(statement: SelectStmt, place: StatementPlace): Operation[] {
  const changes = readChangingQueries(statement.withClause, place);
  if (statement.intoClause !== undefined) return [...changes, ...readSelectInto(statement, place)];
  return [
    ...changes,
    {
      kind: "select-rows",
      span: place.span,
      reads: readReads(statement, place.withQueries),
      locksRows: statement.lockingClause !== undefined,
    },
    ...readSetConfig(statement, place),
  ];
}

const ON_CONFLICT: Readonly<Record<string, InsertRows["onConflict"]>> = {
  ONCONFLICT_NOTHING: "nothing",
  ONCONFLICT_UPDATE: "update",
};

export function readInsert(statement: InsertStmt, place: StatementPlace): Operation[] {
  const { relation } = statement;
  const query = bodyOf(statement.selectStmt, "SelectStmt");
  const rows = query === undefined ? 1 : query.valuesLists?.length;
  return [
    ...readChangingQueries(statement.withClause, place),
    {
      kind: "insert-rows",
      span: place.span,
      table: relationName(relation),
      columns: targetColumns(statement.cols),
      ...(rows === undefined
        ? { query: readReads(statement.selectStmt, place.withQueries) }
        : { rows }),
      onConflict: ON_CONFLICT[statement.onConflictClause?.action ?? ""] ?? "none",
      reads: readReads(statement, place.withQueries, relation),
    },
  ];
}

export function readUpdate(statement: UpdateStmt, place: StatementPlace): Operation[] {
  const { relation } = statement;
  return [
    ...readChangingQueries(statement.withClause, place),
    {
      kind: "update-rows",
      span: place.span,
      table: relationName(relation),
      columns: targetColumns(statement.targetList),
      reads: readReads(statement, place.withQueries, relation),
      ...readFilter({
        target: relation,
        where: statement.whereClause,
        from: statement.fromClause,
        withQueries: inScope(statement.withClause, place),
      }),
    },
  ];
}

export function readDelete(statement: DeleteStmt, place: StatementPlace): Operation[] {
  const { relation } = statement;
  return [
    ...readChangingQueries(statement.withClause, place),
    {
      kind: "delete-rows",
      span: place.span,
      table: relationName(relation),
      reads: readReads(statement, place.withQueries, relation),
      ...readFilter({
        target: relation,
        where: statement.whereClause,
        from: statement.usingClause,
        withQueries: inScope(statement.withClause, place),
      }),
    },
  ];
}

export function readMerge(statement: MergeStmt, place: StatementPlace): Operation[] {
  const { relation } = statement;
  return [
    ...readChangingQueries(statement.withClause, place),
    {
      kind: "merge-rows",
      span: place.span,
      table: relationName(relation),
      reads: readReads(statement, place.withQueries, relation),
    },
  ];
}

function targetColumns(targets: readonly Node[] | undefined): string[] {
  return bodiesOf(targets, "ResTarget").map((target) => target.name ?? "");
}

/** INSERT, UPDATE, DELETE and MERGE inside of WITH, each with the span of its query. */
function readChangingQueries(clause: WithClause | undefined, place: StatementPlace): Operation[] {
  const queries = bodiesOf(clause?.ctes, "CommonTableExpr");
  return queries.flatMap((query, index) => {
    if (query.ctequery === undefined) return [];
    // Without RECURSIVE a query sees those before it.
    const visible = clause?.recursive === true ? queries : queries.slice(0, index);
    const withQueries = [...place.withQueries, ...visible];
    return readChange(query.ctequery, { ...queryPlace(query, place), withQueries });
  });
}

/** The queries that a statement's own WITH and those around it declare. */
function inScope(clause: WithClause | undefined, place: StatementPlace): CommonTableExpr[] {
  return [...place.withQueries, ...bodiesOf(clause?.ctes, "CommonTableExpr")];
}

function readChange(node: Node, place: StatementPlace): Operation[] {
  if ("InsertStmt" in node) return readInsert(node.InsertStmt, place);
  if ("UpdateStmt" in node) return readUpdate(node.UpdateStmt, place);
  if ("DeleteStmt" in node) return readDelete(node.DeleteStmt, place);
  return "MergeStmt" in node ? readMerge(node.MergeStmt, place) : [];
}

/** The query stands in parentheses behind `name AS`. */
function queryPlace(query: CommonTableExpr, place: StatementPlace): StatementPlace {
  const { passage } = place;
  const name = passage.fromByte(query.location);
  const as = findKeyword(passage.sent, "as", name, place.end);
  const inside = findParentheses(passage.sent, as?.end ?? name, place.end);
  if (inside === undefined) return place;
  const { start, end } = inside;
  return { ...place, start, end, span: passage.span(start, end) };
}

export function readCopy(statement: CopyStmt, { span }: StatementPlace): Operation[] {
  const { relation, filename } = statement;
  return [
    {
      kind: "copy-rows",
      span,
      ...(relation === undefined ? {} : { table: relationName(relation) }),
      direction: statement.is_from === true ? "from" : "to",
      channel:
        statement.is_program === true ? "program" : filename === undefined ? "stdin" : "file",
    },
  ];
}

export function readCall(statement: CallStmt, { span }: StatementPlace): Operation[] {
  const procedure = listedName(statement.funccall?.funcname);
  return [{ kind: "call-procedure", span, procedure }];
}
