import type { Framework, Project } from "../core/migration.ts";
import type { FileChanges } from "./files.ts";
import type { Folder } from "./folder.ts";

/** How the migrations of one framework are found and read. */
export type Source = FolderSource | SpreadSource;

/** A framework that keeps its migrations in one folder. */
export interface FolderSource {
  readonly framework: Framework;
  /** Which files are the project's: those that lie in its root, or all under it. */
  readonly takes: "folder" | "tree";
  /** Whether a folder is the root of one of this framework's projects: from names and, where they do not tell, the texts of a few files. */
  detect(folder: Folder): Detection;
  /** Whether a file outside of its root can change what the project is; by default none can. */
  concerns?(folder: Folder, path: string): boolean;
  /** Reads the project whose root is `folder`. Never throws for what its files hold. */
  read(folder: Folder, options: SourceOptions): Project;
}

/** A framework whose migrations lie in many folders of one tree, with other projects between them. */
export interface SpreadSource {
  readonly framework: Framework;
  readonly takes: "spread";
  /** Every project under a folder. */
  find(root: Folder): readonly SpreadProject[];
}

/** A project that was found and not read yet. */
export interface SpreadProject {
  readonly root: Folder;
  /** The folders whose files it takes. */
  readonly folders: ReadonlySet<Folder>;
  /** Why it cannot be read. */
  readonly refusal?: string;
  /** Whether a change of this file can change what the project is. */
  concerns(path: string): boolean;
  /**
   * Never throws for what its files hold.
   *
   * @param changes the change under review, where it is known: what it adds comes to databases last
   */
  read(changes?: FileChanges): Project;
}

/** Yes, no, or: it is one, and cannot be read for this reason. */
export type Detection = boolean | { readonly refusal: string };

export interface SourceOptions {
  /** Values of the placeholders that a runner replaces, by name (Flyway). */
  readonly placeholders: Readonly<Record<string, string>>;
}
