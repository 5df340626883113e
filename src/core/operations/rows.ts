import type { ObjectName } from "../name.ts";
import type { OperationBase } from "./base.ts";

/** How a statement's WHERE narrows it; `always-true` is a predicate such as `1 = 1`. */
export type RowFilter = "none" | "always-true" | "some";

/** What a query reads, wherever it stands. */
export interface ReadRows {
  /** Tables and views named anywhere in it, CTE names left out. */
  readonly tables: readonly ObjectName[];
  readonly functions: readonly ObjectName[];
  /** Columns named anywhere in it, unqualified, each once; `*` where a star stands. Absent: not known. */
  readonly columns?: readonly string[];
}

export interface InsertRows extends OperationBase {
  readonly kind: "insert-rows";
  readonly table: ObjectName;
  /** Empty: no column list was written. */
  readonly columns: readonly string[];
  /** Number of VALUES rows; absent for INSERT … SELECT. */
  readonly rows?: number;
  readonly query?: ReadRows;
  readonly onConflict: "none" | "nothing" | "update";
  readonly reads: ReadRows;
}
export interface UpdateRows extends OperationBase {
  readonly kind: "update-rows";
  readonly table: ObjectName;
  readonly columns: readonly string[];
  readonly filter: RowFilter;
  /** Columns that the WHERE compares with `=` or IN to something: the shape of an update by key. */
  readonly filterColumns: readonly string[];
  /** Every comparison of `filterColumns` is with a literal, a list of literals or a parameter. */
  readonly filterIsLiteral: boolean;
  /** The WHERE restricts the rows by a subquery with LIMIT: one batch. */
  readonly limited: boolean;
  /** The column that the WHERE compares with NULL by `=` or `<>`, which is true for no row. */
  readonly comparesNull?: string;
  readonly reads: ReadRows;
}
export interface DeleteRows extends OperationBase {
  readonly kind: "delete-rows";
  readonly table: ObjectName;
  readonly filter: RowFilter;
  readonly filterColumns: readonly string[];
  readonly filterIsLiteral: boolean;
  readonly limited: boolean;
  /** The column that the WHERE compares with NULL by `=` or `<>`, which is true for no row. */
  readonly comparesNull?: string;
  readonly reads: ReadRows;
}
export interface MergeRows extends OperationBase {
  readonly kind: "merge-rows";
  readonly table: ObjectName;
  readonly reads: ReadRows;
}
/** SELECT, VALUES, TABLE: nothing is changed but by the functions called. */
export interface SelectRows extends OperationBase {
  readonly kind: "select-rows";
  readonly reads: ReadRows;
  /** FOR UPDATE and its weaker forms. */
  readonly locksRows: boolean;
}
export interface CopyRows extends OperationBase {
  readonly kind: "copy-rows";
  /** Absent for COPY (query) TO. */
  readonly table?: ObjectName;
  readonly direction: "from" | "to";
  readonly channel: "stdin" | "file" | "program";
}
export interface CallProcedure extends OperationBase {
  readonly kind: "call-procedure";
  readonly procedure: ObjectName;
}

export type RowOperations =
  InsertRows | UpdateRows | DeleteRows | MergeRows | SelectRows | CopyRows | CallProcedure;
