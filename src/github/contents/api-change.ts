import { UserError } from "../../core/user-error.ts";
import type { ChangeSet } from "../../review/ports.ts";
import { statusOf } from "../request-error.ts";
import { ApiFiles, type ContentReader } from "./api-files.ts";
import { mergedChange } from "./merged-change.ts";
import { readTree } from "./tree.ts";

/** A change that is read through GitHub's API. */
export interface ApiChange extends ChangeSet {
  /** The files as they are once the change is merged. */
  readonly files: ApiFiles;
  /** The files of the base branch: what a pull request cannot change is read from here. */
  readonly base: ApiFiles;
}

/** Which commits are compared. */
export interface ComparedCommits {
  /** A commit, or a branch, which stands for its newest commit. */
  readonly base: string;
  /** Name of the base branch, for the words. */
  readonly baseName: string;
  readonly head: string;
}

/**
 * What a head changes against its merge base with a base, as GitHub computes it, and the files as
 * they are once it is merged. It costs a comparison, two or three trees, and one request for about
 * 150 texts that are not in the cache. Throws UserError when the two have no history in common.
 */
export async function openApiChange(
  reader: ContentReader,
  commits: ComparedCommits,
): Promise<ApiChange> {
  const { octokit, repo, cache } = reader;
  const [compared, headTree] = await Promise.all([
    compare(reader, commits),
    readTree(octokit, repo, commits.head, cache),
  ]);
  const [mergeBaseTree, baseTree] = await Promise.all([
    readTree(octokit, repo, compared.mergeBase, cache),
    compared.mergeBase === compared.base
      ? undefined
      : readTree(octokit, repo, compared.base, cache),
  ]);
  const trees = { mergeBase: mergeBaseTree, base: baseTree ?? mergeBaseTree, head: headTree };
  const { tree, changes } = mergedChange(trees, compared.renames);
  const baseFiles = new ApiFiles(reader, trees.base);
  return {
    files: new ApiFiles(reader, tree),
    base: baseFiles,
    changes,
    since: `merge base ${compared.mergeBase.slice(0, 7)} of ${commits.baseName}`,
    baseText: (path) => textIn(baseFiles, path),
  };
}

/** Undefined where there is none that can be read. */
async function textIn(files: ApiFiles, path: string): Promise<string | undefined> {
  const read = await files.settled(() => files.text(path));
  return "text" in read ? read.text : undefined;
}

interface Compared {
  /** SHA of the base. */
  readonly base: string;
  readonly mergeBase: string;
  /** Old path by new path, of the files that GitHub lists: the first 300. */
  readonly renames: ReadonlyMap<string, string>;
}

async function compare(
  { octokit, repo }: ContentReader,
  { base, baseName, head }: ComparedCommits,
): Promise<Compared> {
  try {
    const { data } = await octokit.request("GET /repos/{owner}/{repo}/compare/{basehead}", {
      owner: repo.owner,
      repo: repo.name,
      basehead: `${base}...${head}`,
      // The files come with the first page whatever its size; the commits are not needed.
      per_page: 1,
    });
    const renames = new Map(
      (data.files ?? []).flatMap(({ filename, previous_filename: from }) =>
        from === undefined ? [] : [[filename, from] as const],
      ),
    );
    return { base: data.base_commit.sha, mergeBase: data.merge_base_commit.sha, renames };
  } catch (error) {
    if (statusOf(error) !== 404 && statusOf(error) !== 422) throw error;
    throw new UserError(
      `${head.slice(0, 7)} and ${baseName} have no common history that GitHub knows, so it cannot be told what changed.`,
      { hint: "Rebase the branch on its base branch.", exitCode: 3 },
    );
  }
}
