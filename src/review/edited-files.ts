import type { FileChange, FileText, RepositoryFiles } from "../sources/files.ts";
import type { ChangeSet } from "./ports.ts";

/** A change with other texts in some of its files, and files that it does not have yet. */
export function withTexts<Change extends ChangeSet>(
  change: Change,
  texts: ReadonlyMap<string, string>,
): Change {
  const known = new Set(change.files.paths);
  const added = [...texts.keys()].filter((path) => !known.has(path));
  const changes = new Map<string, FileChange>(change.changes);
  for (const path of added) changes.set(path, "added");
  return { ...change, changes, files: new EditedFiles(change.files, texts, added) };
}

class EditedFiles implements RepositoryFiles {
  readonly paths: readonly string[];
  readonly #files: RepositoryFiles;
  readonly #texts: ReadonlyMap<string, string>;

  constructor(
    files: RepositoryFiles,
    texts: ReadonlyMap<string, string>,
    added: readonly string[],
  ) {
    this.#files = files;
    this.#texts = texts;
    this.paths = added.length === 0 ? files.paths : [...files.paths, ...added].toSorted();
  }

  text(path: string): FileText {
    const text = this.#texts.get(path);
    return text === undefined ? this.#files.text(path) : { text };
  }
}
