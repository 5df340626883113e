import { realpathSync } from "node:fs";
import { join } from "node:path";
import type { FileText, RepositoryFiles } from "../sources/files.ts";
import { readText } from "./read-text.ts";

/** Files of a folder on disk. Texts are read when they are asked for, each once. */
export class DiskFiles implements RepositoryFiles {
  readonly paths: readonly string[];
  readonly #root: string;
  readonly #blobs: ReadonlyMap<string, string>;
  readonly #texts = new Map<string, FileText>();

  /** @param blobs Git's hashes of those files that it knows to be as they are in the index */
  constructor(
    root: string,
    paths: Iterable<string>,
    blobs: ReadonlyMap<string, string> = new Map(),
  ) {
    this.#blobs = blobs;
    this.#root = realpathSync(root);
    this.paths = [...new Set(paths)].toSorted();
  }

  id(path: string): string | undefined {
    return this.#blobs.get(path);
  }

  text(path: string): FileText {
    let text = this.#texts.get(path);
    if (text === undefined) {
      text = readText(this.#root, join(this.#root, path));
      this.#texts.set(path, text);
    }
    return text;
  }
}
