import type { Expression } from "../expression.ts";
import type { ObjectName } from "../name.ts";
import type { Span } from "../span.ts";
import type { IndexKey } from "./index-object.ts";

/** What ON DELETE or ON UPDATE does. */
export type ReferentialAction = "no-action" | "restrict" | "cascade" | "set-null" | "set-default";

interface ConstraintBase {
  /** Absent when PostgreSQL is to choose one. */
  readonly name?: string;
  readonly span: Span;
  readonly deferrable: boolean;
  readonly initiallyDeferred: boolean;
  /** NOT VALID: rows that exist are not checked. */
  readonly notValid: boolean;
  /** PostgreSQL 18: NOT ENFORCED. */
  readonly notEnforced: boolean;
}

export interface CheckConstraint extends ConstraintBase {
  readonly kind: "check";
  readonly expression: Expression;
  readonly noInherit: boolean;
}

export interface ForeignKeyConstraint extends ConstraintBase {
  readonly kind: "foreign-key";
  /** The referencing columns; one, when it stands on a column. */
  readonly columns: readonly string[];
  readonly references: ObjectName;
  /** Empty: the primary key of the referenced table. */
  readonly referencedColumns: readonly string[];
  readonly onDelete: ReferentialAction;
  readonly onUpdate: ReferentialAction;
}

/** PRIMARY KEY or UNIQUE. */
export interface KeyConstraint extends ConstraintBase {
  readonly kind: "primary-key" | "unique";
  /** Empty with `usingIndex`. */
  readonly columns: readonly string[];
  readonly include: readonly string[];
  /** USING INDEX: no index is built. */
  readonly usingIndex?: string;
  readonly nullsNotDistinct: boolean;
}

export interface ExclusionConstraint extends ConstraintBase {
  readonly kind: "exclude";
  readonly columns: readonly string[];
  /** Columns and expressions in order, where they are told apart. */
  readonly keys?: readonly IndexKey[];
  readonly where?: Expression;
  readonly method: string;
}

/** NOT NULL as a named table constraint (PostgreSQL 18), or in a column's definition. */
export interface NotNullConstraint extends ConstraintBase {
  readonly kind: "not-null";
  readonly column: string;
  readonly noInherit: boolean;
}

export type ConstraintDefinition =
  CheckConstraint | ForeignKeyConstraint | KeyConstraint | ExclusionConstraint | NotNullConstraint;
