import type { Expression } from "../expression.ts";
import type { ObjectName } from "../name.ts";
import type { Span } from "../span.ts";
import type { TypeReference } from "../type-reference.ts";
import type { ConstraintDefinition } from "./constraint.ts";
import type { OperationBase } from "./base.ts";

/** GENERATED … AS (expression). */
export interface GeneratedExpression {
  readonly kind: "stored" | "virtual";
  readonly expression: Expression;
}

/** A column as CREATE TABLE or ADD COLUMN writes it. */
export interface ColumnDefinition {
  readonly name: string;
  readonly span: Span;
  readonly type: TypeReference;
  /** NOT NULL is written, or follows from PRIMARY KEY, serial or identity. */
  readonly notNull: boolean;
  readonly default?: Expression;
  readonly identity?: "always" | "by-default";
  /** SEQUENCE NAME of an identity column. */
  readonly sequence?: ObjectName;
  readonly generated?: GeneratedExpression;
  readonly collation?: ObjectName;
  /** The constraints written on the column, NOT NULL left out. */
  readonly constraints: readonly ConstraintDefinition[];
}

interface ColumnOperation extends OperationBase {
  readonly table: ObjectName;
  readonly column: string;
}

export interface AddColumn extends OperationBase {
  readonly kind: "add-column";
  readonly table: ObjectName;
  readonly column: ColumnDefinition;
  readonly ifNotExists: boolean;
}
export interface DropColumn extends ColumnOperation {
  readonly kind: "drop-column";
  readonly ifExists: boolean;
  readonly cascade: boolean;
}
export interface RenameColumn extends ColumnOperation {
  readonly kind: "rename-column";
  readonly to: string;
}
export interface AlterColumnType extends ColumnOperation {
  readonly kind: "alter-column-type";
  readonly type: TypeReference;
  readonly using?: Expression;
  readonly collation?: ObjectName;
}
export interface SetColumnDefault extends ColumnOperation {
  readonly kind: "set-column-default";
  readonly default: Expression;
}
export interface DropColumnDefault extends ColumnOperation {
  readonly kind: "drop-column-default";
}
export interface SetNotNull extends ColumnOperation {
  readonly kind: "set-not-null";
}
export interface DropNotNull extends ColumnOperation {
  readonly kind: "drop-not-null";
}
export interface SetColumnExpression extends ColumnOperation {
  readonly kind: "set-column-expression";
  readonly expression: Expression;
}
export interface DropColumnExpression extends ColumnOperation {
  readonly kind: "drop-column-expression";
  readonly ifExists: boolean;
}
export interface AddIdentity extends ColumnOperation {
  readonly kind: "add-identity";
  readonly identity: "always" | "by-default";
  /** SEQUENCE NAME. */
  readonly sequence?: ObjectName;
}
export interface AlterIdentity extends ColumnOperation {
  readonly kind: "alter-identity";
  /** SET GENERATED; absent where only the sequence's options change. */
  readonly identity?: "always" | "by-default";
}
export interface DropIdentity extends ColumnOperation {
  readonly kind: "drop-identity";
  readonly ifExists: boolean;
}
/** SET STATISTICS, STORAGE, COMPRESSION, (n_distinct = …). */
export interface SetColumnOption extends ColumnOperation {
  readonly kind: "set-column-option";
  readonly option: "statistics" | "storage" | "compression" | "attributes";
}

export type ColumnOperations =
  | AddColumn
  | DropColumn
  | RenameColumn
  | AlterColumnType
  | SetColumnDefault
  | DropColumnDefault
  | SetNotNull
  | DropNotNull
  | SetColumnExpression
  | DropColumnExpression
  | AddIdentity
  | AlterIdentity
  | DropIdentity
  | SetColumnOption;
