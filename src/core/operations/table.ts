import type { ObjectName } from "../name.ts";
import type { OperationBase } from "./base.ts";
import type { ColumnDefinition } from "./column.ts";
import type { ConstraintDefinition } from "./constraint.ts";
import type { ReadRows } from "./rows.ts";

interface TableOperation extends OperationBase {
  readonly table: ObjectName;
}

export interface PartitionKey {
  readonly strategy: "range" | "list" | "hash";
  /** An expression in the key is an empty string. */
  readonly columns: readonly string[];
}

export interface CreateTable extends TableOperation {
  readonly kind: "create-table";
  readonly ifNotExists: boolean;
  readonly persistence: "permanent" | "temporary" | "unlogged";
  readonly columns: readonly ColumnDefinition[];
  /** Table constraints; those written on a column are in its definition. */
  readonly constraints: readonly ConstraintDefinition[];
  readonly partitionBy?: PartitionKey;
  readonly partitionOf?: { readonly parent: ObjectName; readonly isDefault: boolean };
  readonly inherits: readonly ObjectName[];
  readonly like: readonly {
    readonly table: ObjectName;
    /** INCLUDING …; `all` sets every one. */
    readonly including: readonly string[];
  }[];
  /** OF type. */
  readonly ofType?: ObjectName;
  /** Storage parameters, as written. */
  readonly options: readonly string[];
  readonly foreign: boolean;
}
/** CREATE TABLE … AS, SELECT INTO, and their materialized cousin is `create-view`. */
export interface CreateTableAs extends TableOperation {
  readonly kind: "create-table-as";
  readonly ifNotExists: boolean;
  readonly persistence: "permanent" | "temporary" | "unlogged";
  /** Names given in the statement or readable from the query's select list; absent when neither tells. */
  readonly columns?: readonly string[];
  readonly withData: boolean;
  readonly query: ReadRows;
}
export interface DropTable extends TableOperation {
  readonly kind: "drop-table";
  readonly ifExists: boolean;
  readonly cascade: boolean;
  readonly foreign: boolean;
}
export interface RenameTable extends TableOperation {
  readonly kind: "rename-table";
  readonly to: string;
}
export interface SetTableSchema extends TableOperation {
  readonly kind: "set-table-schema";
  readonly schema: string;
}
export interface AddConstraint extends TableOperation {
  readonly kind: "add-constraint";
  readonly constraint: ConstraintDefinition;
}
export interface DropConstraint extends TableOperation {
  readonly kind: "drop-constraint";
  readonly constraint: string;
  readonly ifExists: boolean;
  readonly cascade: boolean;
}
export interface ValidateConstraint extends TableOperation {
  readonly kind: "validate-constraint";
  readonly constraint: string;
}
export interface AlterConstraint extends TableOperation {
  readonly kind: "alter-constraint";
  readonly constraint: string;
  readonly deferrable?: boolean;
  readonly initiallyDeferred?: boolean;
  readonly enforced?: boolean;
}
export interface RenameConstraint extends TableOperation {
  readonly kind: "rename-constraint";
  readonly constraint: string;
  readonly to: string;
}
export interface AttachPartition extends TableOperation {
  readonly kind: "attach-partition";
  readonly partition: ObjectName;
  readonly isDefault: boolean;
}
export interface DetachPartition extends TableOperation {
  readonly kind: "detach-partition";
  readonly partition: ObjectName;
  readonly concurrently: boolean;
  readonly finalize: boolean;
}
export interface AlterInheritance extends TableOperation {
  readonly kind: "alter-inheritance";
  readonly parent: ObjectName;
  readonly inherit: boolean;
}
export interface AlterTriggerState extends TableOperation {
  readonly kind: "alter-trigger-state";
  /** Absent for ALL and USER. */
  readonly trigger?: string;
  readonly scope: "one" | "all" | "user";
  readonly state: "enable" | "disable" | "enable-always" | "enable-replica";
}
export interface AlterRowSecurity extends TableOperation {
  readonly kind: "alter-row-security";
  readonly action: "enable" | "disable" | "force" | "no-force";
}
export interface SetReplicaIdentity extends TableOperation {
  readonly kind: "set-replica-identity";
  readonly identity: "default" | "full" | "nothing" | "index";
  readonly index?: string;
}
export interface SetPersistence extends TableOperation {
  readonly kind: "set-persistence";
  readonly logged: boolean;
}
export interface SetTablespace extends TableOperation {
  readonly kind: "set-tablespace";
  readonly tablespace: string;
}
export interface SetAccessMethod extends TableOperation {
  readonly kind: "set-access-method";
  readonly method: string;
}
/** SET (fillfactor = …) and RESET (…). */
export interface SetTableOptions extends TableOperation {
  readonly kind: "set-table-options";
  readonly options: readonly string[];
}
/** A form of ALTER TABLE that changes nothing the replay follows: CLUSTER ON, OF type, ENABLE RULE … */
export interface AlterTableOther extends TableOperation {
  readonly kind: "alter-table-other";
  /** PostgreSQL's own name of the subcommand, for example `AT_ClusterOn`. */
  readonly subcommand: string;
}
export interface Truncate extends TableOperation {
  readonly kind: "truncate";
  readonly cascade: boolean;
  readonly restartIdentity: boolean;
}

export type TableOperations =
  | CreateTable
  | CreateTableAs
  | DropTable
  | RenameTable
  | SetTableSchema
  | AddConstraint
  | DropConstraint
  | ValidateConstraint
  | AlterConstraint
  | RenameConstraint
  | AttachPartition
  | DetachPartition
  | AlterInheritance
  | AlterTriggerState
  | AlterRowSecurity
  | SetReplicaIdentity
  | SetPersistence
  | SetTablespace
  | SetAccessMethod
  | SetTableOptions
  | AlterTableOther
  | Truncate;
