import type { Octokit } from "@octokit/core";
import { UserError } from "../core/user-error.ts";
import { openApiChange } from "./contents/api-change.ts";
import type { ContentCache } from "./contents/content-cache.ts";
import type { RepoRef, ReviewJob } from "./job.ts";
import { linksInto, readReviewedPull } from "./pull-request.ts";
import {
  reviewChange,
  type ChangeReview,
  type ReviewedChange,
  type ReviewTools,
} from "./review-change.ts";
import type { Look } from "./surroundings.ts";
import { unreviewable } from "./unreviewable.ts";

/** What a review reads a repository with. */
export interface HeadTools extends ReviewTools {
  readonly cache: ContentCache;
}

/** Commits on GitHub to compare, and how. */
export interface ReviewedHead extends Pick<ReviewedChange, "config" | "paths" | "framework"> {
  readonly repo: RepoRef;
  /** A commit, or a branch, which stands for its newest commit. */
  readonly base: string;
  readonly baseName: string;
  readonly head: string;
  readonly mode: NonNullable<ReviewJob["mode"]>;
}

/** Reviews a head through GitHub's API and writes nothing. What the repository's owners can mend is part of the result. */
export async function reviewHead(
  octokit: Octokit,
  { repo, base, baseName, head, ...rest }: ReviewedHead,
  tools: HeadTools,
): Promise<ChangeReview> {
  try {
    const reader = { octokit, repo, cache: tools.cache };
    const change = await openApiChange(reader, { base, baseName, head });
    return await reviewChange(
      {
        change: { ...change, settle: (read) => change.files.settled(read) },
        trusted: { files: change.base, settle: (read) => change.base.settled(read) },
        ...rest,
      },
      tools,
    );
  } catch (error) {
    if (error instanceof UserError) return unreviewable(error, tools.rules, rest);
    throw error;
  }
}

/** The review of the head that a job names, with the links of its report, for answers that are written elsewhere. */
export async function lookAtPull(
  octokit: Octokit,
  job: ReviewJob,
  tools: HeadTools,
): Promise<Look> {
  const { repo, mode = "check" } = job;
  const pull = await readReviewedPull(octokit, repo, job.pull);
  const head = job.head === "" ? pull.head : job.head;
  const { base, repositoryUrl } = pull;
  const { report } = await reviewHead(octokit, { repo, base, baseName: base, head, mode }, tools);
  return { report, options: linksInto(repositoryUrl, head) };
}
