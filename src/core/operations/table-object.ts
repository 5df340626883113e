import type { ObjectName } from "../name.ts";
import type { OperationBase } from "./base.ts";
import type { RowFilter } from "./rows.ts";

export interface CreateTrigger extends OperationBase {
  readonly kind: "create-trigger";
  readonly trigger: string;
  readonly table: ObjectName;
  readonly orReplace: boolean;
  readonly function: ObjectName;
  readonly timing: "before" | "after" | "instead-of";
  readonly events: readonly ("insert" | "update" | "delete" | "truncate")[];
  /** UPDATE OF. */
  readonly columns: readonly string[];
  /** Columns that WHEN names, of the old or the new row. */
  readonly conditionColumns: readonly string[];
  readonly forEachRow: boolean;
  readonly constraint: boolean;
}
/** A trigger, rule or policy is dropped by its name on a table. */
export interface DropTableObject extends OperationBase {
  readonly kind: "drop-trigger" | "drop-policy" | "drop-rule";
  readonly name: string;
  readonly table: ObjectName;
  readonly ifExists: boolean;
  readonly cascade: boolean;
}
export interface RenameTableObject extends OperationBase {
  readonly kind: "rename-trigger" | "rename-policy" | "rename-rule";
  readonly name: string;
  readonly table: ObjectName;
  readonly to: string;
}
export interface CreatePolicy extends OperationBase {
  readonly kind: "create-policy" | "alter-policy";
  readonly policy: string;
  readonly table: ObjectName;
  /** ALTER POLICY cannot state it. */
  readonly command?: "all" | "select" | "insert" | "update" | "delete";
  /** AS RESTRICTIVE: every such policy must let a row pass, besides a permissive one. */
  readonly restrictive: boolean;
  /** `public` where CREATE POLICY names none; empty where ALTER POLICY does not. */
  readonly roles: readonly string[];
  /** USING: how it narrows the rows that are seen. */
  readonly using: RowFilter;
  /** WITH CHECK: how it narrows the rows that may be written; `none`: USING says it. */
  readonly check: RowFilter;
  /** Columns that USING names outside of a subquery; absent: it is not stated. */
  readonly usingColumns?: readonly string[];
  /** The same of WITH CHECK. */
  readonly checkColumns?: readonly string[];
  /** Functions that both call outside of a subquery: for every row. */
  readonly rowFunctions: readonly ObjectName[];
}
export interface CreateRule extends OperationBase {
  readonly kind: "create-rule";
  readonly rule: string;
  readonly table: ObjectName;
}

export type TableObjectOperations =
  CreateTrigger | DropTableObject | RenameTableObject | CreatePolicy | CreateRule;
