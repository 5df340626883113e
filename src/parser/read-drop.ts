import type {
  DropOwnedStmt,
  DropRoleStmt,
  DropStmt,
  DropUserMappingStmt,
  Node,
} from "@pgsql/types";
import type { Operation } from "../core/operation.ts";
import type { DropFunction } from "../core/operations/object.ts";
import type { OtherObjectKind } from "../core/operations/object.ts";
import { addressOf, tableObject } from "./object-address.ts";
import { namedObject, roleName, roleNames } from "./names.ts";
import { bodyOf } from "./node.ts";
import { signature } from "./read-function.ts";
import { readTypeName } from "./read-type-name.ts";
import type { StatementPlace } from "./statement-place.ts";

interface DropClause {
  readonly node: Node;
  readonly statement: DropStmt;
  readonly flags: { readonly ifExists: boolean; readonly cascade: boolean };
  readonly place: StatementPlace;
}

type DropReader = (clause: DropClause) => Operation;

const READERS: Readonly<Record<string, DropReader>> = {
  OBJECT_TABLE: dropTable(false),
  OBJECT_FOREIGN_TABLE: dropTable(true),
  OBJECT_INDEX: ({ node, statement, flags, place }) => ({
    kind: "drop-index",
    span: place.span,
    index: namedObject(node),
    concurrently: statement.concurrent ?? false,
    ...flags,
  }),
  OBJECT_VIEW: dropView(false),
  OBJECT_MATVIEW: dropView(true),
  OBJECT_SEQUENCE: ({ node, flags, place }) => ({
    kind: "drop-sequence",
    span: place.span,
    sequence: namedObject(node),
    ...flags,
  }),
  OBJECT_TYPE: dropType(false),
  OBJECT_DOMAIN: dropType(true),
  OBJECT_SCHEMA: ({ node, flags, place }) => ({
    kind: "drop-schema",
    span: place.span,
    schema: namedObject(node).name,
    ...flags,
  }),
  OBJECT_EXTENSION: ({ node, flags, place }) => ({
    kind: "drop-extension",
    span: place.span,
    extension: namedObject(node).name,
    ...flags,
  }),
  OBJECT_FUNCTION: dropFunction("function"),
  OBJECT_PROCEDURE: dropFunction("procedure"),
  OBJECT_ROUTINE: dropFunction("routine"),
  OBJECT_AGGREGATE: dropFunction("aggregate"),
  OBJECT_TRIGGER: dropTableObject("drop-trigger"),
  OBJECT_POLICY: dropTableObject("drop-policy"),
  OBJECT_RULE: dropTableObject("drop-rule"),
};

/** One operation for each object of the list. */
export function readDrop(statement: DropStmt, place: StatementPlace): Operation[] {
  const flags = {
    ifExists: statement.missing_ok ?? false,
    cascade: statement.behavior === "DROP_CASCADE",
  };
  const read = READERS[statement.removeType ?? ""] ?? dropOther;
  return (statement.objects ?? []).map((node) => read({ node, statement, flags, place }));
}

function dropOther({ node, statement, flags, place }: DropClause): Operation {
  return {
    kind: "drop-object",
    span: place.span,
    ...addressOf(statement.removeType, node),
    ...flags,
  };
}

function dropTable(foreign: boolean): DropReader {
  return ({ node, flags, place }) => ({
    kind: "drop-table",
    span: place.span,
    table: namedObject(node),
    foreign,
    ...flags,
  });
}

function dropView(materialized: boolean): DropReader {
  return ({ node, flags, place }) => ({
    kind: "drop-view",
    span: place.span,
    view: namedObject(node),
    materialized,
    ...flags,
  });
}

function dropType(domain: boolean): DropReader {
  return ({ node, flags, place }) => ({
    kind: "drop-type",
    span: place.span,
    type: namedObject(node),
    domain,
    ...flags,
  });
}

function dropTableObject(kind: "drop-trigger" | "drop-policy" | "drop-rule"): DropReader {
  return ({ node, flags, place }) => ({ kind, span: place.span, ...tableObject(node), ...flags });
}

function dropFunction(form: DropFunction["form"]): DropReader {
  return ({ node, flags, place }) => {
    const routine = bodyOf(node, "ObjectWithArgs");
    const types =
      routine === undefined || routine.args_unspecified === true
        ? undefined
        : signature(routine.objfuncargs).map(({ argType }) => readTypeName(argType, place));
    return {
      kind: "drop-function",
      span: place.span,
      function: namedObject(node),
      form,
      ...(types === undefined ? {} : { parameters: types }),
      ...flags,
    };
  };
}

/** A reader for the DROP statements that have a node of their own. */
export function dropNamed<Body extends { missing_ok?: boolean }>(
  object: OtherObjectKind,
  name: (statement: Body) => string | undefined,
) {
  return (statement: Body, { span }: StatementPlace): Operation[] => [
    {
      kind: "drop-object",
      span,
      object,
      name: { name: name(statement) ?? "" },
      ifExists: statement.missing_ok ?? false,
      cascade: false,
    },
  ];
}

export function readDropRole(statement: DropRoleStmt, { span }: StatementPlace): Operation[] {
  const ifExists = statement.missing_ok ?? false;
  return roleNames(statement.roles).map((name) => ({
    kind: "drop-object",
    span,
    object: "role",
    name: { name },
    ifExists,
    cascade: false,
  }));
}

export function readDropUserMapping(
  statement: DropUserMappingStmt,
  { span }: StatementPlace,
): Operation[] {
  const name = { name: roleName(statement.user) };
  const ifExists = statement.missing_ok ?? false;
  return [{ kind: "drop-object", span, object: "user-mapping", name, ifExists, cascade: false }];
}

export function readDropOwned(statement: DropOwnedStmt, { span }: StatementPlace): Operation[] {
  return roleNames(statement.roles).map((name) => ({
    kind: "drop-object",
    span,
    object: "owned-objects",
    name: { name },
    ifExists: false,
    cascade: statement.behavior === "DROP_CASCADE",
  }));
}
