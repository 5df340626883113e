import type { AlterTableStmt, AlterTableType } from "@pgsql/types";
import type { Operation } from "../core/operation.ts";
import type { Span } from "../core/span.ts";
import type { AlterClause, AlterReader } from "./alter-clause.ts";
import { inPasses } from "./alter-passes.ts";
import { Clause } from "./clause.ts";
import { nameEnd, splitClauses } from "./clauses.ts";
import { Lexer } from "./lexer.ts";
import { relationName, roleName } from "./names.ts";
import { statedOptions } from "./options.ts";
import { bodyOf } from "./node.ts";
import { ALTER_COLUMN_READERS } from "./read-alter-column.ts";
import { ALTER_TABLE_READERS } from "./read-alter-table-state.ts";
import { ALTER_CONSTRAINT_READERS } from "./read-alter-constraint.ts";
import { readAlterAttribute } from "./read-type.ts";
import type { StatementPlace } from "./statement-place.ts";

/** ALTER INDEX, VIEW, SEQUENCE and TYPE share ALTER TABLE's node. */
const OBJECT_READERS: Readonly<Record<string, AlterReader>> = {
  OBJECT_INDEX: readAlterIndex,
  OBJECT_VIEW: (clause) => alterObject(clause, "view"),
  OBJECT_MATVIEW: (clause) => alterObject(clause, "materialized-view"),
  OBJECT_SEQUENCE: (clause) => alterObject(clause, "sequence"),
  OBJECT_TYPE: readAlterAttribute,
};

const SUBCOMMAND_READERS: { readonly [Type in AlterTableType]?: AlterReader } = {
  ...ALTER_COLUMN_READERS,
  ...ALTER_CONSTRAINT_READERS,
  ...ALTER_TABLE_READERS,
};

/** One operation for each subcommand, in the order in which PostgreSQL runs them. */
export function readAlterTable(statement: AlterTableStmt, place: StatementPlace): Operation[] {
  const read = OBJECT_READERS[statement.objtype ?? ""] ?? readSubcommand;
  const operations = alterClauses(statement, place).map((clause) =>
    clause.command.subtype === "AT_ChangeOwner"
      ? changeOwner(clause, statement.objtype)
      : read(clause, place),
  );
  const only = statement.objtype === "OBJECT_TABLE" && statement.relation?.inh !== true;
  return inPasses(only ? operations.map((operation) => ({ ...operation, only })) : operations);
}

function readSubcommand(clause: AlterClause, place: StatementPlace): Operation {
  const type = clause.command.subtype;
  const read = type === undefined ? undefined : SUBCOMMAND_READERS[type];
  if (read !== undefined) return read(clause, place);
  const { span, table } = clause;
  return { kind: "alter-table-other", span, table, subcommand: type ?? "" };
}

/** Subcommands stand between commas behind the table's name; the tree itself does not tell where. */
function alterClauses(statement: AlterTableStmt, place: StatementPlace): AlterClause[] {
  const { passage } = place;
  const table = relationName(statement.relation);
  const commands = (statement.cmds ?? []).map((node) => bodyOf(node, "AlterTableCmd") ?? {});
  const name = passage.fromByte(statement.relation?.location);
  const from = nameEnd(passage.sent, name);
  const places = commands.length === 1 ? lone(from, place) : split(from, commands.length, place);
  return commands.map((command, index) => {
    const { start, end } = places[index] ?? place;
    const clause = new Clause(passage, start, () => end);
    return { command, table, clause, span: passage.span(start, end) };
  });
}

/** A single subcommand is all that follows the name. */
function lone(from: number, { passage, end }: StatementPlace): Span[] {
  const lexer = new Lexer(passage.sent, from, end);
  lexer.nextToken();
  return lexer.isSymbol(")") ? [] : [{ start: lexer.start, end }];
}

/** None where the commas do not tell: the clauses then have the statement's place. */
function split(from: number, count: number, { passage, end }: StatementPlace): Span[] {
  const places = splitClauses(passage.sent, from, end);
  return places.length === count ? places : [];
}

function readAlterIndex({ command, table: index, span }: AlterClause): Operation {
  if (command.subtype === "AT_AttachPartition") {
    const child = relationName(bodyOf(command.def, "PartitionCmd")?.name);
    return { kind: "attach-index", span, index, child };
  }
  return { kind: "alter-index", span, index, subcommand: command.subtype ?? "" };
}

function alterObject(
  { command, table: name, span }: AlterClause,
  object: "view" | "materialized-view" | "sequence",
): Operation {
  const set = command.subtype === "AT_SetRelOptions" ? bodyOf(command.def, "List") : undefined;
  const states = set === undefined ? undefined : statedOptions(set.items);
  return { kind: "alter-object", span, object, name, ...(states && { states }) };
}

const OWNED = {
  OBJECT_INDEX: "index",
  OBJECT_VIEW: "view",
  OBJECT_MATVIEW: "materialized-view",
  OBJECT_SEQUENCE: "sequence",
  OBJECT_TYPE: "type",
  OBJECT_FOREIGN_TABLE: "foreign-table",
} as const;

function changeOwner(clause: AlterClause, type: string | undefined): Operation {
  const { command, table: name, span } = clause;
  const object = OWNED[type as keyof typeof OWNED] ?? "table";
  return { kind: "change-owner", span, object, name, to: roleName(command.newowner) };
}
