import type { ObjectName } from "./name.ts";

/** What running code can no longer name after a migration: a table or view, or one of its columns. */
export interface RemovedName {
  readonly table: ObjectName;
  readonly column?: string;
}

/** Where other files of the repository seem to name it still. */
export interface NameUses {
  /** The first of them; lines count from 1. */
  readonly places: readonly { readonly path: string; readonly line: number }[];
  /** How many more there are. */
  readonly more: number;
  /** Not every file was searched: there were too many, or they were too large. */
  readonly partly?: true;
}

/** Searches the repository; undefined where nothing was found. */
export type FindUses = (removed: RemovedName) => NameUses | undefined;
