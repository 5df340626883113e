import type { ObjectName } from "../name.ts";
import type { OperationBase } from "./base.ts";

export interface SetSetting extends OperationBase {
  readonly kind: "set-setting";
  /** Lower case, for example `lock_timeout`; `all` for RESET ALL. */
  readonly setting: string;
  /** As written, each value without its quotes; absent for RESET and DEFAULT. */
  readonly value?: string;
  readonly values: readonly string[];
  readonly local: boolean;
}
export interface TransactionControl extends OperationBase {
  readonly kind:
    | "begin"
    | "commit"
    | "rollback"
    | "savepoint"
    | "release-savepoint"
    | "rollback-to-savepoint"
    | "prepare-transaction"
    | "commit-prepared"
    | "rollback-prepared";
  /** Name of the savepoint, of the three kinds that have one. */
  readonly savepoint?: string;
}
export interface LockTable extends OperationBase {
  readonly kind: "lock-table";
  readonly table: ObjectName;
  /** PostgreSQL's words, for example `ACCESS EXCLUSIVE`. */
  readonly mode: string;
}
export interface Vacuum extends OperationBase {
  readonly kind: "vacuum";
  readonly full: boolean;
  readonly tables: readonly ObjectName[];
}
export interface Analyze extends OperationBase {
  readonly kind: "analyze";
  readonly tables: readonly ObjectName[];
}
export interface ClusterTable extends OperationBase {
  readonly kind: "cluster-table";
  /** Absent: every table that was clustered before. */
  readonly table?: ObjectName;
}
export interface DoBlock extends OperationBase {
  readonly kind: "do-block";
  readonly language: string;
  /** False when the body could not be read: what it does is not known. The operations found follow this one, each marked `inside`. */
  readonly readable: boolean;
  /** Something in it is made at run time (EXECUTE with anything but a literal). */
  readonly dynamic: boolean;
  /** Names of triggers and policies that its text says to make, `%` where one is made up when it runs; absent: none. */
  readonly makes?: readonly string[];
}
/** Statements of a session that change no catalog: SET CONSTRAINTS, LISTEN, DISCARD, PREPARE, EXPLAIN … */
export interface SessionStatement extends OperationBase {
  readonly kind: "session-statement";
  /** PostgreSQL's name of the statement's node, for example `ConstraintsSetStmt`. */
  readonly statement: string;
}
/** A statement that has no operation of its own. A test holds the list of the kinds that still end here. */
export interface Unclassified extends OperationBase {
  readonly kind: "unclassified";
  readonly statement: string;
}

export type SessionOperations =
  | SetSetting
  | TransactionControl
  | LockTable
  | Vacuum
  | Analyze
  | ClusterTable
  | DoBlock
  | SessionStatement
  | Unclassified;
