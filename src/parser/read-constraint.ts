import type { Constraint, ConstrType } from "@pgsql/types";
import type { ConstraintDefinition, ReferentialAction } from "../core/operations/constraint.ts";
import type { Clause } from "./clause.ts";
import { relationName } from "./names.ts";
import { bodiesOf, bodyOf, stringsOf } from "./node.ts";
import { readIndexKey } from "./read-index-key.ts";

/** A constraint with its stretch of the statement, and the column that it is written on. */
export interface ConstraintClause {
  readonly constraint: Constraint;
  readonly clause: Clause;
  readonly column?: string;
}

/** What is said of every kind of constraint alike. */
type CommonFact = "name" | "span" | "deferrable" | "initiallyDeferred" | "notValid" | "notEnforced";
type FactsOf<Definition> = Definition extends ConstraintDefinition
  ? Omit<Definition, CommonFact>
  : never;
type ConstraintFacts = FactsOf<ConstraintDefinition>;

const READERS: { readonly [Kind in ConstrType]?: (clause: ConstraintClause) => ConstraintFacts } = {
  CONSTR_CHECK: ({ constraint, clause }) => ({
    kind: "check",
    expression: clause.expressionIn(constraint.raw_expr, "check"),
    noInherit: constraint.is_no_inherit ?? false,
  }),
  CONSTR_FOREIGN: readForeignKey,
  CONSTR_PRIMARY: (clause) => readKey(clause, "primary-key"),
  CONSTR_UNIQUE: (clause) => readKey(clause, "unique"),
  CONSTR_EXCLUSION: readExclusion,
  CONSTR_NOTNULL: ({ constraint, column }) => ({
    kind: "not-null",
    column: column ?? stringsOf(constraint.keys)[0] ?? "",
    noInherit: constraint.is_no_inherit ?? false,
  }),
};

/** The grammar says of these alone whether they are enforced. */
const ENFORCEABLE = new Set(["CONSTR_CHECK", "CONSTR_FOREIGN"]);

/** A constraint of a table, column or domain; undefined for what is not one (DEFAULT, DEFERRABLE …). */
export function readConstraint(source: ConstraintClause): ConstraintDefinition | undefined {
  const { constraint, clause } = source;
  const type = constraint.contype ?? "CONSTR_NULL";
  const facts = READERS[type]?.(source);
  if (facts === undefined) return undefined;
  return {
    ...facts,
    ...(constraint.conname === undefined ? {} : { name: constraint.conname }),
    get span() {
      return clause.span;
    },
    deferrable: constraint.deferrable ?? false,
    initiallyDeferred: constraint.initdeferred ?? false,
    notValid: constraint.skip_validation ?? false,
    notEnforced: ENFORCEABLE.has(type) && constraint.is_enforced !== true,
  };
}

const ACTIONS: Readonly<Record<string, ReferentialAction>> = {
  a: "no-action",
  r: "restrict",
  c: "cascade",
  n: "set-null",
  d: "set-default",
};

function readForeignKey({ constraint, column }: ConstraintClause): ConstraintFacts {
  return {
    kind: "foreign-key",
    columns: column === undefined ? stringsOf(constraint.fk_attrs) : [column],
    references: relationName(constraint.pktable),
    referencedColumns: stringsOf(constraint.pk_attrs),
    onDelete: ACTIONS[constraint.fk_del_action ?? "a"] ?? "no-action",
    onUpdate: ACTIONS[constraint.fk_upd_action ?? "a"] ?? "no-action",
  };
}

function readKey(
  { constraint, column }: ConstraintClause,
  kind: "primary-key" | "unique",
): ConstraintFacts {
  return {
    kind,
    columns: column === undefined ? stringsOf(constraint.keys) : [column],
    include: stringsOf(constraint.including),
    ...(constraint.indexname === undefined ? {} : { usingIndex: constraint.indexname }),
    nullsNotDistinct: constraint.nulls_not_distinct ?? false,
  };
}

function readExclusion({ constraint, clause }: ConstraintClause): ConstraintFacts {
  const elements = (constraint.exclusions ?? []).flatMap((pair) =>
    bodiesOf(bodyOf(pair, "List")?.items, "IndexElem"),
  );
  const parts = clause.partsInParentheses();
  const keys = elements.map((element, index) => readIndexKey(element, parts[index] ?? clause));
  const where = constraint.where_clause;
  return {
    kind: "exclude",
    columns: keys.map(({ column }) => column).filter((column) => column !== undefined),
    keys,
    ...(where === undefined ? {} : { where: clause.expressionIn(where, "where") }),
    method: constraint.access_method ?? "gist",
  };
}
