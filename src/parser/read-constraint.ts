import type { Constraint, ConstrType, Node } from "@pgsql/types";
import type { Expression } from "../core/expression.ts";
import type {
  CheckConstraint,
  ConstraintDefinition,
  ExclusionConstraint,
  ForeignKeyConstraint,
  KeyConstraint,
  NotNullConstraint,
  ReferentialAction,
} from "../core/operations/constraint.ts";
import { findKeyword, findParentheses, splitClauses } from "./clauses.ts";
import { relationName } from "./names.ts";
import { bodiesOf, bodyOf, stringsOf } from "./node.ts";
import { readExpression } from "./read-expression.ts";
import { readIndexKey } from "./read-index-key.ts";
import type { StatementPlace } from "./statement-place.ts";

/** A constraint with sent offsets of its text, and the column that it is written on. */
export interface ConstraintClause {
  readonly constraint: Constraint;
  readonly start: number;
  readonly end: number;
  readonly column?: string;
}

type ConstraintReader = (clause: ConstraintClause, place: StatementPlace) => ConstraintDefinition;

const READERS: { readonly [Kind in ConstrType]?: ConstraintReader } = {
  CONSTR_CHECK: readCheck,
  CONSTR_FOREIGN: readForeignKey,
  CONSTR_PRIMARY: readKey,
  CONSTR_UNIQUE: readKey,
  CONSTR_EXCLUSION: readExclusion,
  CONSTR_NOTNULL: readNotNull,
};

/** A constraint of a table, column or domain; undefined for what is not one (DEFAULT, DEFERRABLE …). */
export function readConstraint(
  clause: ConstraintClause,
  place: StatementPlace,
): ConstraintDefinition | undefined {
  return READERS[clause.constraint.contype ?? "CONSTR_NULL"]?.(clause, place);
}

function base({ constraint, start, end }: ConstraintClause, place: StatementPlace) {
  return {
    ...(constraint.conname === undefined ? {} : { name: constraint.conname }),
    span: place.passage.span(start, end),
    deferrable: constraint.deferrable ?? false,
    initiallyDeferred: constraint.initdeferred ?? false,
    notValid: constraint.skip_validation ?? false,
    notEnforced: false,
  };
}

function readCheck(clause: ConstraintClause, place: StatementPlace): CheckConstraint {
  return {
    ...base(clause, place),
    kind: "check",
    notEnforced: clause.constraint.is_enforced !== true,
    expression: inParentheses("check", clause.constraint.raw_expr, clause, place),
    noInherit: clause.constraint.is_no_inherit ?? false,
  };
}

/** An expression in the parentheses behind a keyword. */
function inParentheses(
  keyword: string,
  node: Node | undefined,
  { start, end }: ConstraintClause,
  { passage }: StatementPlace,
): Expression {
  if (node === undefined) throw new Error(`${keyword} without an expression`);
  const from = findKeyword(passage.sent, keyword, start, end)?.end ?? start;
  const inside = findParentheses(passage.sent, from, end) ?? { start, end };
  return readExpression(node, passage.text(inside.start, inside.end));
}

const ACTIONS: Readonly<Record<string, ReferentialAction>> = {
  a: "no-action",
  r: "restrict",
  c: "cascade",
  n: "set-null",
  d: "set-default",
};

function readForeignKey(clause: ConstraintClause, place: StatementPlace): ForeignKeyConstraint {
  const { constraint, column } = clause;
  return {
    ...base(clause, place),
    kind: "foreign-key",
    notEnforced: constraint.is_enforced !== true,
    columns: column === undefined ? stringsOf(constraint.fk_attrs) : [column],
    references: relationName(constraint.pktable),
    referencedColumns: stringsOf(constraint.pk_attrs),
    onDelete: ACTIONS[constraint.fk_del_action ?? "a"] ?? "no-action",
    onUpdate: ACTIONS[constraint.fk_upd_action ?? "a"] ?? "no-action",
  };
}

function readKey(clause: ConstraintClause, place: StatementPlace): KeyConstraint {
  const { constraint, column } = clause;
  return {
    ...base(clause, place),
    kind: constraint.contype === "CONSTR_PRIMARY" ? "primary-key" : "unique",
    columns: column === undefined ? stringsOf(constraint.keys) : [column],
    include: stringsOf(constraint.including),
    ...(constraint.indexname === undefined ? {} : { usingIndex: constraint.indexname }),
    nullsNotDistinct: constraint.nulls_not_distinct ?? false,
  };
}

function readExclusion(clause: ConstraintClause, place: StatementPlace): ExclusionConstraint {
  const { constraint, start, end } = clause;
  const { sent } = place.passage;
  const elements = (constraint.exclusions ?? []).flatMap((pair) =>
    bodiesOf(bodyOf(pair, "List")?.items, "IndexElem"),
  );
  const list = findParentheses(sent, start, end) ?? clause;
  const places = splitClauses(sent, list.start, list.end);
  const where = constraint.where_clause;
  return {
    ...base(clause, place),
    kind: "exclude",
    columns: elements.map((element) => element.name).filter((name) => name !== undefined),
    keys: elements.map((element, index) => readIndexKey(element, places[index] ?? clause, place)),
    ...(where === undefined ? {} : { where: inParentheses("where", where, clause, place) }),
    method: constraint.access_method ?? "gist",
  };
}

function readNotNull(clause: ConstraintClause, place: StatementPlace): NotNullConstraint {
  return {
    ...base(clause, place),
    kind: "not-null",
    column: clause.column ?? stringsOf(clause.constraint.keys)[0] ?? "",
    noInherit: clause.constraint.is_no_inherit ?? false,
  };
}
