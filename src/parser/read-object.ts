import type {
  AlterExtensionContentsStmt,
  AlterObjectDependsStmt,
  AlterObjectSchemaStmt,
  AlterOwnerStmt,
  AlterPolicyStmt,
  CommentStmt,
  CreateExtensionStmt,
  CreatePolicyStmt,
  CreateTrigStmt,
  DefineStmt,
  Node,
  RuleStmt,
  SecLabelStmt,
} from "@pgsql/types";
import type { ObjectName } from "../core/name.ts";
import type { Operation } from "../core/operation.ts";
import type { OtherObjectKind } from "../core/operations/object.ts";
import type { CreatePolicy, CreateTrigger } from "../core/operations/table-object.ts";
import { addressOf, OBJECT_KINDS } from "./object-address.ts";
import { listedName, relationName, roleName, roleNames } from "./names.ts";
import { constantText, stringsOf } from "./node.ts";
import { hasOption, optionOf } from "./options.ts";
import { callsOutsideSubqueries, readExpression } from "./read-expression.ts";
import { conditionFilter } from "./read-filter.ts";
import type { StatementPlace } from "./statement-place.ts";

/** A reader for CREATE or ALTER of an object that the replay does not follow in detail. */
export function otherObject<Body>(
  kind: "create-object" | "alter-object",
  object: OtherObjectKind,
  name?: (statement: Body) => ObjectName | string | undefined,
  states?: (statement: Body) => readonly string[],
) {
  return (statement: Body, { span }: StatementPlace): Operation[] => {
    const found = name?.(statement);
    const named = typeof found === "string" ? { name: found } : found;
    return [
      {
        kind,
        span,
        object,
        ...(named === undefined ? {} : { name: named }),
        ...(states === undefined ? {} : { states: states(statement) }),
      },
    ];
  };
}

export function readComment(statement: CommentStmt, { span }: StatementPlace): Operation[] {
  return [{ kind: "comment", span, ...addressOf(statement.objtype, statement.object) }];
}

export function readSecurityLabel(statement: SecLabelStmt, { span }: StatementPlace): Operation[] {
  return [{ kind: "security-label", span, ...addressOf(statement.objtype, statement.object) }];
}

export function readOwner(statement: AlterOwnerStmt, { span }: StatementPlace): Operation[] {
  const address = addressOf(statement.objectType, statement.object, statement.relation);
  return [{ kind: "change-owner", span, ...address, to: roleName(statement.newowner) }];
}

export function readObjectDepends(
  statement: AlterObjectDependsStmt,
  { span }: StatementPlace,
): Operation[] {
  const address = addressOf(statement.objectType, statement.object, statement.relation);
  return [{ kind: "alter-object", span, ...address }];
}

/** ALTER EXTENSION … ADD or DROP of an object. */
export function readExtensionContents(
  statement: AlterExtensionContentsStmt,
  { span }: StatementPlace,
): Operation[] {
  const name = { name: statement.extname ?? "" };
  return [{ kind: "alter-object", span, object: "extension", name }];
}

/** ALTER … SET SCHEMA: a table and a type have operations of their own. */
export function readSetSchema(
  statement: AlterObjectSchemaStmt,
  { span }: StatementPlace,
): Operation[] {
  const schema = statement.newschema ?? "";
  const type = statement.objectType;
  if (type === "OBJECT_TABLE" || type === "OBJECT_FOREIGN_TABLE") {
    return [{ kind: "set-table-schema", span, table: relationName(statement.relation), schema }];
  }
  const address = addressOf(type, statement.object, statement.relation);
  if (type === "OBJECT_TYPE" || type === "OBJECT_DOMAIN") {
    return [{ kind: "set-type-schema", span, type: address.name ?? { name: "" }, schema }];
  }
  return [{ kind: "set-object-schema", span, ...address, to: schema }];
}

