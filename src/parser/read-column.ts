import type { ColumnDef, Constraint } from "@pgsql/types";
import type { ObjectName } from "../core/name.ts";
import type { ColumnDefinition, GeneratedExpression } from "../core/operations/column.ts";
import type { ConstraintDefinition } from "../core/operations/constraint.ts";
import { Clause } from "./clause.ts";
import { clauseEnd, trimmedEnd } from "./clauses.ts";
import type { Draft } from "./draft.ts";
import { listedName, namedObject } from "./names.ts";
import { bodiesOf } from "./node.ts";
import { optionOf } from "./options.ts";
import { readConstraint, type ConstraintClause } from "./read-constraint.ts";
import type { Passage } from "./passage.ts";
import { readTypeName } from "./read-type-name.ts";
import type { StatementPlace } from "./statement-place.ts";

interface DraftColumn extends Draft<ColumnDefinition> {
  constraints: ConstraintDefinition[];
}

/** A column as CREATE TABLE, ADD COLUMN or CREATE TYPE writes it. */
export function readColumn(column: ColumnDef, place: StatementPlace): ColumnDefinition {
  const whole = elementClause(column, place);
  const type = readTypeName(column.typeName, place);
  const definition: DraftColumn = {
    name: column.colname ?? "",
    span: whole.span,
    type,
    notNull: type.serial,
    constraints: [],
  };
  if (column.collClause !== undefined) {
    definition.collation = listedName(column.collClause.collname);
  }
  for (const clause of constraintClauses(column, whole, place)) readClause(clause, definition);
  return definition;
}

/** A column or constraint among others: it ends at a comma or with the list. */
export function elementClause(
  element: { readonly location?: number },
  { passage, end }: StatementPlace,
): Clause {
  const start = passage.fromByte(element.location);
  return new Clause(passage, start, () => clauseEnd(passage.sent, start, end));
}

/** The constraints of a column: each ends where the next, or COLLATE, begins. */
function constraintClauses(
  column: ColumnDef,
  whole: Clause,
  { passage }: StatementPlace,
): ConstraintClause[] {
  const constraints = bodiesOf(column.constraints, "Constraint");
  if (constraints.length === 0) return [];
  const starts = constraints.map((constraint) => passage.fromByte(constraint.location));
  const collate = column.collClause?.location;
  const bounds = collate === undefined ? starts : [...starts, passage.fromByte(collate)];
  return mergeAttributes(
    constraints.map((constraint, index) => {
      const start = starts[index] ?? whole.start;
      const clause = new Clause(passage, start, () => {
        const next = Math.min(whole.end, ...bounds.filter((bound) => bound > start));
        return trimmedEnd(passage.sent, start, next);
      });
      return { constraint, clause, column: column.colname ?? "" };
    }),
    passage,
  );
}

const ATTRIBUTES: Readonly<Record<string, Partial<Constraint>>> = {
  CONSTR_ATTR_DEFERRABLE: { deferrable: true },
  CONSTR_ATTR_NOT_DEFERRABLE: { deferrable: false },
  CONSTR_ATTR_DEFERRED: { deferrable: true, initdeferred: true },
  CONSTR_ATTR_IMMEDIATE: { initdeferred: false },
  CONSTR_ATTR_ENFORCED: { is_enforced: true },
  CONSTR_ATTR_NOT_ENFORCED: { is_enforced: false, skip_validation: true },
};

/** DEFERRABLE and the like are nodes of their own behind the constraint that they speak of. */
function mergeAttributes(
  clauses: readonly ConstraintClause[],
  passage: Passage,
): ConstraintClause[] {
  const merged: ConstraintClause[] = [];
  for (const source of clauses) {
    const attribute = ATTRIBUTES[source.constraint.contype ?? ""];
    const previous = merged.at(-1);
    if (attribute === undefined || previous === undefined) merged.push(source);
    else {
      const constraint = { ...previous.constraint, ...attribute };
      const clause = new Clause(passage, previous.clause.start, () => source.clause.end);
      merged[merged.length - 1] = { ...previous, constraint, clause };
    }
  }
  return merged;
}

function readClause(source: ConstraintClause, result: DraftColumn): void {
  const { constraint, clause } = source;
  switch (constraint.contype) {
    case "CONSTR_NOTNULL":
      result.notNull = true;
      return;
    case "CONSTR_DEFAULT":
      result.default = clause.expressionAfter("default", constraint.raw_expr);
      return;
    case "CONSTR_IDENTITY":
      result.notNull = true;
      result.identity = identityOf(constraint);
      setSequence(result, sequenceName(constraint));
      return;
    case "CONSTR_GENERATED":
      result.generated = readGenerated(source);
      return;
    default: {
      if (constraint.contype === "CONSTR_PRIMARY") result.notNull = true;
      const definition = readConstraint(source);
      if (definition !== undefined) result.constraints.push(definition);
    }
  }
}

function setSequence(result: DraftColumn, sequence: ObjectName | undefined): void {
  if (sequence !== undefined) result.sequence = sequence;
}

/** SEQUENCE NAME among the options of an identity; undefined where PostgreSQL is to choose one. */
export function sequenceName(constraint: Constraint | undefined): ObjectName | undefined {
  const option = optionOf(constraint?.options, "sequence_name");
  return option === undefined ? undefined : namedObject(option.arg);
}

/** GENERATED ALWAYS or BY DEFAULT AS IDENTITY. */
export function identityOf(constraint: Constraint | undefined): "always" | "by-default" {
  return constraint?.generated_when === "d" ? "by-default" : "always";
}

function readGenerated({ constraint, clause }: ConstraintClause): GeneratedExpression {
  return {
    kind: constraint.generated_kind === "v" ? "virtual" : "stored",
    expression: clause.expressionIn(constraint.raw_expr),
  };
}
