/** The text of a file, or why there is none. */
export type FileText =
  | { readonly text: string }
  | {
      readonly unreadable: "missing" | "denied" | "not-utf8" | "too-large" | "nul-byte";
      /** One sentence for a person. */
      readonly reason: string;
    };

/** The files of a repository, wherever they live: a folder, a Git tree, an API. */
export interface RepositoryFiles {
  /** Every path from the root, with `/`, sorted by code unit. */
  readonly paths: readonly string[];
  /** The paths below a folder, where `paths` holds only what belongs to files that were named. */
  readonly below?: (folder: string) => readonly string[];
  /** Text of one of them, a byte order mark taken off. Asked for only when it is needed. */
  text(path: string): FileText;
  /** A name for what one of them holds, where it is known without reading the file: Git's hash of it. */
  readonly id?: (path: string) => string | undefined;
  /** Bytes of one of them, where it is known before and to read costs a request. */
  readonly size?: (path: string) => number;
}

/** What happened to a file between the base and the change under review. */
export type FileChange = "added" | "modified" | "deleted" | RenamedFile;

export interface RenamedFile {
  readonly renamedFrom: string;
  /** Its text is what it was. */
  readonly sameText?: true;
}

/** Every changed path with what happened to it, deleted ones included; a renamed file stands under its new path, and as deleted under its old one. */
export type FileChanges = ReadonlyMap<string, FileChange>;
