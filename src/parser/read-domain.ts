import type { AlterDomainStmt, CreateDomainStmt } from "@pgsql/types";
import type { Operation } from "../core/operation.ts";
import type { AlterDomain } from "../core/operations/type-object.ts";
import { Clause } from "./clause.ts";
import { listedName } from "./names.ts";
import { bodyOf } from "./node.ts";
import { readColumn } from "./read-column.ts";
import { readConstraint } from "./read-constraint.ts";
import type { StatementPlace } from "./statement-place.ts";

/** A domain's clauses are written like a column's, and read as one. */
export function readCreateDomain(statement: CreateDomainStmt, place: StatementPlace): Operation[] {
  const column = readColumn(
    {
      location: statement.typeName?.location ?? 0,
      ...(statement.typeName === undefined ? {} : { typeName: statement.typeName }),
      ...(statement.constraints === undefined ? {} : { constraints: statement.constraints }),
    },
    place,
  );
  return [
    {
      kind: "create-domain",
      span: place.span,
      type: listedName(statement.domainname),
      baseType: column.type,
      notNull: column.notNull,
      ...(column.default === undefined ? {} : { default: column.default }),
      constraints: column.constraints,
    },
  ];
}

/** The letters of AlterDomainStmt.subtype; `T` is SET DEFAULT, or DROP DEFAULT without a value. */
const ACTIONS: Readonly<Record<string, AlterDomain["action"]>> = {
  T: "set-default",
  N: "drop-not-null",
  O: "set-not-null",
  C: "add-constraint",
  X: "drop-constraint",
  V: "validate-constraint",
};

export function readAlterDomain(statement: AlterDomainStmt, place: StatementPlace): Operation[] {
  const action =
    statement.subtype === "T" && statement.def === undefined
      ? "drop-default"
      : (ACTIONS[statement.subtype ?? ""] ?? "set-default");
  const constraint = readAddedConstraint(statement, place);
  const constraintName = statement.name ?? constraint?.name;
  return [
    {
      kind: "alter-domain",
      span: place.span,
      type: listedName(statement.typeName),
      action,
      ...(constraint === undefined ? {} : { constraint }),
      ...(constraintName === undefined ? {} : { constraintName }),
      ifExists: statement.missing_ok ?? false,
    },
  ];
}

function readAddedConstraint(statement: AlterDomainStmt, place: StatementPlace) {
  const constraint = bodyOf(statement.def, "Constraint");
  if (constraint === undefined || statement.subtype !== "C") return undefined;
  const start = place.passage.fromByte(constraint.location);
  return readConstraint({ constraint, clause: new Clause(place.passage, start, () => place.end) });
}
