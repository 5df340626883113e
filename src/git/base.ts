import { UserError } from "../core/user-error.ts";
import { git } from "./git.ts";

/** The commit that a change is measured against, and how a report names it. */
export interface Base {
  readonly commit: string;
  readonly words: string;
}

const CANDIDATES = [
  "refs/remotes/origin/HEAD",
  "refs/remotes/origin/main",
  "refs/remotes/origin/master",
  "refs/heads/main",
  "refs/heads/master",
];

/**
 * The merge base of HEAD and `since`, by default the default branch. Undefined when the repository
 * has no commit yet. Throws UserError, with the command that mends it, when there is none to be found.
 *
 * @param baseBranch the name of the pull request's base branch, where the environment tells it
 */
export async function findBase(
  root: string,
  since: string | undefined,
  baseBranch: string | undefined,
): Promise<Base | undefined> {
  if (!(await isCommit(root, "HEAD"))) return undefined;
  const reference = since ?? (await defaultBranch(root, baseBranch));
  if (!(await isCommit(root, reference))) throw await unknownReference(root, reference);
  const { status, stdout } = await git(root, ["merge-base", "--end-of-options", "HEAD", reference]);
  const commit = stdout.trim();
  if (status !== 0 || commit === "") throw await noMergeBase(root, reference);
  return { commit, words: `merge base ${commit.slice(0, 7)} of ${shortName(reference)}` };
}

async function isCommit(root: string, reference: string): Promise<boolean> {
  const { status } = await git(root, [
    "rev-parse",
    "--verify",
    "--quiet",
    "--end-of-options",
    `${reference}^{commit}`,
  ]);
  return status === 0;
}

async function defaultBranch(root: string, baseBranch: string | undefined): Promise<string> {
  const candidates =
    baseBranch === undefined || baseBranch === ""
      ? CANDIDATES
      : [`refs/remotes/origin/${baseBranch}`, `refs/heads/${baseBranch}`];
  const { stdout } = await git(root, [
    "for-each-ref",
    "--format=%(refname)",
    ...CANDIDATES,
    ...candidates,
  ]);
  const present = new Set(stdout.split("\n"));
  const found = candidates.find((candidate) => present.has(candidate));
  if (found !== undefined) return found;
  const name = baseBranch === undefined || baseBranch === "" ? "the default branch" : baseBranch;
  throw new UserError(`${name} is not in this clone, so it cannot be told what changed.`, {
    hint: (await isShallow(root))
      ? "This clone is shallow: run git fetch --unshallow origin, or set fetch-depth: 0 on actions/checkout."
      : "Name the commit to measure against: --since REF. Or take everything as changed: --all.",
    exitCode: 3,
  });
}

async function isShallow(root: string): Promise<boolean> {
  const { stdout } = await git(root, ["rev-parse", "--is-shallow-repository"]);
  return stdout.trim() === "true";
}

async function unknownReference(root: string, reference: string): Promise<UserError> {
  return new UserError(`There is no commit ${reference} in this clone.`, {
    hint: (await isShallow(root))
      ? "This clone is shallow: run git fetch --unshallow origin, or set fetch-depth: 0 on actions/checkout."
      : `If it is a branch of the remote, run git fetch origin first.`,
  });
}

async function noMergeBase(root: string, reference: string): Promise<UserError> {
  const shallow = await isShallow(root);
  return new UserError(
    `HEAD and ${shortName(reference)} have no common ancestor in this clone, so it cannot be told what changed.`,
    {
      hint: shallow
        ? "This clone is shallow: run git fetch --unshallow origin, or set fetch-depth: 0 on actions/checkout."
        : "Name another commit to measure against: --since REF. Or take everything as changed: --all.",
      exitCode: 3,
    },
  );
}

function shortName(reference: string): string {
  return reference.replace(/^refs\/(?:heads|remotes)\//, "").replace(/^origin\/HEAD$/, "origin");
}
