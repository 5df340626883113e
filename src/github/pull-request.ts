import type { Octokit } from "@octokit/core";
import type { MarkdownOptions } from "../report/markdown-page.ts";
import type { RepoRef } from "./job.ts";

/** A pull request as it is now, as far as a review needs it. */
export interface ReviewedPull {
  readonly isOpen: boolean;
  /** SHA of the newest head. */
  readonly head: string;
  /** Name of the branch that it goes into. */
  readonly base: string;
  /** Address of the repository on GitHub, for the links. */
  readonly repositoryUrl: string;
}

export async function readReviewedPull(
  octokit: Octokit,
  { owner, name }: RepoRef,
  pull: number,
): Promise<ReviewedPull> {
  const { data } = await octokit.request("GET /repos/{owner}/{repo}/pulls/{pull_number}", {
    owner,
    repo: name,
    pull_number: pull,
  });
  return {
    isOpen: data.state === "open",
    head: data.head.sha,
    base: data.base.ref,
    repositoryUrl: data.base.repo.html_url,
  };
}

/** Links into the repository at a commit, as the reports need them. */
export function linksInto(
  repositoryUrl: string,
  commit: string,
): Pick<MarkdownOptions, "fileAddress"> {
  return {
    fileAddress: (path, line) => {
      const encoded = path
        .split("/")
        .map((part) => encodeURIComponent(part))
        .join("/");
      const anchor = line === undefined ? "" : `#L${line}`;
      return `${repositoryUrl}/blob/${commit}/${encoded}${anchor}`;
    },
  };
}
