import type { ObjectName } from "../name.ts";

/** A table that a publication names. */
export interface PublicationTable {
  readonly table: ObjectName;
  /** Of its list of columns and of its WHERE, each once; none: all are sent. */
  readonly columns: readonly string[];
  /** ONLY: not the tables that inherit from it. */
  readonly only: boolean;
}

/** What CREATE PUBLICATION or ALTER PUBLICATION states. */
export interface PublicationChange {
  readonly action: "add" | "drop" | "set";
  /** It names tables or schemas, or says FOR ALL TABLES. */
  readonly statesObjects: boolean;
  readonly allTables: boolean;
  readonly tables: readonly PublicationTable[];
  /** FOR TABLES IN SCHEMA. */
  readonly schemas: readonly string[];
  /** `publish`: insert, update, delete, truncate. */
  readonly publish?: readonly string[];
}
