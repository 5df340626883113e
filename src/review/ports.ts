import type { Unverified } from "../core/review.ts";
import type { FileChanges, RepositoryFiles } from "../sources/files.ts";

/** The change under review: the files as it leaves them, and what it did to them. */
export interface ChangeSet {
  readonly files: RepositoryFiles;
  /** Every changed path, deleted ones included. */
  readonly changes: FileChanges;
  /** What else it changed that may hold migrations and cannot be read. */
  readonly unread?: readonly Unverified[];
  /** What it is measured against, in words: `merge base 3f9c2e1 of main`, `files named`, `everything`. */
  readonly since: string;
  /** The text that a file has on the base branch; undefined where it has none. Absent: no base is known. */
  readonly baseText?: (path: string) => Promise<string | undefined>;
}
