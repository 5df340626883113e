import type { Framework, Project } from "../core/migration.ts";
import type { RepositoryFiles } from "./files.ts";

/** How the migrations of one framework are found and read. */
export interface Source {
  readonly framework: Framework;
  /** Folders that hold this framework's migrations, seen by their files' names and, where names do not tell, texts. */
  detect(files: RepositoryFiles): readonly string[];
  /** Reads one of these folders. */
  read(files: RepositoryFiles, root: string, options: SourceOptions): Project;
}

export interface SourceOptions {
  /** Values of the placeholders that a runner replaces, by name (Flyway). */
  readonly placeholders: Readonly<Record<string, string>>;
}
