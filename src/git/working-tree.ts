import type { FileChange } from "../sources/files.ts";
import { UserError } from "../core/user-error.ts";
import { git, gitOutput } from "./git.ts";

/** Paths of a working tree, from its root. */
export interface WorkingTree {
  readonly root: string;
  /** Tracked files and untracked ones that are not ignored; deleted ones are left out. */
  readonly paths: readonly string[];
  readonly untracked: readonly string[];
  /** Untracked folders that may not be opened: what is in them is not known. */
  readonly unopened: readonly string[];
  /** Git's hash of what each file holds that is in the folder as it is in the index. */
  readonly blobs: ReadonlyMap<string, string>;
}

/** The working tree that a folder lies in; undefined when it lies in none. Throws UserError when git refuses to say. */
export async function findWorkingTree(folder: string): Promise<WorkingTree | undefined> {
  const [top, listed] = await Promise.all([
    git(folder, ["rev-parse", "--show-toplevel"]),
    git(folder, [
      "ls-files",
      "-z",
      "-v",
      "-s",
      "-c",
      "-d",
      "-m",
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
  return {
    root: top.stdout.replace(/\r?\n$/, ""),
    unopened: unopenedIn(listed.stderr),
    ...readListing(listed.stdout),
  };
}

const UNOPENED = /^warning: could not open directory '(.*?)\/?': /gm;

/** Folders, from the root, of which Git says, and fails for none, that it may not open them. */
export function unopenedIn(stderr: string): string[] {
  return [...stderr.matchAll(UNOPENED)].map(([, path = ""]) => path);
}

/** Reads `H 100644 <hash> 0\tpath\0`, and `? path\0` of an untracked file. */
function readListing(stdout: string): Omit<WorkingTree, "root" | "unopened"> {
  const present = new Set<string>();
  const deleted = new Set<string>();
  const untracked: string[] = [];
  const blobs = new Map<string, string>();
  for (const entry of stdout.split("\0")) {
    const tag = entry.charAt(0);
    const path = tag === "?" ? entry.slice(2) : entry.slice(entry.indexOf("\t") + 1);
    // A repository inside of this one is listed as a folder.
    if (path === "" || path.endsWith("/")) continue;
    // A deleted file is listed again as removed (R, r), one that is not as in the index as changed (C).
    if (tag.toUpperCase() === "R") deleted.add(path);
    else present.add(path);
    if (tag === "?") untracked.push(path);
    // Of what is marked as unchanged (h) or left out (S) Git did not look at the file.
    if (tag === "H") blobs.set(path, entry.slice(9, entry.indexOf(" ", 9)));
    else blobs.delete(path);
  }
  return { paths: [...present].filter((path) => !deleted.has(path)), untracked, blobs };
}

/** What git diff says of one path. */
interface RawChange {
  /** Git's letter: added, copied, deleted, modified, renamed, type changed, unmerged. */
  readonly letter: string;
  readonly path: string;
  readonly sameMode: boolean;
  readonly isSubmodule: boolean;
  /** Renamed or copied with its content as it was (`R100`). */
  readonly isExact: boolean;
  /** The old path of a renamed or copied file. */
  readonly from?: string;
  /** Hash of its content on the base. */
  readonly before: string;
  /** Hash of its content now; only zeros where Git would have to read the file for it. */
  readonly after: string;
}

/** What a working tree changed: files, and submodules that stand at another commit. */
export interface TreeChanges {
  readonly files: Map<string, FileChange>;
  readonly submodules: readonly ChangedSubmodule[];
}

export interface ChangedSubmodule {
  readonly path: string;
  /** Its commit on the base, and now; only zeros where there is none, or Git would have to look. */
  readonly before: string;
  readonly after: string;
}

/** The mode of a submodule in Git's index. */
const SUBMODULE = "160000";

/**
 * What the working tree changed since a commit, told by its hash; untracked files are added. A
 * renamed file counts as deleted under its old path. A file whose mode alone changed is left out.
 */
export async function changesSince(tree: WorkingTree, commit: string): Promise<TreeChanges> {
  const stdout = await gitOutput(tree.root, [
    "diff",
    "--raw",
    "--no-abbrev",
    "-z",
    "--find-renames",
    "--no-ext-diff",
    "--no-textconv",
    "--ignore-submodules=dirty",
    commit,
    "--",
  ]);
  const all = readRaw(stdout);
  const raw = all.filter(({ isSubmodule }) => !isSubmodule);
  const same = await withSameContent(tree.root, raw);
  const changes = new Map<string, FileChange>();
  for (const one of raw) {
    if (one.letter === "R" && one.from !== undefined) {
      changes.set(one.path, {
        renamedFrom: one.from,
        ...(one.isExact ? { sameText: true } : {}),
      });
      if (!changes.has(one.from)) changes.set(one.from, "deleted");
    } else if (!same.has(one)) {
      changes.set(one.path, kindOf(one.letter));
    }
  }
  // Taken out of the index and still there, it is the file of the base.
  for (const path of tree.untracked) {
    changes.set(path, changes.get(path) === "deleted" ? "modified" : "added");
  }
  return {
    files: changes,
    submodules: all.filter(({ isSubmodule }) => isSubmodule),
  };
}

function kindOf(letter: string): FileChange {
  if (letter === "D") return "deleted";
  return letter === "A" || letter === "C" ? "added" : "modified";
}

/** Reads `:100644 100755 <hash> <hash> M\0path\0`; a renamed or copied file has two paths. */
function readRaw(stdout: string): RawChange[] {
  const raw: RawChange[] = [];
  const fields = stdout.split("\0");
  for (let index = 0; index + 1 < fields.length;) {
    const [modeBefore = "", mode, before = "", after = "", status = ""] =
      fields[index]?.split(" ") ?? [];
    const letter = status.charAt(0);
    const modes = [modeBefore.slice(1), mode];
    const sameMode = modes[0] === mode;
    const isSubmodule = modes.includes(SUBMODULE);
    const told = { letter, sameMode, isSubmodule, isExact: status.endsWith("100"), before, after };
    const first = fields[index + 1] ?? "";
    if (letter === "R" || letter === "C") {
      raw.push({ ...told, path: fields[index + 2] ?? "", from: first });
      index += 3;
    } else {
      raw.push({ ...told, path: first });
      index += 2;
    }
  }
  return raw;
}

/** More files than this are not hashed one by one: a command line has an end. */
const MOST_HASHED = 1000;

/** Modified files whose mode alone changed. Git is asked once more only where it has not read such a file yet. */
async function withSameContent(
  root: string,
  raw: readonly RawChange[],
): Promise<ReadonlySet<RawChange>> {
  const modified = raw.filter(({ letter, sameMode }) => letter === "M" && !sameMode);
  const same = new Set(modified.filter(({ before, after }) => before === after));
  const unread = modified.filter(({ after }) => /^0+$/.test(after)).slice(0, MOST_HASHED);
  if (unread.length === 0) return same;
  const paths = unread.map(({ path }) => path);
  // One that cannot be hashed counts as modified: reading it says why.
  const { stdout } = await git(root, ["hash-object", "--", ...paths]);
  const hashes = stdout.trim().split("\n");
  if (hashes.length !== unread.length) return same;
  unread.forEach((one, index) => {
    if (hashes[index] === one.before) same.add(one);
  });
  return same;
}
