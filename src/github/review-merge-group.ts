import type { Octokit } from "@octokit/core";
import { annotationsOf } from "../report/annotation.ts";
import { checkOutcome } from "../report/comment-title.ts";
import { headline } from "../report/headline.ts";
import { aboutGroup } from "./about-check.ts";
import { checkRunsAt, takeUpCheck } from "./check-run.ts";
import { checkSummary, titled } from "./check-words.ts";
import { withMembers } from "./group-members.ts";
import type { MergeGroupJob } from "./job.ts";
import type { ChangeReview } from "./review-change.ts";
import { type HeadTools, type ReviewedHead, reviewHead } from "./review-head.ts";
import type { PullReview, PullTools } from "./review-pull.ts";

/** `refs/heads/gh-readonly-queue/<base>/pr-<number>-<sha>`; a branch's name may hold slashes. */
const QUEUE_REF = /^refs\/heads\/gh-readonly-queue\/(.+)\/pr-\d+-[0-9a-f]+$/;

/**
 * Reviews what a merge queue is about to merge, and completes the check of the group's head: without
 * it the queue waits until it gives up. The event names no pull request, so nothing else is written;
 * the words of people were asked for on the pull requests.
 */
export async function reviewMergeGroup(
  octokit: Octokit,
  job: MergeGroupJob,
  tools: PullTools,
): Promise<PullReview> {
  const { repo, head } = job;
  const about = aboutGroup(job.base);
  const runs = await checkRunsAt(octokit, repo, head);
  if (runs.some((run) => run.isCompleted && run.about === about)) {
    return { done: "checked", head };
  }
  const check = await takeUpCheck(
    octokit,
    repo,
    { head, about, runs },
    (run) => run.about === about,
  );
  try {
    await check.start(tools.now(), about);
    const { review, report } = await reviewGroup(octokit, job, tools);
    const outcome = titled(
      checkOutcome({ verdict: review.verdict, headline: headline(review) }, []),
      review,
    );
    const body = { summary: checkSummary(report, {}, []), annotations: annotationsOf(review) };
    await check.complete(outcome, body, { about, wordsAt: undefined });
    return { done: "reviewed", head, outcome };
  } catch (error) {
    if (tools.signal?.aborted === true) await check.cancel("The group was dissolved.");
    throw error;
  }
}

/** What the Action's inputs say of how a change is reviewed. */
export type GroupOptions = Pick<ReviewedHead, "mode" | "config" | "paths" | "framework">;

/** The review of a group as a whole, with its members checked against each other. Writes nothing. */
export async function reviewGroup(
  octokit: Octokit,
  job: MergeGroupJob,
  tools: HeadTools,
  options: GroupOptions = { mode: "check" },
): Promise<ChangeReview> {
  const { repo, base, head, ref } = job;
  const baseName = QUEUE_REF.exec(ref)?.[1] ?? base.slice(0, 7);
  const reviewed = await reviewHead(octokit, { repo, base, baseName, head, ...options }, tools);
  if (reviewed.review.projects.length === 0) return reviewed;
  return withMembers(octokit, job, reviewed, async (member) =>
    reviewHead(octokit, { repo, ...member, ...options, mode: "lint" }, tools),
  );
}
