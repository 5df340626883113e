import type { Expression } from "../expression.ts";
import type { ObjectName } from "../name.ts";
import type { OperationBase } from "./base.ts";

/** One key of an index. */
export interface IndexKey {
  /** Absent for an expression. */
  readonly column?: string;
  readonly expression?: Expression;
  /**
   * What PostgreSQL calls an expression in a generated index name, where it has a word for it: the
   * function, the column or the type of the cast (its FigureIndexColname); absent means `expr`.
   */
  readonly expressionName?: string;
  readonly operatorClass?: string;
  readonly collation?: string;
  readonly descending: boolean;
}

export interface CreateIndex extends OperationBase {
  readonly kind: "create-index";
  /** Absent when PostgreSQL is to choose one. */
  readonly name?: string;
  readonly table: ObjectName;
  readonly method: string;
  readonly keys: readonly IndexKey[];
  readonly include: readonly string[];
  readonly where?: Expression;
  readonly unique: boolean;
  readonly concurrently: boolean;
  readonly ifNotExists: boolean;
  /** ON ONLY: not on the partitions. */
  readonly only: boolean;
  readonly nullsNotDistinct: boolean;
}
export interface DropIndex extends OperationBase {
  readonly kind: "drop-index";
  readonly index: ObjectName;
  readonly concurrently: boolean;
  readonly ifExists: boolean;
  readonly cascade: boolean;
}
export interface RenameIndex extends OperationBase {
  readonly kind: "rename-index";
  readonly index: ObjectName;
  readonly to: string;
}
export interface AttachIndex extends OperationBase {
  readonly kind: "attach-index";
  readonly index: ObjectName;
  readonly child: ObjectName;
}
export interface AlterIndex extends OperationBase {
  readonly kind: "alter-index";
  readonly index: ObjectName;
  readonly subcommand: string;
}
export interface Reindex extends OperationBase {
  readonly kind: "reindex";
  readonly scope: "index" | "table" | "schema" | "database" | "system";
  readonly target?: ObjectName;
  readonly concurrently: boolean;
}

export type IndexOperations =
  CreateIndex | DropIndex | RenameIndex | AttachIndex | AlterIndex | Reindex;
