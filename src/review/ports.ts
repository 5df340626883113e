import type { RepositoryFiles } from "../sources/files.ts";

/** What happened to a file between the base and the change under review. */
export type FileChange = "added" | "modified" | "renamed" | "deleted";

/** The change under review: the files as it leaves them, and what it did to them. */
export interface ChangeSet {
  readonly files: RepositoryFiles;
  /** Every changed path, deleted ones included; a renamed file under its new path. */
  readonly changes: ReadonlyMap<string, FileChange>;
  /** What it is measured against, in words: `merge base 3f9c2e1 of main`, `files named`, `everything`. */
  readonly since: string;
}
