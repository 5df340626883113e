import type { Volatility } from "../expression.ts";
import type { ObjectName } from "../name.ts";
import type { TypeReference } from "../type-reference.ts";
import type { OperationBase } from "./base.ts";
import type { PublicationChange } from "./publication.ts";
import type { ReadRows } from "./rows.ts";
import type { TableObjectOperations } from "./table-object.ts";

export interface CreateView extends OperationBase {
  readonly kind: "create-view";
  readonly view: ObjectName;
  readonly materialized: boolean;
  readonly orReplace: boolean;
  readonly ifNotExists: boolean;
  readonly temporary: boolean;
  /** WITH (…): the options that are on, in lower case, for example `security_invoker`. */
  readonly options: readonly string[];
  /** Names given in the statement or readable from the select list; absent when neither tells. */
  readonly columns?: readonly string[];
  readonly withData: boolean;
  readonly query: ReadRows;
}
export interface DropView extends OperationBase {
  readonly kind: "drop-view";
  readonly view: ObjectName;
  readonly materialized: boolean;
  readonly ifExists: boolean;
  readonly cascade: boolean;
}
export interface RenameView extends OperationBase {
  readonly kind: "rename-view";
  readonly view: ObjectName;
  readonly materialized: boolean;
  readonly to: string;
}
export interface RefreshMaterializedView extends OperationBase {
  readonly kind: "refresh-materialized-view";
  readonly view: ObjectName;
  readonly concurrently: boolean;
  readonly withData: boolean;
}
/** What an ALTER SEQUENCE or CREATE SEQUENCE states; absent means not stated. */
export interface SequenceOptions {
  readonly type?: TypeReference;
  readonly increment?: bigint;
  readonly minimum?: bigint | "none";
  readonly maximum?: bigint | "none";
  readonly start?: bigint;
  readonly restart?: bigint | "start";
  readonly cache?: bigint;
  readonly cycle?: boolean;
  readonly ownedBy?: { readonly table: ObjectName; readonly column: string } | "none";
}
export interface CreateSequence extends OperationBase {
  readonly kind: "create-sequence";
  readonly sequence: ObjectName;
  readonly ifNotExists: boolean;
  readonly temporary: boolean;
  readonly options: SequenceOptions;
}
export interface AlterSequence extends OperationBase {
  readonly kind: "alter-sequence";
  readonly sequence: ObjectName;
  readonly options: SequenceOptions;
}
export interface DropSequence extends OperationBase {
  readonly kind: "drop-sequence";
  readonly sequence: ObjectName;
  readonly ifExists: boolean;
  readonly cascade: boolean;
}
export interface RenameSequence extends OperationBase {
  readonly kind: "rename-sequence";
  readonly sequence: ObjectName;
  readonly to: string;
}
export interface CreateFunction extends OperationBase {
  readonly kind: "create-function";
  readonly function: ObjectName;
  readonly procedure: boolean;
  readonly orReplace: boolean;
  /** Types of the IN, INOUT and VARIADIC parameters: what makes the signature. */
  readonly parameters: readonly TypeReference[];
  /** How many of them have a default. */
  readonly defaults: number;
  /** Absent for a procedure, and where OUT parameters say it. */
  readonly returns?: TypeReference;
  readonly language: string;
  readonly volatility: Exclude<Volatility, "constant" | "unknown">;
  readonly securityDefiner: boolean;
  /** BEGIN ATOMIC or RETURN: PostgreSQL reads the body when it makes the function, and follows what it names. */
  readonly standardBody: boolean;
  /** SET search_path, as written. */
  readonly searchPath?: string;
  /** Names of triggers and policies that its text says to make, `%` where one is made up when it runs; absent: none. */
  readonly makes?: readonly string[];
  /** Tables and functions that its body names; undefined where the body cannot be read. Read when it is first asked for. */
  readonly body?: ReadRows | undefined;
}
export interface DropFunction extends OperationBase {
  readonly kind: "drop-function";
  readonly function: ObjectName;
  readonly form: "function" | "procedure" | "routine" | "aggregate";
  /** Absent: the name alone. */
  readonly parameters?: readonly TypeReference[];
  readonly ifExists: boolean;
  readonly cascade: boolean;
}
export interface CreateSchema extends OperationBase {
  readonly kind: "create-schema";
  readonly schema: string;
  readonly ifNotExists: boolean;
}
export interface DropSchema extends OperationBase {
  readonly kind: "drop-schema";
  readonly schema: string;
  readonly ifExists: boolean;
  readonly cascade: boolean;
}
export interface RenameSchema extends OperationBase {
  readonly kind: "rename-schema";
  readonly schema: string;
  readonly to: string;
}
export interface CreateExtension extends OperationBase {
  readonly kind: "create-extension";
  readonly extension: string;
  readonly schema?: string;
  /** VERSION, as written. */
  readonly version?: string;
  readonly ifNotExists: boolean;
  readonly cascade: boolean;
}
export interface DropExtension extends OperationBase {
  readonly kind: "drop-extension";
  readonly extension: string;
  readonly ifExists: boolean;
  readonly cascade: boolean;
}

