import type { Constraint, ConstrType } from "@pgsql/types";
import type {
  CheckConstraint,
  ConstraintDefinition,
  ExclusionConstraint,
  ForeignKeyConstraint,
  KeyConstraint,
  NotNullConstraint,
  ReferentialAction,
} from "../core/operations/constraint.ts";
import type { Span } from "../core/span.ts";
import type { Clause } from "./clause.ts";
import type { Draft } from "./draft.ts";
import { relationName } from "./names.ts";
import { bodiesOf, bodyOf, stringsOf } from "./node.ts";
import { readIndexKey } from "./read-index-key.ts";

/** A constraint with its stretch of the statement, and the column that it is written on. */
export interface ConstraintClause {
  readonly constraint: Constraint;
  readonly clause: Clause;
  readonly column?: string;
}

type ConstraintReader = (source: ConstraintClause, place: Span) => Draft<ConstraintDefinition>;

const READERS: { readonly [Kind in ConstrType]?: ConstraintReader } = {
  CONSTR_CHECK: readCheck,
  CONSTR_FOREIGN: readForeignKey,
  CONSTR_PRIMARY: readKey,
  CONSTR_UNIQUE: readKey,
  CONSTR_EXCLUSION: readExclusion,
  CONSTR_NOTNULL: readNotNull,
};

/** A constraint of a table, column or domain; undefined for what is not one (DEFAULT, DEFERRABLE …). */
export function readConstraint(source: ConstraintClause): ConstraintDefinition | undefined {
  const { conname, contype = "CONSTR_NULL" } = source.constraint;
  const definition = READERS[contype]?.(source, source.clause.span);
  if (definition !== undefined && conname !== undefined) definition.name = conname;
  return definition;
}

function readCheck({ constraint, clause }: ConstraintClause, span: Span): Draft<CheckConstraint> {
  return {
    kind: "check",
    span,
    expression: clause.expressionIn(constraint.raw_expr, "check"),
    noInherit: constraint.is_no_inherit ?? false,
    ...flags(constraint, constraint.is_enforced !== true),
  };
}

/** What is said of every kind of constraint alike. */
function flags(constraint: Constraint, notEnforced = false) {
  return {
    deferrable: constraint.deferrable ?? false,
    initiallyDeferred: constraint.initdeferred ?? false,
    notValid: constraint.skip_validation ?? false,
    notEnforced,
  };
}

const ACTIONS: Readonly<Record<string, ReferentialAction>> = {
  a: "no-action",
  r: "restrict",
  c: "cascade",
  n: "set-null",
  d: "set-default",
};

function readForeignKey(
  { constraint, column }: ConstraintClause,
  span: Span,
): Draft<ForeignKeyConstraint> {
  return {
    kind: "foreign-key",
    span,
    columns: column === undefined ? stringsOf(constraint.fk_attrs) : [column],
    references: relationName(constraint.pktable),
    referencedColumns: stringsOf(constraint.pk_attrs),
    onDelete: ACTIONS[constraint.fk_del_action ?? "a"] ?? "no-action",
    onUpdate: ACTIONS[constraint.fk_upd_action ?? "a"] ?? "no-action",
    ...flags(constraint, constraint.is_enforced !== true),
  };
}

function readKey({ constraint, column }: ConstraintClause, span: Span): Draft<KeyConstraint> {
  const key: Draft<KeyConstraint> = {
    kind: constraint.contype === "CONSTR_PRIMARY" ? "primary-key" : "unique",
    span,
    columns: column === undefined ? stringsOf(constraint.keys) : [column],
    include: stringsOf(constraint.including),
    nullsNotDistinct: constraint.nulls_not_distinct ?? false,
    ...flags(constraint),
  };
  if (constraint.indexname !== undefined) key.usingIndex = constraint.indexname;
  return key;
}

function readExclusion(
  { constraint, clause }: ConstraintClause,
  span: Span,
): Draft<ExclusionConstraint> {
  const elements = (constraint.exclusions ?? []).flatMap((pair) =>
    bodiesOf(bodyOf(pair, "List")?.items, "IndexElem"),
  );
  const parts = clause.partsInParentheses();
  const keys = elements.map((element, index) => readIndexKey(element, parts[index] ?? clause));
  const where = constraint.where_clause;
  return {
    kind: "exclude",
    span,
    columns: keys.map(({ column }) => column).filter((column) => column !== undefined),
    keys,
    method: constraint.access_method ?? "gist",
    ...flags(constraint),
    ...(where === undefined ? {} : { where: clause.expressionIn(where, "where") }),
  };
}

function readNotNull(
  { constraint, column }: ConstraintClause,
  span: Span,
): Draft<NotNullConstraint> {
  return {
    kind: "not-null",
    span,
    column: column ?? stringsOf(constraint.keys)[0] ?? "",
    noInherit: constraint.is_no_inherit ?? false,
    ...flags(constraint),
  };
}
