import type { ColumnDef, Constraint, Node } from "@pgsql/types";
import type { Expression } from "../core/expression.ts";
import type { ColumnDefinition, GeneratedExpression } from "../core/operations/column.ts";
import type { ConstraintDefinition } from "../core/operations/constraint.ts";
import { clauseEnd, findKeyword, findParentheses, trimmedEnd } from "./clauses.ts";
import { listedName } from "./names.ts";
import { bodiesOf } from "./node.ts";
import { readConstraint, type ConstraintClause } from "./read-constraint.ts";
import { readExpression } from "./read-expression.ts";
import { readTypeName } from "./read-type-name.ts";
import type { StatementPlace } from "./statement-place.ts";

/** Sent offsets of a clause. */
interface Clause {
  readonly start: number;
  readonly end: number;
}

/** What ColumnDef's list of constraints says besides constraints. */
interface ColumnClauses {
  notNull: boolean;
  default?: Expression;
  identity?: "always" | "by-default";
  generated?: GeneratedExpression;
  readonly constraints: ConstraintDefinition[];
}

/** A column as CREATE TABLE, ADD COLUMN or CREATE TYPE writes it. */
export function readColumn(column: ColumnDef, place: StatementPlace): ColumnDefinition {
  const { passage } = place;
  const start = passage.fromByte(column.location);
  const end = clauseEnd(passage.sent, start, place.end);
  const type = readTypeName(column.typeName, place);
  const clauses = readClauses(constraintClauses(column, end, place), place);
  return {
    name: column.colname ?? "",
    span: passage.span(start, end),
    type,
    notNull: clauses.notNull || type.serial,
    ...(clauses.default === undefined ? {} : { default: clauses.default }),
    ...(clauses.identity === undefined ? {} : { identity: clauses.identity }),
    ...(clauses.generated === undefined ? {} : { generated: clauses.generated }),
    ...(column.collClause === undefined
      ? {}
      : { collation: listedName(column.collClause.collname) }),
    constraints: clauses.constraints,
  };
}

/** The places of a column's constraints: each ends where the next, or COLLATE, begins. */
function constraintClauses(
  column: ColumnDef,
  end: number,
  place: StatementPlace,
): ConstraintClause[] {
  const constraints = bodiesOf(column.constraints, "Constraint");
  if (constraints.length === 0) return [];
  const { passage } = place;
  const starts = constraints.map((constraint) => passage.fromByte(constraint.location));
  const bounds = [...starts, end];
  if (column.collClause?.location !== undefined) {
    bounds.push(passage.fromByte(column.collClause.location));
  }
  return mergeAttributes(
    constraints.map((constraint, index) => {
      const start = starts[index] ?? 0;
      const next = Math.min(...bounds.filter((bound) => bound > start));
      const clauseLimit = trimmedEnd(passage.sent, start, next);
      return { constraint, start, end: clauseLimit, column: column.colname ?? "" };
    }),
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
function mergeAttributes(clauses: readonly ConstraintClause[]): ConstraintClause[] {
  const merged: ConstraintClause[] = [];
  for (const clause of clauses) {
    const attribute = ATTRIBUTES[clause.constraint.contype ?? ""];
    const previous = merged.at(-1);
    if (attribute === undefined || previous === undefined) merged.push(clause);
    else {
      const constraint = { ...previous.constraint, ...attribute };
      merged[merged.length - 1] = { ...previous, constraint, end: clause.end };
    }
  }
  return merged;
}

function readClauses(clauses: readonly ConstraintClause[], place: StatementPlace): ColumnClauses {
  const result: ColumnClauses = { notNull: false, constraints: [] };
  for (const clause of clauses) readClause(clause, place, result);
  return result;
}

function readClause(clause: ConstraintClause, place: StatementPlace, result: ColumnClauses): void {
  const { constraint } = clause;
  switch (constraint.contype) {
    case "CONSTR_NOTNULL":
      result.notNull = true;
      return;
    case "CONSTR_DEFAULT":
      result.default = afterKeyword("default", constraint.raw_expr, clause, place);
      return;
    case "CONSTR_IDENTITY":
      result.notNull = true;
      result.identity = identityOf(constraint);
      return;
    case "CONSTR_GENERATED":
      result.generated = readGenerated(clause, place);
      return;
    default: {
      if (constraint.contype === "CONSTR_PRIMARY") result.notNull = true;
      const definition = readConstraint(clause, place);
      if (definition !== undefined) result.constraints.push(definition);
    }
  }
}

/** GENERATED ALWAYS or BY DEFAULT AS IDENTITY. */
export function identityOf(constraint: Constraint | undefined): "always" | "by-default" {
  return constraint?.generated_when === "d" ? "by-default" : "always";
}

function readGenerated(clause: ConstraintClause, place: StatementPlace): GeneratedExpression {
  return {
    kind: clause.constraint.generated_kind === "v" ? "virtual" : "stored",
    expression: inParentheses(clause.constraint.raw_expr, clause, place),
  };
}

/** An expression that stands in the first parentheses of its clause. */
export function inParentheses(
  node: Node | undefined,
  clause: Clause,
  { passage }: StatementPlace,
): Expression {
  const inside = findParentheses(passage.sent, clause.start, clause.end) ?? clause;
  return readExpression(requireNode(node), passage.text(inside.start, inside.end));
}

/** An expression that follows a keyword and ends with its clause. */
export function afterKeyword(
  keyword: string,
  node: Node | undefined,
  clause: Clause,
  place: StatementPlace,
): Expression {
  const { passage } = place;
  const start = findKeyword(passage.sent, keyword, clause.start, clause.end)?.end ?? clause.start;
  return readExpression(requireNode(node), passage.text(start, clause.end).trim());
}

function requireNode(node: Node | undefined): Node {
  if (node === undefined) throw new Error("a clause without its expression");
  return node;
}
