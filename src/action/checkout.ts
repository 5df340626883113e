import { UserError } from "../core/user-error.ts";
import { CommitFiles } from "../git/commit-files.ts";
import { openChange, type LocalChange } from "../git/change-set.ts";
import { git } from "../git/git.ts";
import type { ReadableFiles, ReviewedChange } from "../github/review-change.ts";
import type { RepositoryFiles } from "../sources/files.ts";
import type { PullEvent } from "./event.ts";

/** What of a checkout is reviewed, and the base branch's files beside it. */
export type CheckedOut = Pick<ReviewedChange, "change" | "trusted" | "checkout">;

/**
 * The change of a pull request as the checkout in a folder has it; undefined where it does not have
 * it whole: no checkout, a shallow one, or one of another commit, which `pull_request_target` gives.
 * Taken for the pull request, the base branch would have changed nothing.
 */
export async function openCheckout(
  folder: string,
  { base, head }: PullEvent,
): Promise<CheckedOut | undefined> {
  const at = await commitOf(folder, "HEAD");
  if (at === undefined) return undefined;
  const shallow = await git(folder, ["rev-parse", "--is-shallow-repository"]);
  if (shallow.stdout.trim() !== "false") return undefined;
  // GitHub's merge commit: the base branch as it was when it was made, then the head.
  const isMerge = at !== head && (await commitOf(folder, "HEAD^2")) === head;
  if (at !== head && !isMerge) return undefined;
  const tip = await commitOf(folder, isMerge ? "HEAD^1" : base.sha);
  if (tip === undefined) return undefined;
  const change = await openChange(folder, { all: false, since: tip });
  return {
    checkout: change.root,
    change: { ...change, ...readable(change.files), since: named(change, base.name) },
    trusted: readable(await CommitFiles.open(folder, tip)),
  };
}

/** The change since a commit, or everything, in a checkout that no pull request stands behind. */
export async function openFolder(
  folder: string,
  options: { readonly since?: string; readonly all: boolean },
): Promise<CheckedOut> {
  const change = await openChange(folder, options);
  return {
    checkout: change.root,
    change: { ...change, ...readable(change.files) },
    trusted: readable(change.files),
  };
}

function readable(files: RepositoryFiles): ReadableFiles {
  return { files, settle: async (read) => read() };
}

function named({ since }: LocalChange, base: string): string {
  return `${since.replace(/ of [0-9a-f]{40,64}.*/, "")} of ${base}`;
}

async function commitOf(folder: string, name: string): Promise<string | undefined> {
  try {
    const { status, stdout } = await git(folder, [
      "rev-parse",
      "--verify",
      "--quiet",
      `${name}^{commit}`,
    ]);
    return status === 0 ? stdout.trim() : undefined;
  } catch (error) {
    // No folder, or no git: then there is no checkout.
    if (error instanceof UserError) return undefined;
    throw error;
  }
}
