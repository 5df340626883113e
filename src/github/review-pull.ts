import type { Octokit } from "@octokit/core";
import { annotationsOf } from "../report/annotation.ts";
import type { CheckOutcome } from "../report/comment-title.ts";
import { aboutPull, isAboutPull, wordsRecorded } from "./about-check.ts";
import {
  cancelRunsAbout,
  type CheckReport,
  type CheckRun,
  checkRunsAt,
  takeUpCheck,
} from "./check-run.ts";
import { checkSummary, titled } from "./check-words.ts";
import { stateOf } from "./comment-state.ts";
import type { ReviewJob } from "./job.ts";
import { postSuggestions } from "./post-suggestions.ts";
import { linksInto, readReviewedPull, type ReviewedPull } from "./pull-request.ts";
import type { ChangeReview } from "./review-change.ts";
import { type HeadTools, reviewHead } from "./review-head.ts";
import { writeChecklist } from "./write-checklist.ts";

/** What a review on GitHub is done and written with. */
export interface PullTools extends HeadTools {
  /** Login under which we write, for example `migrate-verify[bot]`. */
  readonly self: string;
  /** The secret that seals the comment. */
  readonly key?: string;
  readonly now: () => Date;
}

/** What became of a pull request. */
export type PullReview =
  | { readonly done: "reviewed"; readonly head: string; readonly outcome: CheckOutcome }
  /** Its check is complete already, it is closed, or its head moved while it was reviewed. */
  | { readonly done: "checked" | "closed" | "superseded"; readonly head: string };

/**
 * Reviews the head that a pull request has now, and writes what was found: the check from queued to
 * completed, the checklist comment, suggestions. Safe to run again after it was stopped anywhere: it
 * goes on with what is there. Nothing is written once a newer head is there.
 */
export async function reviewPull(
  octokit: Octokit,
  job: ReviewJob,
  tools: PullTools,
): Promise<PullReview> {
  const { repo, mode = "check" } = job;
  const pull = await readReviewedPull(octokit, repo, job.pull);
  const { head, base } = pull;
  if (!pull.isOpen) return { done: "closed", head };
  const about = aboutPull(job.pull, base);
  const runs = await checkRunsAt(octokit, repo, head);
  const isChecked = runs.some((run) => run.isCompleted && run.about === about);
  if (isChecked && job.again !== true) return { done: "checked", head };
  const check = await takeUpCheck(octokit, repo, { head, about, runs }, (run) =>
    isAboutPull(run.about, job.pull),
  );
  const wordsAt = await wordsBefore(octokit, job, runs);
  try {
    // What the head before tells of words goes on from here.
    await check.start(tools.now(), about, wordsAt);
    const commits = { repo, base, baseName: base, head, mode };
    const reviewed = await reviewHead(octokit, commits, tools);
    const words = wordsAt === undefined ? {} : { wordsAt };
    return await write(octokit, { job, pull, about, reviewed, check, ...words }, tools);
  } catch (error) {
    // The queue stops work on a head that is not the newest any more.
    if (tools.signal?.aborted === true) await check.cancel("A newer commit took its place.");
    throw error;
  }
}

interface Written {
  readonly job: ReviewJob;
  readonly pull: ReviewedPull;
  readonly reviewed: ChangeReview;
  readonly check: CheckReport;
  /** What the check is about. */
  readonly about: string;
  /** When people's words last changed, as earlier checks tell. */
  readonly wordsAt?: string;
}

/** When people's words last changed, as the checks of this head and of the one before tell. */
async function wordsBefore(
  octokit: Octokit,
  { repo, pull, before }: ReviewJob,
  runs: readonly CheckRun[],
): Promise<string | undefined> {
  const earlier = before === undefined ? [] : await checkRunsAt(octokit, repo, before);
  return wordsRecorded([...runs, ...earlier], pull);
}

async function write(
  octokit: Octokit,
  { job, pull, about, reviewed, check, wordsAt: recorded }: Written,
  tools: PullTools,
): Promise<PullReview> {
  const { repo } = job;
  const { head } = pull;
  const now = await readReviewedPull(octokit, repo, job.pull);
  tools.signal?.throwIfAborted();
  if (now.head !== head || !now.isOpen) {
    await check.cancel("A newer commit took its place, or the pull request was closed.");
    return { done: "superseded", head };
  }
  const links = linksInto(pull.repositoryUrl, head);
  const place = { repo, pull: job.pull, head, self: tools.self };
  const { outcome, notes, previous, wordsAt } = await writeChecklist(octokit, reviewed, {
    ...place,
    ...(tools.key === undefined ? {} : { key: tools.key }),
    ...(recorded === undefined ? {} : { wordsAt: recorded }),
    now: tools.now(),
    links,
  });
  await cancelSuperseded(octokit, job, previous?.text ?? "", head);
  const suggested = await postSuggestions(octokit, reviewed.report, place);
  if (typeof suggested === "object") notes.push(`No suggestions: ${suggested.refused}.`);
  const told = titled(outcome, reviewed.review);
  const body = {
    summary: checkSummary(reviewed.report, links, notes),
    annotations: annotationsOf(reviewed.review),
  };
  await check.complete(told, body, { about, wordsAt: wordsAt ?? recorded });
  return { done: "reviewed", head, outcome: told };
}

/** Ends the runs of the heads before, should they never have ended: the comment's, and what was pushed over. */
async function cancelSuperseded(
  octokit: Octokit,
  { repo, pull, before }: ReviewJob,
  text: string,
  head: string,
): Promise<void> {
  for (const old of new Set([stateOf(text)?.head, before])) {
    if (old !== undefined && old !== head) await cancelRunsAbout(octokit, repo, pull, old);
  }
}
