import type { AlterTableType, Node } from "@pgsql/types";
import type { Operation } from "../core/operation.ts";
import type { SetColumnOption } from "../core/operations/column.ts";
import { listedName } from "./names.ts";
import { bodyOf, constantText } from "./node.ts";
import { optionOf } from "./options.ts";
import type { AlterClause, AlterReader } from "./alter-clause.ts";
import { identityOf, readColumn, sequenceName } from "./read-column.ts";
import { readTypeName } from "./read-type-name.ts";
import type { StatementPlace } from "./statement-place.ts";

/** The subcommands of ALTER TABLE that are about one column. */
export const ALTER_COLUMN_READERS: { readonly [Type in AlterTableType]?: AlterReader } = {
  AT_AddColumn: readAddColumn,
  AT_DropColumn: (clause) => ({
    kind: "drop-column",
    ifExists: clause.command.missing_ok ?? false,
    cascade: clause.command.behavior === "DROP_CASCADE",
    ...columnOf(clause),
  }),
  AT_AlterColumnType: readAlterType,
  AT_ColumnDefault: readDefault,
  AT_SetNotNull: (clause) => ({ kind: "set-not-null", ...columnOf(clause) }),
  AT_DropNotNull: (clause) => ({ kind: "drop-not-null", ...columnOf(clause) }),
  AT_SetExpression: (clause) => ({
    kind: "set-column-expression",
    expression: clause.clause.expressionIn(clause.command.def),
    ...columnOf(clause),
  }),
  AT_DropExpression: (clause) => ({
    kind: "drop-column-expression",
    ifExists: clause.command.missing_ok ?? false,
    ...columnOf(clause),
  }),
  AT_AddIdentity: (clause) => {
    const constraint = bodyOf(clause.command.def, "Constraint");
    const sequence = sequenceName(constraint);
    return {
      kind: "add-identity",
      identity: identityOf(constraint),
      ...(sequence === undefined ? {} : { sequence }),
      ...columnOf(clause),
    };
  },
  AT_SetIdentity: (clause) => ({
    kind: "alter-identity",
    ...setIdentity(clause.command.def),
    ...columnOf(clause),
  }),
  AT_DropIdentity: (clause) => ({
    kind: "drop-identity",
    ifExists: clause.command.missing_ok ?? false,
    ...columnOf(clause),
  }),
  AT_SetStatistics: columnOption("statistics"),
  AT_SetStorage: columnOption("storage"),
  AT_SetCompression: columnOption("compression"),
  AT_SetOptions: columnOption("attributes"),
  AT_ResetOptions: columnOption("attributes"),
};

function columnOf({ command, table, span }: AlterClause) {
  return { span, table, column: command.name ?? "" };
}

/** SET GENERATED … among the options of the sequence. */
function setIdentity(options: Node | undefined): { identity?: "always" | "by-default" } {
  const generated = optionOf(bodyOf(options, "List")?.items, "generated");
  if (generated === undefined) return {};
  // The grammar holds the word as the code of its first letter.
  return { identity: constantText(generated.arg) === "100" ? "by-default" : "always" };
}

function columnOption(option: SetColumnOption["option"]): AlterReader {
  return (clause) => ({ kind: "set-column-option", option, ...columnOf(clause) });
}

function readAddColumn({ command, table, span }: AlterClause, place: StatementPlace): Operation {
  return {
    kind: "add-column",
    span,
    table,
    column: readColumn(bodyOf(command.def, "ColumnDef") ?? {}, place),
    ifNotExists: command.missing_ok ?? false,
  };
}

function readAlterType(clause: AlterClause, place: StatementPlace): Operation {
  const definition = bodyOf(clause.command.def, "ColumnDef");
  const node = definition?.raw_default;
  return {
    kind: "alter-column-type",
    type: readTypeName(definition?.typeName, place),
    ...(node === undefined ? {} : { using: clause.clause.expressionAfter("using", node) }),
    ...(definition?.collClause === undefined
      ? {}
      : { collation: listedName(definition.collClause.collname) }),
    ...columnOf(clause),
  };
}

function readDefault(clause: AlterClause): Operation {
  const node = clause.command.def;
  if (node === undefined) return { kind: "drop-column-default", ...columnOf(clause) };
  // `SET DEFAULT`: a column called "default" is quoted, so the first keyword is the clause's.
  return {
    kind: "set-column-default",
    default: clause.clause.expressionAfter("default", node),
    ...columnOf(clause),
  };
}
