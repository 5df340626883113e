import type { Octokit } from "@octokit/core";
import type { RepoRef } from "./job.ts";

/** A pull request, as far as commands and words need it. */
export interface PullRequest {
  /** Login of who opened it. */
  readonly author: string;
  /** SHA of the newest head. */
  readonly head: string;
  readonly isOpen: boolean;
  /** Where the head is pushed to; undefined when the fork is gone. */
  readonly branch?: { readonly owner: string; readonly name: string; readonly ref: string };
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
  const { head, user, state } = data;
  // The description says otherwise, but a fork can be deleted.
  const fork = head.repo as typeof head.repo | null;
  return {
    author: user.login,
    head: head.sha,
    isOpen: state === "open",
    ...(fork === null
      ? {}
      : { branch: { owner: fork.owner.login, name: fork.name, ref: head.ref } }),
  };
}
