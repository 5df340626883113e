import type {
  AlterEnumStmt,
  AlterTypeStmt,
  CompositeTypeStmt,
  CreateEnumStmt,
  CreateRangeStmt,
} from "@pgsql/types";
import type { Operation } from "../core/operation.ts";
import type { AlterCompositeType } from "../core/operations/type-object.ts";
import { listedName, relationName } from "./names.ts";
import { bodiesOf, bodyOf, stringsOf } from "./node.ts";
import type { AlterClause } from "./alter-clause.ts";
import { readColumn } from "./read-column.ts";
import { readTypeName } from "./read-type-name.ts";
import type { StatementPlace } from "./statement-place.ts";

export function readCreateEnum(statement: CreateEnumStmt, { span }: StatementPlace): Operation[] {
  const type = listedName(statement.typeName);
  return [{ kind: "create-enum", span, type, values: stringsOf(statement.vals) }];
}

/** ADD VALUE, or RENAME VALUE where an old one is given. */
export function readAlterEnum(statement: AlterEnumStmt, { span }: StatementPlace): Operation[] {
  const type = listedName(statement.typeName);
  const value = statement.newVal ?? "";
  if (statement.oldVal !== undefined) {
    return [{ kind: "rename-enum-value", span, type, value: statement.oldVal, to: value }];
  }
  const neighbour = statement.newValNeighbor;
  const place = statement.newValIsAfter === true ? "after" : "before";
  return [
    {
      kind: "add-enum-value",
      span,
      type,
      value,
      ifNotExists: statement.skipIfNewValExists ?? false,
      ...(neighbour === undefined ? {} : { position: { place, value: neighbour } }),
    },
  ];
}

export function readCreateComposite(
  statement: CompositeTypeStmt,
  place: StatementPlace,
): Operation[] {
  return [
    {
      kind: "create-composite-type",
      span: place.span,
      type: relationName(statement.typevar),
      attributes: bodiesOf(statement.coldeflist, "ColumnDef").map((attribute) =>
        readColumn(attribute, place),
      ),
    },
  ];
}

export function readCreateRange(statement: CreateRangeStmt, { span }: StatementPlace): Operation[] {
  const type = listedName(statement.typeName);
  return [{ kind: "create-other-type", span, type, form: "range" }];
}

/** ALTER TYPE … SET (…): the support functions of a base type. */
export function readAlterBaseType(statement: AlterTypeStmt, { span }: StatementPlace): Operation[] {
  return [{ kind: "alter-object", span, object: "type", name: listedName(statement.typeName) }];
}

const ATTRIBUTE_ACTIONS: Readonly<Record<string, AlterCompositeType["action"]>> = {
  AT_AddColumn: "add-attribute",
  AT_DropColumn: "drop-attribute",
  AT_AlterColumnType: "alter-attribute",
};

/** ALTER TYPE … ADD, DROP and ALTER ATTRIBUTE, which the grammar reads as ALTER TABLE. */
export function readAlterAttribute(clause: AlterClause, place: StatementPlace): Operation {
  const { command, table: type, span } = clause;
  const definition = bodyOf(command.def, "ColumnDef");
  const attributeType =
    definition?.typeName === undefined ? undefined : readTypeName(definition.typeName, place);
  return {
    kind: "alter-composite-type",
    span,
    type,
    action: ATTRIBUTE_ACTIONS[command.subtype ?? ""] ?? "alter-attribute",
    attribute: command.name ?? definition?.colname ?? "",
    ...(attributeType === undefined ? {} : { attributeType }),
    cascade: command.behavior === "DROP_CASCADE",
  };
}