/** CREATE AGGREGATE, OPERATOR, COLLATION, TEXT SEARCH …, and CREATE TYPE of a base or shell type. */
export function readDefine(statement: DefineStmt, { span }: StatementPlace): Operation[] {
  const name = listedName(statement.defnames);
  if (statement.kind !== "OBJECT_TYPE") {
    return [
      { kind: "create-object", span, object: OBJECT_KINDS[statement.kind ?? ""] ?? "type", name },
    ];
  }
  const form = statement.definition === undefined ? "shell" : "base";
  return [{ kind: "create-other-type", span, type: name, form }];
}

export function readCreateExtension(
  statement: CreateExtensionStmt,
  { span }: StatementPlace,
): Operation[] {
  const schema = constantText(optionOf(statement.options, "schema")?.arg);
  const version = constantText(optionOf(statement.options, "new_version")?.arg);
  return [
    {
      kind: "create-extension",
      span,
      extension: statement.extname ?? "",
      ...(schema === undefined ? {} : { schema }),
      ...(version === undefined ? {} : { version }),
      ifNotExists: statement.if_not_exists ?? false,
      cascade: hasOption(statement.options, "cascade"),
    },
  ];
}

/** Bits of pg_trigger.tgtype. */
const TRIGGER_TIMING: Readonly<Record<number, CreateTrigger["timing"]>> = {
  2: "before",
  64: "instead-of",
};
const TRIGGER_EVENTS = [
  [4, "insert"],
  [8, "delete"],
  [16, "update"],
  [32, "truncate"],
] as const;

export function readCreateTrigger(
  statement: CreateTrigStmt,
  { span }: StatementPlace,
): Operation[] {
  const events = statement.events ?? 0;
  return [
    {
      kind: "create-trigger",
      span,
      trigger: statement.trigname ?? "",
      table: relationName(statement.relation),
      orReplace: statement.replace ?? false,
      function: listedName(statement.funcname),
      timing: TRIGGER_TIMING[statement.timing ?? 0] ?? "after",
      events: TRIGGER_EVENTS.filter(([bit]) => (events & bit) !== 0).map(([, event]) => event),
      columns: stringsOf(statement.columns),
      conditionColumns: columnsIn(statement.whenClause) ?? [],
      forEachRow: statement.row ?? false,
      constraint: statement.isconstraint ?? false,
    },
  ];
}

const POLICY_COMMANDS: Readonly<Record<string, NonNullable<CreatePolicy["command"]>>> = {
  all: "all",
  select: "select",
  insert: "insert",
  update: "update",
  delete: "delete",
};

export function readCreatePolicy(
  statement: CreatePolicyStmt,
  { span }: StatementPlace,
): Operation[] {
  return [
    {
      kind: "create-policy",
      span,
      ...policyOf(statement),
      command: POLICY_COMMANDS[statement.cmd_name ?? "all"] ?? "all",
      restrictive: statement.permissive !== true,
    },
  ];
}

export function readAlterPolicy(statement: AlterPolicyStmt, { span }: StatementPlace): Operation[] {
  return [{ kind: "alter-policy", span, ...policyOf(statement), restrictive: false }];
}

function policyOf(
  statement: AlterPolicyStmt,
): Omit<CreatePolicy, "kind" | "span" | "command" | "restrictive"> {
  const usingColumns = columnsIn(statement.qual);
  const checkColumns = columnsIn(statement.with_check);
  return {
    ...(usingColumns === undefined ? {} : { usingColumns }),
    ...(checkColumns === undefined ? {} : { checkColumns }),
    policy: statement.policy_name ?? "",
    table: relationName(statement.table),
    roles: roleNames(statement.roles),
    using: conditionFilter(statement.qual),
    check: conditionFilter(statement.with_check),
    rowFunctions: callsOutsideSubqueries([statement.qual, statement.with_check]),
  };
}

/** The columns that a condition names outside of a subquery, each once; undefined where there is none. */
function columnsIn(condition: Node | undefined): readonly string[] | undefined {
  return condition === undefined ? undefined : [...new Set(readExpression(condition, "").columns)];
}

export function readCreateRule(statement: RuleStmt, { span }: StatementPlace): Operation[] {
  const table = relationName(statement.relation);
  return [{ kind: "create-rule", span, rule: statement.rulename ?? "", table }];
}
