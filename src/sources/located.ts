import type { Framework, Project } from "../core/migration.ts";
import type { FileChanges } from "./files.ts";
import type { Folder } from "./folder.ts";

/** A project that was found and not read yet. */
export interface LocatedProject {
  readonly framework: Framework;
  readonly folder: Folder;
  /** Whether a file of this folder may be the project's; its own, and for some those under it. */
  readonly has: (folder: Folder) => boolean;
  /** Whether the change of a file can change what the project is. */
  readonly concerns: (path: string) => boolean;
  readonly read: (changes?: FileChanges) => Project;
}

/** A file that looks like a migration and belongs to no project. */
export interface UnclaimedFile {
  readonly path: string;
  readonly reason: string;
  /** Only its place in the order is not known: named by a person it is a migration by itself. */
  readonly unordered?: true;
  /** It is for another database, and what is for PostgreSQL lies beside it. */
  readonly leftAlone?: true;
}
