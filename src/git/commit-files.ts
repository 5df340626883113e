import { execFileSync } from "node:child_process";
import { decodeText, MOST_BYTES, TOO_LARGE } from "../sources/decode-text.ts";
import type { FileText, RepositoryFiles } from "../sources/files.ts";
import { gitOutput } from "./git.ts";

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
    const stdout = await gitOutput(folder, list);
    const objects = new Map<string, { readonly hash: string; readonly size: number }>();
    for (const line of stdout.split("\0")) {
      // `100644 blob <hash>     123\tpath`; of an object that the repository lacks, `BAD`.
      const [, hash = "", size = "", path] =
        /^\d+ blob ([0-9a-f]+) +(\d+|BAD)\t([^]+)$/.exec(line) ?? [];
      if (path !== undefined) objects.set(path, { hash, size: size === "BAD" ? 0 : Number(size) });
    }
    return new CommitFiles(folder, objects);
  }

  text(path: string): FileText {
    const found = this.#objects.get(path);
    if (found === undefined) return { unreadable: "missing", reason: "it does not exist" };
    if (found.size > MOST_BYTES) return TOO_LARGE;
    const options = { cwd: this.#folder, maxBuffer: MOST_BYTES * 2, stdio: "pipe" } as const;
    try {
      return decodeText(execFileSync("git", ["cat-file", "blob", found.hash], options));
    } catch (error) {
      return { unreadable: "missing", reason: `git cannot read it: ${firstLine(error)}` };
    }
  }
}

/** What git said, where it was git that failed. */
function firstLine(error: unknown): string {
  const { stderr } = error as { stderr?: unknown };
  const said = stderr instanceof Uint8Array ? Buffer.from(stderr).toString("utf8") : String(error);
  return said.trim().split("\n")[0] ?? "";
}
