import type { FileChange } from "../sources/files.ts";
import { UserError } from "../core/user-error.ts";
import { git } from "./git.ts";

/** Paths of a working tree, from its root. */
export interface WorkingTree {
  readonly root: string;
  /** Tracked files and untracked ones that are not ignored; deleted ones are left out. */
  readonly paths: readonly string[];
  readonly untracked: readonly string[];
}

/** The working tree that a folder lies in; undefined when it lies in none. Throws UserError when git refuses to say. */
export async function findWorkingTree(folder: string): Promise<WorkingTree | undefined> {
  const [top, listed] = await Promise.all([
    git(folder, ["rev-parse", "--show-toplevel"]),
    git(folder, [
      "ls-files",
      "-z",
      "-t",
      "-c",
      "-d",
      "-o",
      "--exclude-standard",
      "--full-name",
      "--",
      ":/",
    ]),
  ]);
  if (top.status !== 0 || listed.status !== 0) {
    const { stderr } = top.status === 0 ? listed : top;
    if (/not a git repository|must be run in a work tree/.test(stderr)) return undefined;
    throw new UserError(`git cannot read this repository: ${stderr.trim().split("\n")[0] ?? ""}`, {
      ...(/dubious ownership/.test(stderr)
        ? { hint: "Allow it: git config --global --add safe.directory FOLDER" }
        : {}),
      exitCode: 3,
    });
  }
  const present = new Set<string>();
  const deleted = new Set<string>();
  const untracked: string[] = [];
  for (const entry of listed.stdout.split("\0")) {
    const path = entry.slice(2);
    // A repository inside of this one is listed as a folder.
    if (path === "" || path.endsWith("/")) continue;
    // A deleted file is listed twice: as cached (H) and as removed (R).
    if (entry.startsWith("R")) deleted.add(path);
    else present.add(path);
    if (entry.startsWith("?")) untracked.push(path);
  }
  return {
    root: top.stdout.replace(/\r?\n$/, ""),
    paths: [...present].filter((path) => !deleted.has(path)),
    untracked,
  };
}

const LETTERS: Readonly<Record<string, FileChange>> = {
  A: "added",
  C: "added",
  D: "deleted",
  M: "modified",
  T: "modified",
  U: "modified",
  R: "renamed",
};

/** What the working tree changed since a commit, told by its hash; untracked files are added. */
export async function changesSince(
  tree: WorkingTree,
  commit: string,
): Promise<Map<string, FileChange>> {
  const { status, stdout, stderr } = await git(tree.root, [
    "diff",
    "--name-status",
    "-z",
    "--find-renames",
    "--no-ext-diff",
    "--no-textconv",
    "--ignore-submodules=all",
    commit,
    "--",
  ]);
  if (status !== 0) throw new Error(`git diff failed: ${stderr}`);
  const changes = new Map<string, FileChange>();
  const fields = stdout.split("\0");
  for (let index = 0; index + 1 < fields.length;) {
    const letter = fields[index]?.[0] ?? "";
    const two = letter === "R" || letter === "C";
    const path = fields[index + (two ? 2 : 1)];
    if (path !== undefined) changes.set(path, LETTERS[letter] ?? "modified");
    index += two ? 3 : 2;
  }
  for (const path of tree.untracked) changes.set(path, "added");
  return changes;
}
