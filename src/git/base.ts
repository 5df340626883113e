import { UserError } from "../core/user-error.ts";
import { git } from "./git.ts";

/** The commit that a change is measured against, and how a report names it. */
export interface Base {
  /** Its hash. */
  readonly commit: string;
  readonly words: string;
}

/** Where the default branch may be, the likeliest first. */
const CANDIDATES = [
  "refs/remotes/origin/HEAD",
  "refs/remotes/origin/main",
  "refs/remotes/origin/master",
  "refs/heads/main",
  "refs/heads/master",
];

/** A place in the history under the name that a person knows it by. */
interface Tip {
  readonly name: string;
  readonly commit: string;
}

/**
 * The merge base of HEAD and `since`, by default the default branch. Undefined when the repository
 * has no commit yet. Throws UserError, with the command that mends it, when there is none to be
 * found: a change that cannot be known is never an empty one.
 *
 * @param baseBranch the name of the pull request's base branch, where the environment tells it
 */
export async function findBase(
  root: string,
  since: string | undefined,
  baseBranch: string | undefined,
): Promise<Base | undefined> {
  const [head, tip] = await Promise.all([
    commitOf(root, "HEAD"),
    since === undefined ? branchTip(root, baseBranch) : referenceTip(root, since),
  ]);
  if (head === undefined) return undefined;
  if (tip instanceof UserError) throw tip;
  const { status, stdout } = await git(root, ["merge-base", head, tip.commit]);
  const commit = stdout.trim();
  if (status !== 0 || commit === "") throw await noMergeBase(root, tip.name);
  const where = commit === head ? ", which is HEAD" : "";
  return { commit, words: `merge base ${commit.slice(0, 7)} of ${tip.name}${where}` };
}

/** The hash of a commit; undefined for what git does not know. */
async function commitOf(root: string, reference: string): Promise<string | undefined> {
  // Git has no reference that begins with a dash, and would take one for an option.
  if (reference.startsWith("-") || reference.includes("\0")) return undefined;
  const verify = ["rev-parse", "--verify", "--quiet", `${reference}^{commit}`];
  const { status, stdout } = await git(root, verify);
  const hash = stdout.trim();
  return status === 0 && /^[0-9a-f]{40,64}$/.test(hash) ? hash : undefined;
}

/** What was asked for; the error is given back, because without a commit it does not matter. */
async function referenceTip(root: string, reference: string): Promise<Tip | UserError> {
  const [commit, onRemote] = await Promise.all([
    commitOf(root, reference),
    commitOf(root, `refs/remotes/origin/${reference}`),
  ]);
  if (commit !== undefined) return { name: reference, commit };
  return new UserError(`There is no commit ${reference} in this clone.`, {
    hint:
      onRemote === undefined
        ? await fetchHint(root, "Name one that is there, or take everything as changed: --all.")
        : `Did you mean origin/${reference}?`,
  });
}

async function branchTip(root: string, baseBranch: string | undefined): Promise<Tip | UserError> {
  const named = baseBranch === undefined || baseBranch === "" ? undefined : baseBranch;
  const candidates =
    named === undefined ? CANDIDATES : [`refs/remotes/origin/${named}`, `refs/heads/${named}`];
  const { stdout } = await git(root, [
    "for-each-ref",
    "--format=%(refname) %(objectname) %(symref)",
    ...candidates,
  ]);
  const tips = new Map<string, Tip>();
  for (const line of stdout.split("\n")) {
    const [reference = "", commit = "", target = ""] = line.split(" ");
    if (commit !== "")
      tips.set(reference, { name: shortName(target === "" ? reference : target), commit });
  }
  const found = candidates.find((candidate) => tips.has(candidate)) ?? "";
  return tips.get(found) ?? noBranch(root, named);
}

/** A clone of one branch, as `--depth` and `--single-branch` make, fetches no other unless told so. */
const FETCH = 'origin "+refs/heads/*:refs/remotes/origin/*"';

/** How to bring what is not in this clone; `otherwise` where there is no remote to bring it from. */
async function fetchHint(root: string, otherwise: string): Promise<string> {
  const [shallow, remote] = await Promise.all([
    git(root, ["rev-parse", "--is-shallow-repository"]),
    git(root, ["config", "--get", "remote.origin.url"]),
  ]);
  if (shallow.stdout.trim() === "true") {
    return `This clone is shallow: run git fetch --unshallow ${FETCH}, or set fetch-depth: 0 on actions/checkout.`;
  }
  return remote.status === 0
    ? `Run git fetch ${FETCH} if the remote has it. ${otherwise}`
    : otherwise;
}

async function noBranch(root: string, named: string | undefined): Promise<UserError> {
  const name = named ?? "The default branch";
  return new UserError(`${name} is not in this clone, so it cannot be told what changed.`, {
    hint: await fetchHint(
      root,
      "Name the commit to measure against: --since REF. Or take everything as changed: --all.",
    ),
    exitCode: 3,
  });
}

async function noMergeBase(root: string, name: string): Promise<UserError> {
  return new UserError(
    `HEAD and ${name} have no common ancestor in this clone, so it cannot be told what changed.`,
    {
      hint: await fetchHint(
        root,
        "Name another commit to measure against: --since REF. Or take everything as changed: --all.",
      ),
      exitCode: 3,
    },
  );
}

function shortName(reference: string): string {
  return reference.replace(/^refs\/(?:heads|remotes)\//, "");
}
