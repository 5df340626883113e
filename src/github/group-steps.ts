import type { Octokit } from "@octokit/core";
import type { RepoRef } from "./job.ts";

/** Pages of a hundred commits that are read of a group. */
const MOST_PAGES = 10;

/**
 * The commits at which a merge group stood after each of its members, from the base to the head, both
 * included: the chain of first parents. Undefined when it is too long to follow.
 */
export async function groupSteps(
  octokit: Octokit,
  { owner, name }: RepoRef,
  { base, head }: { readonly base: string; readonly head: string },
): Promise<readonly string[] | undefined> {
  const firstParents = new Map<string, string>();
  for (let page = 1; page <= MOST_PAGES; page += 1) {
    const { data } = await octokit.request("GET /repos/{owner}/{repo}/compare/{basehead}", {
      owner,
      repo: name,
      basehead: `${base}...${head}`,
      per_page: 100,
      page,
    });
    for (const { sha, parents } of data.commits) firstParents.set(sha, parents[0]?.sha ?? "");
    if (firstParents.size >= data.total_commits || data.commits.length === 0) break;
  }
  const steps = [head];
  for (let at = head; at !== base;) {
    const parent = firstParents.get(at);
    if (parent === undefined) return undefined;
    steps.unshift(parent);
    at = parent;
  }
  return steps;
}
