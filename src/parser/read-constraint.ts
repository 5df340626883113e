import type { Constraint, ConstrType } from "@pgsql/types";
import type {
  ConstraintDefinition,
  ExclusionConstraint,
  ForeignKeyConstraint,
  KeyConstraint,
  ReferentialAction,
} from "../core/operations/constraint.ts";
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

type ConstraintReader = (source: ConstraintClause, common: CommonFacts) => ConstraintDefinition;

const READERS: { readonly [Kind in ConstrType]?: ConstraintReader } = {
  CONSTR_CHECK: ({ constraint, clause }, common) => ({
    ...common,
    kind: "check",
    notEnforced: constraint.is_enforced !== true,
    expression: clause.expressionIn(constraint.raw_expr, "check"),
    noInherit: constraint.is_no_inherit ?? false,
  }),
  CONSTR_FOREIGN: readForeignKey,
  CONSTR_PRIMARY: readKey,
  CONSTR_UNIQUE: readKey,
  CONSTR_EXCLUSION: readExclusion,
  CONSTR_NOTNULL: ({ constraint, column }, common) => ({
    ...common,
    kind: "not-null",
    column: column ?? stringsOf(constraint.keys)[0] ?? "",
    noInherit: constraint.is_no_inherit ?? false,
  }),
};

/** A constraint of a table, column or domain; undefined for what is not one (DEFAULT, DEFERRABLE …). */
export function readConstraint(source: ConstraintClause): ConstraintDefinition | undefined {
  const read = READERS[source.constraint.contype ?? "CONSTR_NULL"];
  return read === undefined ? undefined : read(source, commonFacts(source));
}

/** What is said of every kind of constraint alike. */
type CommonFacts = Pick<
  ConstraintDefinition,
  "name" | "span" | "deferrable" | "initiallyDeferred" | "notValid" | "notEnforced"
>;

function commonFacts({ constraint, clause }: ConstraintClause): CommonFacts {
  const facts: Draft<CommonFacts> = {
    span: clause.span,
    deferrable: constraint.deferrable ?? false,
    initiallyDeferred: constraint.initdeferred ?? false,
    notValid: constraint.skip_validation ?? false,
    notEnforced: false,
  };
  if (constraint.conname !== undefined) facts.name = constraint.conname;
  return facts;
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
  common: CommonFacts,
): ForeignKeyConstraint {
  return {
    ...common,
    kind: "foreign-key",
    notEnforced: constraint.is_enforced !== true,
    columns: column === undefined ? stringsOf(constraint.fk_attrs) : [column],
    references: relationName(constraint.pktable),
    referencedColumns: stringsOf(constraint.pk_attrs),
    onDelete: ACTIONS[constraint.fk_del_action ?? "a"] ?? "no-action",
    onUpdate: ACTIONS[constraint.fk_upd_action ?? "a"] ?? "no-action",
  };
}

function readKey({ constraint, column }: ConstraintClause, common: CommonFacts): KeyConstraint {
  const key: Draft<KeyConstraint> = {
    ...common,
    kind: constraint.contype === "CONSTR_PRIMARY" ? "primary-key" : "unique",
    columns: column === undefined ? stringsOf(constraint.keys) : [column],
    include: stringsOf(constraint.including),
    nullsNotDistinct: constraint.nulls_not_distinct ?? false,
  };
  if (constraint.indexname !== undefined) key.usingIndex = constraint.indexname;
  return key;
}

function readExclusion(
  { constraint, clause }: ConstraintClause,
  common: CommonFacts,
): ExclusionConstraint {
  const elements = (constraint.exclusions ?? []).flatMap((pair) =>
    bodiesOf(bodyOf(pair, "List")?.items, "IndexElem"),
  );
  const parts = clause.partsInParentheses();
  const keys = elements.map((element, index) => readIndexKey(element, parts[index] ?? clause));
  const where = constraint.where_clause;
  return {
    ...common,
    kind: "exclude",
    columns: keys.map(({ column }) => column).filter((column) => column !== undefined),
    keys,
    ...(where === undefined ? {} : { where: clause.expressionIn(where, "where") }),
    method: constraint.access_method ?? "gist",
  };
}