/** Kinds of object that have no operation of their own. */
export type OtherObjectKind =
  | "access-method"
  | "aggregate"
  | "cast"
  | "collation"
  | "conversion"
  | "database"
  | "default-privileges"
  | "event-trigger"
  | "extension"
  | "foreign-data-wrapper"
  | "function"
  | "language"
  | "large-object"
  | "materialized-view"
  | "operator"
  | "operator-class"
  | "operator-family"
  | "owned-objects"
  | "procedure"
  | "publication"
  | "role"
  | "schema"
  | "sequence"
  | "server"
  | "statistics"
  | "subscription"
  | "system"
  | "table"
  | "tablespace"
  | "text-search-configuration"
  | "text-search-dictionary"
  | "text-search-parser"
  | "text-search-template"
  | "transform"
  | "trigger"
  | "type"
  | "user-mapping"
  | "view"
  | "index"
  | "column"
  | "constraint"
  | "domain"
  | "policy"
  | "rule"
  | "foreign-table"
  | "property-graph";

/** CREATE, ALTER, DROP, COMMENT ON, OWNER TO and the like of objects that the replay does not follow in detail. */
export interface OtherObjectOperation extends OperationBase {
  readonly kind:
    | "create-object"
    | "alter-object"
    | "drop-object"
    | "rename-object"
    | "set-object-schema"
    | "change-owner"
    | "comment"
    | "security-label";
  readonly object: OtherObjectKind;
  /** Absent where the statement names none (ALTER SYSTEM) or the name is not one (a cast). */
  readonly name?: ObjectName;
  /** The table that the object stands on, where it does. */
  readonly table?: ObjectName;
  /** The new name, the new schema or the new owner. */
  readonly to?: string;
  /** Drop-object only. */
  readonly ifExists?: boolean;
  readonly cascade?: boolean;
  /**
   * What the statement states of a role, a database, the server, a function, a view, a user mapping
   * or a subscription, each in lower case: options by PostgreSQL's name of them (`superuser`, `password`,
   * `bypassrls`), settings by theirs (`search_path`). An option that is switched off is left out.
   */
  readonly states?: readonly string[];
  /** Create-object and alter-object of a publication only. */
  readonly publication?: PublicationChange;
}
export interface ChangePrivileges extends OperationBase {
  readonly kind: "grant" | "revoke";
  /** `role` for GRANT role TO role. */
  readonly object: OtherObjectKind;
  /** ON ALL … IN SCHEMA: `object` is `schema`, and all objects of this kind in those are meant. */
  readonly allOf?: OtherObjectKind;
  readonly names: readonly ObjectName[];
  readonly privileges: readonly string[];
  readonly roles: readonly string[];
  readonly withGrantOption: boolean;
}

export type ObjectOperations =
  | CreateView
  | DropView
  | RenameView
  | RefreshMaterializedView
  | CreateSequence
  | AlterSequence
  | DropSequence
  | RenameSequence
  | CreateFunction
  | DropFunction
  | TableObjectOperations
  | CreateSchema
  | DropSchema
  | RenameSchema
  | CreateExtension
  | DropExtension
  | OtherObjectOperation
  | ChangePrivileges;
