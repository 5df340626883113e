import type { FileChange } from "../sources/files.ts";
import type { ChangeSet } from "../review/ports.ts";
import type { Unverified } from "../core/review.ts";
import { UserError } from "../core/user-error.ts";
import { type Base, findBase } from "./base.ts";
import { DiskFiles } from "./disk-files.ts";
import { walk } from "./folder-walk.ts";
import { changesMigrations } from "./submodule.ts";
import { git } from "./git.ts";
import {
  type ChangedSubmodule,
  changesSince,
  findWorkingTree,
  type WorkingTree,
} from "./working-tree.ts";

/** A change of a folder on disk, and the folder that its paths start from. */
export interface LocalChange extends ChangeSet {
  readonly root: string;
}

export interface ChangeOptions {
  /** Measure against the merge base with this; default: with the default branch. */
  readonly since?: string;
  /** Take every file as changed. */
  readonly all: boolean;
  /** Name of the pull request's base branch, where the environment tells. */
  readonly baseBranch?: string;
}

/**
 * What the working tree that a folder lies in changed, uncommitted work included. A folder outside
 * of Git has no history to measure against: there everything has to be asked for. Throws UserError,
 * with what mends it, rather than call a change empty that cannot be known.
 */
export async function openChange(folder: string, options: ChangeOptions): Promise<LocalChange> {
  // Asked at once: a repository answers each in a few milliseconds, most of them to start.
  const [tree, base] = await Promise.all([
    findWorkingTree(folder),
    options.all ? undefined : baseOrError(folder, options),
  ]);
  if (tree === undefined) {
    if (options.all) return everything(folder, walk(folder));
    throw new UserError(
      `${folder} is not in a Git repository, so it cannot be told what changed.`,
      {
        hint: "Name the changed files, or take everything as changed: --all.",
      },
    );
  }
  const unopened = unopenedMigrations(tree);
  const whole = { ...everything(tree.root, tree.paths), unread: unopened };
  if (options.all) return whole;
  if (base instanceof UserError) throw base;
  if (base === undefined) return { ...whole, since: "no commit yet" };
  const { files, submodules } = await changesSince(tree, base.commit);
  const unread = await Promise.all(submodules.map((one) => unreadSubmodule(tree.root, one)));
  return {
    root: tree.root,
    files: new DiskFiles(tree.root, tree.paths, tree.blobs),
    changes: files,
    unread: [...unopened, ...unread.flat()],
    since: base.words,
    baseText: (path) => textAt(tree.root, base.commit, path),
  };
}

/** Folders that may hold migrations: by their names, or because SQL lies beside them. */
export function unopenedMigrations({
  unopened,
  paths,
}: Pick<WorkingTree, "unopened" | "paths">): Unverified[] {
  const isBesideSql = (folder: string): boolean => {
    const parent = folder.slice(0, folder.lastIndexOf("/") + 1);
    return paths.some((path) => path.endsWith(".sql") && path.startsWith(parent));
  };
  return unopened
    .filter((folder) => /migrat/i.test(folder) || (folder.includes("/") && isBesideSql(folder)))
    .map((path) => ({ path, reason: "the folder may not be opened: what is in it is not known" }));
}

async function unreadSubmodule(root: string, one: ChangedSubmodule): Promise<Unverified[]> {
  if (!(await changesMigrations(root, one))) return [];
  const reason =
    "it is a submodule at another commit, and its migrations are not read: check it in its own repository";
  return [{ path: one.path, reason }];
}

/** The text of a file in a commit, without its byte order mark; undefined where it has none that is UTF-8. */
async function textAt(root: string, commit: string, path: string): Promise<string | undefined> {
  const { status, stdout } = await git(root, ["show", `${commit}:./${path}`]);
  return status !== 0 || stdout.includes("\uFFFD") ? undefined : stdout.replace(/^\uFEFF/, "");
}

/** The error is given back: outside of a repository it is not the one to tell. */
async function baseOrError(
  folder: string,
  { since, baseBranch }: ChangeOptions,
): Promise<Base | UserError | undefined> {
  try {
    return await findBase(folder, since, baseBranch);
  } catch (error) {
    if (error instanceof UserError) return error;
    throw error;
  }
}

function everything(root: string, paths: readonly string[]): LocalChange {
  return {
    root,
    files: new DiskFiles(root, paths),
    changes: new Map(paths.map((path): [string, FileChange] => [path, "added"])),
    since: "everything",
  };
}
