import type { RenameStmt } from "@pgsql/types";
import type { Operation } from "../core/operation.ts";
import { addressOf } from "./object-address.ts";
import { namedObject, relationName } from "./names.ts";
import { stringOf } from "./node.ts";
import type { StatementPlace } from "./statement-place.ts";

type RenameReader = (statement: RenameStmt, place: StatementPlace) => Operation;

const READERS: Readonly<Record<string, RenameReader>> = {
  OBJECT_TABLE: renameTable,
  OBJECT_FOREIGN_TABLE: renameTable,
  OBJECT_COLUMN: renameColumn,
  OBJECT_INDEX: (statement, { span }) => ({
    kind: "rename-index",
    span,
    index: relationName(statement.relation),
    to: statement.newname ?? "",
  }),
  OBJECT_VIEW: renameView(false),
  OBJECT_MATVIEW: renameView(true),
  OBJECT_SEQUENCE: (statement, { span }) => ({
    kind: "rename-sequence",
    span,
    sequence: relationName(statement.relation),
    to: statement.newname ?? "",
  }),
  OBJECT_TABCONSTRAINT: (statement, { span }) => ({
    kind: "rename-constraint",
    span,
    table: relationName(statement.relation),
    constraint: statement.subname ?? "",
    to: statement.newname ?? "",
  }),
  OBJECT_TYPE: renameType,
  OBJECT_DOMAIN: renameType,
  OBJECT_ATTRIBUTE: (statement, { span }) => ({
    kind: "alter-composite-type",
    span,
    type: relationName(statement.relation),
    action: "rename-attribute",
    attribute: statement.subname ?? "",
    to: statement.newname ?? "",
    cascade: statement.behavior === "DROP_CASCADE",
  }),
  OBJECT_DOMCONSTRAINT: (statement, { span }) => ({
    kind: "alter-domain",
    span,
    type: namedObject(statement.object),
    action: "rename-constraint",
    constraintName: statement.subname ?? "",
    to: statement.newname ?? "",
    ifExists: false,
  }),
  OBJECT_SCHEMA: (statement, { span }) => ({
    kind: "rename-schema",
    span,
    schema: statement.subname ?? "",
    to: statement.newname ?? "",
  }),
  OBJECT_TRIGGER: renameTableObject("rename-trigger"),
  OBJECT_POLICY: renameTableObject("rename-policy"),
  OBJECT_RULE: renameTableObject("rename-rule"),
};

/** ALTER … RENAME, whatever is renamed. */
export function readRename(statement: RenameStmt, place: StatementPlace): Operation[] {
  const read = READERS[statement.renameType ?? ""] ?? renameOther;
  return [read(statement, place)];
}

function renameTable(statement: RenameStmt, { span }: StatementPlace): Operation {
  const table = relationName(statement.relation);
  return { kind: "rename-table", span, table, to: statement.newname ?? "" };
}

/** The columns of a view are not a table's. */
function renameColumn(statement: RenameStmt, { span }: StatementPlace): Operation {
  const table = relationName(statement.relation);
  const column = statement.subname ?? "";
  const to = statement.newname ?? "";
  const ofView =
    statement.relationType === "OBJECT_VIEW" || statement.relationType === "OBJECT_MATVIEW";
  return ofView
    ? { kind: "rename-object", span, object: "column", name: { name: column }, table, to }
    : { kind: "rename-column", span, table, column, to };
}

function renameView(materialized: boolean): RenameReader {
  return (statement, { span }) => ({
    kind: "rename-view",
    span,
    view: relationName(statement.relation),
    materialized,
    to: statement.newname ?? "",
  });
}

function renameType(statement: RenameStmt, { span }: StatementPlace): Operation {
  const type = namedObject(statement.object);
  return { kind: "rename-type", span, type, to: statement.newname ?? "" };
}

function renameTableObject(kind: "rename-trigger" | "rename-policy" | "rename-rule"): RenameReader {
  return (statement, { span }) => ({
    kind,
    span,
    name: statement.subname ?? "",
    table: relationName(statement.relation),
    to: statement.newname ?? "",
  });
}

/** Roles, databases and tablespaces keep their name in `subname`, the others in `object`. */
function renameOther(statement: RenameStmt, { span }: StatementPlace): Operation {
  const to = statement.newname ?? "";
  const address = addressOf(statement.renameType, statement.object);
  const plain = statement.subname ?? stringOf(statement.object);
  const name = plain === undefined ? address.name : { name: plain };
  return {
    kind: "rename-object",
    span,
    object: address.object,
    ...(name === undefined ? {} : { name }),
    to,
  };
}
