import type { Octokit } from "@octokit/core";
import type { RepoRef } from "./job.ts";

/** A pull request, as far as commands and words need it. */
export interface PullRequest {
  /** Login of who opened it. */
  readonly author: string;
  /** SHA of the newest head. */
  readonly head: string;
  readonly isOpen: boolean;
}

export async function readPull(
  octokit: Octokit,
  { owner, name }: RepoRef,
  pull: number,
): Promise<PullRequest> {
  const { data } = await octokit.request("GET /repos/{owner}/{repo}/pulls/{pull_number}", {
    owner,
    repo: name,
    pull_number: pull,
  });
  return { author: data.user.login, head: data.head.sha, isOpen: data.state === "open" };
}
