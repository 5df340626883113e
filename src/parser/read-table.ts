import type {
  CreateForeignTableStmt,
  CreateStmt,
  Node,
  PartitionSpec,
  TableLikeClause,
  TruncateStmt,
} from "@pgsql/types";
import type { Operation } from "../core/operation.ts";
import type { ColumnDefinition } from "../core/operations/column.ts";
import type { ConstraintDefinition } from "../core/operations/constraint.ts";
import type { CreateTable, PartitionKey } from "../core/operations/table.ts";
import type { Draft } from "./draft.ts";
import { listedName, relationName } from "./names.ts";
import { bodiesOf, bodyOf, constantText, kindOf } from "./node.ts";
import { elementClause, readColumn } from "./read-column.ts";
import { readConstraint } from "./read-constraint.ts";
import type { StatementPlace } from "./statement-place.ts";

const PERSISTENCE: Readonly<Record<string, CreateTable["persistence"]>> = {
  p: "permanent",
  t: "temporary",
  u: "unlogged",
};

/** `relpersistence` in words. */
export function persistenceOf(letter: string | undefined): CreateTable["persistence"] {
  return PERSISTENCE[letter ?? "p"] ?? "permanent";
}

export function readCreateTable(statement: CreateStmt, place: StatementPlace): Operation[] {
  return [createTable(statement, place, false)];
}

export function readCreateForeignTable(
  statement: CreateForeignTableStmt,
  place: StatementPlace,
): Operation[] {
  return statement.base === undefined ? [] : [createTable(statement.base, place, true)];
}

function createTable(statement: CreateStmt, place: StatementPlace, foreign: boolean): CreateTable {
  const parents = bodiesOf(statement.inhRelations, "RangeVar").map(relationName);
  const parent = statement.partbound === undefined ? undefined : parents[0];
  const { columns, constraints, like } = readElements(statement.tableElts ?? [], place);
  const table: Draft<CreateTable> = {
    kind: "create-table",
    span: place.span,
    table: relationName(statement.relation),
    ifNotExists: statement.if_not_exists ?? false,
    persistence: persistenceOf(statement.relation?.relpersistence),
    columns,
    constraints,
    inherits: parent === undefined ? parents : [],
    like,
    options: readOptions(statement.options),
    foreign,
  };
  if (statement.partspec !== undefined) table.partitionBy = readPartitionKey(statement.partspec);
  if (parent !== undefined) {
    table.partitionOf = { parent, isDefault: statement.partbound?.is_default ?? false };
  }
  if (statement.ofTypename !== undefined) table.ofType = listedName(statement.ofTypename.names);
  return table;
}

function readElements(
  elements: readonly Node[],
  place: StatementPlace,
): Pick<CreateTable, "columns" | "constraints" | "like"> {
  const columns: ColumnDefinition[] = [];
  const constraints: ConstraintDefinition[] = [];
  const like: CreateTable["like"][number][] = [];
  for (const element of elements) {
    if ("ColumnDef" in element) columns.push(readColumn(element.ColumnDef, place));
    else if ("TableLikeClause" in element) like.push(readLike(element.TableLikeClause));
    else if ("Constraint" in element) {
      const definition = readConstraint({
        constraint: element.Constraint,
        clause: elementClause(element.Constraint, place),
      });
      if (definition !== undefined) constraints.push(definition);
    } else throw new Error(`a table element of the kind ${kindOf(element)}`);
  }
  return { columns, constraints, like };
}

/** Bits of TableLikeClause.options, in PostgreSQL's order. */
const LIKE_OPTIONS = [
  "comments",
  "compression",
  "constraints",
  "defaults",
  "generated",
  "identity",
  "indexes",
  "statistics",
  "storage",
] as const;
const LIKE_ALL = 0x7fff_ffff;

function readLike(clause: TableLikeClause): CreateTable["like"][number] {
  const bits = clause.options ?? 0;
  const including =
    bits === LIKE_ALL
      ? ["all", ...LIKE_OPTIONS]
      : LIKE_OPTIONS.filter((_, bit) => (bits & (1 << bit)) !== 0);
  return { table: relationName(clause.relation), including };
}

const STRATEGIES: Readonly<Record<string, PartitionKey["strategy"]>> = {
  PARTITION_STRATEGY_RANGE: "range",
  PARTITION_STRATEGY_LIST: "list",
  PARTITION_STRATEGY_HASH: "hash",
};

function readPartitionKey(spec: PartitionSpec): PartitionKey {
  return {
    strategy: STRATEGIES[spec.strategy ?? ""] ?? "range",
    columns: bodiesOf(spec.partParams, "PartitionElem").map((element) => element.name ?? ""),
  };
}

/** Storage parameters as `name=value`; a name alone where none is given. */
export function readOptions(options: readonly Node[] | undefined): string[] {
  return bodiesOf(options, "DefElem").map((option) => {
    const name = [option.defnamespace, option.defname].filter((part) => part !== undefined);
    const value = constantText(option.arg) ?? typeWord(option.arg);
    return value === undefined ? name.join(".") : `${name.join(".")}=${value}`;
  });
}

/** The grammar reads a bare word such as `off` as a type's name. */
function typeWord(node: Node | undefined): string | undefined {
  const type = bodyOf(node, "TypeName");
  return type === undefined ? undefined : listedName(type.names).name;
}

export function readTruncate(statement: TruncateStmt, place: StatementPlace): Operation[] {
  return bodiesOf(statement.relations, "RangeVar").map((relation) => ({
    kind: "truncate",
    span: place.span,
    table: relationName(relation),
    cascade: statement.behavior === "DROP_CASCADE",
    restartIdentity: statement.restart_seqs ?? false,
  }));
}
