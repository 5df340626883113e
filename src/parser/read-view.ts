import type {
  CreateTableAsStmt,
  IntoClause,
  Node,
  RefreshMatViewStmt,
  SelectStmt,
  ViewStmt,
} from "@pgsql/types";
import type { Operation } from "../core/operation.ts";
import { relationName } from "./names.ts";
import { bodyOf, stringsOf } from "./node.ts";
import { statedOptions } from "./options.ts";
import { outputColumns } from "./output-columns.ts";
import { readReads } from "./read-reads.ts";
import { persistenceOf } from "./read-table.ts";
import type { StatementPlace } from "./statement-place.ts";

export function readCreateView(statement: ViewStmt, { span }: StatementPlace): Operation[] {
  const columns = givenColumns(stringsOf(statement.aliases), statement.query);
  return [
    {
      kind: "create-view",
      span,
      view: relationName(statement.view),
      materialized: false,
      orReplace: statement.replace ?? false,
      ifNotExists: false,
      temporary: statement.view?.relpersistence === "t",
      options: statedOptions(statement.options),
      ...(columns === undefined ? {} : { columns }),
      withData: true,
      query: readReads(statement.query),
    },
  ];
}

/** CREATE TABLE … AS and CREATE MATERIALIZED VIEW. */
export function readCreateTableAs(
  statement: CreateTableAsStmt,
  { span }: StatementPlace,
): Operation[] {
  const { into, query } = statement;
  const ifNotExists = statement.if_not_exists ?? false;
  if (statement.objtype !== "OBJECT_MATVIEW") {
    return [createTableAs(into, query, span, ifNotExists)];
  }
  const columns = givenColumns(stringsOf(into?.colNames), query);
  return [
    {
      kind: "create-view",
      span,
      view: relationName(into?.rel),
      materialized: true,
      orReplace: false,
      ifNotExists,
      temporary: false,
      options: statedOptions(into?.options),
      ...(columns === undefined ? {} : { columns }),
      withData: into?.skipData !== true,
      query: readReads(query),
    },
  ];
}

/** SELECT … INTO table. */
export function readSelectInto(statement: SelectStmt, { span }: StatementPlace): Operation[] {
  const { intoClause, ...query } = statement;
  return [createTableAs(intoClause, { SelectStmt: query }, span, false)];
}

function createTableAs(
  into: IntoClause | undefined,
  query: Node | undefined,
  span: StatementPlace["span"],
  ifNotExists: boolean,
): Operation {
  const columns = givenColumns(stringsOf(into?.colNames), query);
  return {
    kind: "create-table-as",
    span,
    table: relationName(into?.rel),
    ifNotExists,
    persistence: persistenceOf(into?.rel?.relpersistence),
    ...(columns === undefined ? {} : { columns }),
    withData: into?.skipData !== true,
    query: readReads(query),
  };
}

/** Names in the statement take the place of the query's, from the first on. */
function givenColumns(given: readonly string[], query: Node | undefined): string[] | undefined {
  const own = outputColumns(bodyOf(query, "SelectStmt"));
  if (own === undefined) return given.length === 0 ? undefined : [...given];
  return [...given, ...own.slice(given.length)];
}

export function readRefresh(statement: RefreshMatViewStmt, { span }: StatementPlace): Operation[] {
  return [
    {
      kind: "refresh-materialized-view",
      span,
      view: relationName(statement.relation),
      concurrently: statement.concurrent ?? false,
      withData: statement.skipData !== true,
    },
  ];
}
