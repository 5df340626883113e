import type { IndexStmt, ReindexStmt } from "@pgsql/types";
import type { Operation } from "../core/operation.ts";
import type { CreateIndex, IndexKey, Reindex } from "../core/operations/index-object.ts";
import { Clause, wholeStatement } from "./clause.ts";
import { nameEnd } from "./clauses.ts";
import type { Draft } from "./draft.ts";
import { relationName } from "./names.ts";
import { bodiesOf } from "./node.ts";
import { hasOption } from "./options.ts";
import { readIndexKey } from "./read-index-key.ts";
import type { StatementPlace } from "./statement-place.ts";

export function readCreateIndex(statement: IndexStmt, place: StatementPlace): Operation[] {
  const { idxname, whereClause } = statement;
  const index: Draft<CreateIndex> = {
    kind: "create-index",
    span: place.span,
    table: relationName(statement.relation),
    method: statement.accessMethod ?? "btree",
    keys: readKeys(statement, place),
    include: bodiesOf(statement.indexIncludingParams, "IndexElem").map((key) => key.name ?? ""),
    unique: statement.unique ?? false,
    concurrently: statement.concurrent ?? false,
    ifNotExists: statement.if_not_exists ?? false,
    only: statement.relation?.inh !== true,
    nullsNotDistinct: statement.nulls_not_distinct ?? false,
  };
  if (idxname !== undefined) index.name = idxname;
  if (whereClause !== undefined) {
    index.where = wholeStatement(place).expressionAfter("where", whereClause);
  }
  return [index];
}

function readKeys(statement: IndexStmt, place: StatementPlace): IndexKey[] {
  const elements = bodiesOf(statement.indexParams, "IndexElem");
  const whole = wholeStatement(place);
  const needsPlaces = elements.some((element) => element.expr !== undefined);
  const parts = needsPlaces ? behindTable(statement, place).partsInParentheses() : [];
  return elements.map((element, index) => readIndexKey(element, parts[index] ?? whole));
}

/** The keys are the first parentheses behind the table's name. */
function behindTable(statement: IndexStmt, { passage, end }: StatementPlace): Clause {
  const name = passage.fromByte(statement.relation?.location);
  return new Clause(passage, nameEnd(passage.sent, name), () => end);
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
