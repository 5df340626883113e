import { execFileSync } from "node:child_process";
import { decodeText, MOST_BYTES, TOO_LARGE } from "../sources/decode-text.ts";
import type { FileText, RepositoryFiles } from "../sources/files.ts";
import { git } from "./git.ts";

/** Files of a commit, whatever the working tree holds. Texts are read when they are asked for. */
export class CommitFiles implements RepositoryFiles {
  readonly paths: readonly string[];
  readonly #folder: string;
  readonly #objects: ReadonlyMap<string, { readonly hash: string; readonly size: number }>;

  private constructor(
    folder: string,
    objects: ReadonlyMap<string, { readonly hash: string; readonly size: number }>,
  ) {
    this.#folder = folder;
    this.#objects = objects;
    this.paths = [...objects.keys()].toSorted();
  }

  /** @param commit its hash */
  static async open(folder: string, commit: string): Promise<CommitFiles> {
    const list = ["ls-tree", "-r", "-l", "-z", "--full-tree", commit];
    const { status, stdout, stderr } = await git(folder, list);
    if (status !== 0) throw new Error(`git ls-tree failed: ${stderr}`);
    const objects = new Map<string, { readonly hash: string; readonly size: number }>();
    for (const line of stdout.split("\0")) {
      // `100644 blob <hash>     123\tpath`
      const [, hash = "", size = "", path] =
        /^\d+ blob ([0-9a-f]+) +(\d+)\t([^]+)$/.exec(line) ?? [];
      if (path !== undefined) objects.set(path, { hash, size: Number(size) });
    }
    return new CommitFiles(folder, objects);
  }

  text(path: string): FileText {
    const found = this.#objects.get(path);
    if (found === undefined) return { unreadable: "missing", reason: "it does not exist" };
    if (found.size > MOST_BYTES) return TOO_LARGE;
    const options = { cwd: this.#folder, maxBuffer: MOST_BYTES * 2 };
    return decodeText(execFileSync("git", ["cat-file", "blob", found.hash], options));
  }
}
