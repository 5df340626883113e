import type { Cast } from "./cast-values.ts";

/** A table that can hold rows, as far as making rows for it needs to know. */
export interface TableShape {
  readonly oid: string;
  readonly schema: string;
  readonly name: string;
  readonly columns: readonly ColumnShape[];
  /** Expressions over its columns that every row satisfies: CHECKs, and the bounds of a partition. */
  readonly conditions: readonly string[];
  /** SQL of a migration that picks rows of it: what stands there are values worth having. */
  readonly statements?: readonly string[];
  /** Its columns to which a migration gives another type. */
  readonly casts?: readonly Cast[];
  /** Column numbers of unique keys, the primary key among them; 0 stands for an expression. */
  readonly uniqueKeys: readonly (readonly number[])[];
  /** A unique or exclusion constraint is deferrable: ON CONFLICT refuses such a table. */
  readonly isDeferrable: boolean;
  readonly foreignKeys: readonly ForeignKeyShape[];
  /** The partitioned table at the top, for a partition. */
  readonly root?: string;
}

/** A column that is to be given a value; generated ones and those with a sequence are not. */
export interface ColumnShape {
  readonly number: number;
  readonly name: string;
  /** With its schema and length, as a cast takes it; of a domain, what it is made of. */
  readonly type: string;
  /** Without schema, length and domains; of an array, of its elements. */
  readonly baseType: string;
  readonly kind: "base" | "enum" | "range" | "multirange" | "composite";
  readonly isArray: boolean;
  /** Length, precision or the like as PostgreSQL packs it; -1 for none. */
  readonly modifier: number;
  readonly isRequired: boolean;
  /** The labels of an enum, in order. */
  readonly labels: readonly string[];
  /** What a range is made of. */
  readonly subtype?: string;
  /** What a composite type is made of, in order. */
  readonly fields?: readonly FieldShape[];
  /** Conditions of its domains, about `VALUE`. */
  readonly domainConditions: readonly string[];
  /** Its default as an expression. */
  readonly defaultValue?: string;
}

/** A field of a composite type: of another kind it stays NULL. */
export type FieldShape = Pick<ColumnShape, "baseType" | "modifier" | "labels">;

export interface ForeignKeyShape {
  readonly name: string;
  /** Numbers of its own columns. */
  readonly columns: readonly number[];
  /** Oid of the table that it points to. */
  readonly target: string;
  readonly targetSchema: string;
  readonly targetName: string;
  readonly targetIsPartitioned: boolean;
  /** Names of the columns that it points to, in the order of `columns`. */
  readonly targetColumns: readonly string[];
}
