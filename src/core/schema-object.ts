import type { Expression, Volatility } from "./expression.ts";
import type { ObjectName } from "./name.ts";
import type { CreateIndex } from "./operations/index-object.ts";
import type { ConstraintDefinition } from "./operations/constraint.ts";
import type { PartitionKey, SetReplicaIdentity } from "./operations/table.ts";
import type { TypeReference } from "./type-reference.ts";

/*
 * The objects of a schema. They are values: the replay replaces an object and never changes one,
 * so that a copy of a schema shares them.
 */

export interface Column {
  readonly name: string;
  readonly type: TypeReference;
  readonly notNull: boolean;
  readonly default?: Expression;
  /** Of the default, with the functions that the migrations declare taken into account. */
  readonly defaultVolatility?: Volatility;
  readonly identity?: "always" | "by-default";
  readonly generated?: "stored" | "virtual";
  readonly generationExpression?: Expression;
  readonly collation?: ObjectName;
  /** It is there only because a parent table has it, and goes when the parent's column goes. */
  readonly inherited?: boolean;
  /** Added by the migrations under review. */
  readonly isNew: boolean;
}

export interface Constraint {
  /** Given or, as PostgreSQL would, generated. */
  readonly name: string;
  readonly definition: ConstraintDefinition;
  readonly columns: readonly string[];
  readonly validated: boolean;
  /** Given in the statement, not generated. */
  readonly named: boolean;
  /** It is there because the parent table has it. */
  readonly inherited?: boolean;
  /** Of a foreign key: the index of the referenced table that it rests on, where that table is known. */
  readonly restsOn?: ObjectName;
}

export interface Index {
  readonly name: ObjectName;
  readonly table: ObjectName;
  readonly unique: boolean;
  readonly method: string;
  /** Key columns in order; an expression is undefined. */
  readonly columns: readonly (string | undefined)[];
  readonly include: readonly string[];
  readonly partial: boolean;
  readonly valid: boolean;
  /** The constraint that owns it. */
  readonly constraint?: string;
  /** The index of the partitioned parent that it is attached to. */
  readonly parent?: ObjectName;
  readonly definition?: CreateIndex;
}

export interface Trigger {
  readonly name: string;
  readonly function: ObjectName;
  readonly forEachRow: boolean;
  /** Columns that UPDATE OF or WHEN names. */
  readonly columns: readonly string[];
}

export interface Policy {
  readonly name: string;
  /** Columns that USING and WITH CHECK name outside of a subquery. */
  readonly using: readonly string[];
  readonly check: readonly string[];
}

/** A publication that names a table. */
export interface PublishedTable {
  readonly publication: string;
  /** Of its list of columns and of its WHERE; none: all are sent. */
  readonly columns: readonly string[];
}

export interface Publication {
  readonly allTables: boolean;
  /** All tables in these are sent. */
  readonly schemas: readonly string[];
  /** UPDATE or DELETE is sent, for which a table needs a replica identity. */
  readonly sendsChanges: boolean;
}

export interface Table {
  readonly name: ObjectName;
  readonly persistence: "permanent" | "temporary" | "unlogged";
  readonly columns: readonly Column[];
  readonly constraints: readonly Constraint[];
  readonly partitionBy?: PartitionKey;
  readonly partitionOf?: ObjectName;
  readonly isDefaultPartition: boolean;
  readonly inherits: readonly ObjectName[];
  readonly rowSecurity: boolean;
  /** Created by the migrations under review, without IF NOT EXISTS hiding an older one. */
  readonly isNew: boolean;
  /** Created by the migrations under review and nothing was inserted since. */
  readonly isEmpty: boolean;
  readonly triggers: readonly Trigger[];
  readonly policies: readonly Policy[];
  /** By the publications that name it. */
  readonly published: readonly PublishedTable[];
  /** Absent: the default, which is the primary key. */
  readonly replicaIdentity?: SetReplicaIdentity["identity"];
}

export interface EnumType {
  readonly name: ObjectName;
  readonly values: readonly string[];
  readonly isNew: boolean;
}

export interface DomainType {
  readonly name: ObjectName;
  readonly baseType: TypeReference;
  readonly notNull: boolean;
  readonly constraints: readonly Constraint[];
  readonly hasDefault: boolean;
}

export interface OtherType {
  readonly name: ObjectName;
  readonly form: "composite" | "range" | "base" | "shell";
  /** Of a composite type. */
  readonly attributes?: readonly Column[];
}

export interface Sequence {
  readonly name: ObjectName;
  readonly type: string;
  readonly ownedBy?: { readonly table: ObjectName; readonly column: string };
  /** It makes the values of an identity column. */
  readonly identity?: boolean;
}

export interface View {
  readonly name: ObjectName;
  readonly materialized: boolean;
  readonly columns?: readonly string[];
  readonly reads: readonly ObjectName[];
  /** Column names that its query mentions, of whichever table; `*` for a star. Absent: not known. */
  readonly readColumns?: readonly string[];
  readonly isNew: boolean;
}

export interface FunctionObject {
  readonly name: ObjectName;
  readonly procedure: boolean;
  /** Canonical type names, comma-separated: with the name, what PostgreSQL tells overloads apart by. */
  readonly signature: string;
  readonly parameters: readonly TypeReference[];
  /** How many of them, the last ones, have a default. */
  readonly defaults: number;
  readonly returns?: TypeReference;
  readonly volatility: Volatility;
  readonly reads: readonly ObjectName[];
  /** Column names that its body mentions, of whichever table; `*` for a star. */
  readonly readColumns: readonly string[];
  /** Functions that its body calls. */
  readonly calls: readonly ObjectName[];
  /** Its body is a text, which PostgreSQL reads at each call: a name in it is not followed when it changes. */
  readonly readAtCall: boolean;
}
