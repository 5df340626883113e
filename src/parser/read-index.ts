import type { IndexStmt, ReindexStmt } from "@pgsql/types";
import type { Span } from "../core/span.ts";
import type { Operation } from "../core/operation.ts";
import type { IndexKey, Reindex } from "../core/operations/index-object.ts";
import { findParentheses, nameEnd, splitClauses } from "./clauses.ts";
import { relationName } from "./names.ts";
import { bodiesOf } from "./node.ts";
import { hasOption } from "./options.ts";
import { afterKeyword } from "./read-column.ts";
import { readIndexKey } from "./read-index-key.ts";
import type { StatementPlace } from "./statement-place.ts";

export function readCreateIndex(statement: IndexStmt, place: StatementPlace): Operation[] {
  const { whereClause } = statement;
  return [
    {
      kind: "create-index",
      span: place.span,
      ...(statement.idxname === undefined ? {} : { name: statement.idxname }),
      table: relationName(statement.relation),
      method: statement.accessMethod ?? "btree",
      keys: readKeys(statement, place),
      include: bodiesOf(statement.indexIncludingParams, "IndexElem").map((key) => key.name ?? ""),
      ...(whereClause === undefined
        ? {}
        : { where: afterKeyword("where", whereClause, place, place) }),
      unique: statement.unique ?? false,
      concurrently: statement.concurrent ?? false,
      ifNotExists: statement.if_not_exists ?? false,
      only: statement.relation?.inh !== true,
      nullsNotDistinct: statement.nulls_not_distinct ?? false,
    },
  ];
}

function readKeys(statement: IndexStmt, place: StatementPlace): IndexKey[] {
  const elements = bodiesOf(statement.indexParams, "IndexElem");
  const needsPlaces = elements.some((element) => element.expr !== undefined);
  const places = needsPlaces ? keyPlaces(statement, place) : [];
  return elements.map((element, index) => readIndexKey(element, places[index] ?? place, place));
}

/** The keys between the parentheses behind the table's name. */
function keyPlaces(statement: IndexStmt, { passage, end }: StatementPlace): Span[] {
  const { sent } = passage;
  const name = passage.fromByte(statement.relation?.location);
  const list = findParentheses(sent, nameEnd(sent, name, end), end);
  return list === undefined ? [] : splitClauses(sent, list.start, list.end);
}

const SCOPES: Readonly<Record<string, Reindex["scope"]>> = {
  REINDEX_OBJECT_INDEX: "index",
  REINDEX_OBJECT_TABLE: "table",
  REINDEX_OBJECT_SCHEMA: "schema",
  REINDEX_OBJECT_SYSTEM: "system",
  REINDEX_OBJECT_DATABASE: "database",
};

export function readReindex(statement: ReindexStmt, place: StatementPlace): Operation[] {
  const target =
    statement.relation === undefined
      ? statement.name === undefined
        ? undefined
        : { name: statement.name }
      : relationName(statement.relation);
  return [
    {
      kind: "reindex",
      span: place.span,
      scope: SCOPES[statement.kind ?? ""] ?? "table",
      ...(target === undefined ? {} : { target }),
      concurrently: hasOption(statement.params, "concurrently"),
    },
  ];
}
