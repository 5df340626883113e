import { renderMarkdown } from "../report/markdown.ts";
import type { Command } from "./command.ts";
import { headAt } from "./head-at.ts";
import type { PullReview } from "./review-pull.ts";
import type { CommandContext, Outcome } from "./run-command.ts";

/** An answer is shorter than the checklist comment. */
const LONGEST_ANSWER = 30_000;

/**
 * `/migrate-verify`. The head that was current when it was given is the one that runs. Where that is
 * the newest, comment and check are brought up to date; half a review, or one of a head that was
 * pushed over since, is told in an answer and touches neither.
 */
export async function verifyAgain(
  { mode, sha }: Extract<Command, { readonly name: "verify" }>,
  { octokit, job, deps, pull, comment }: CommandContext,
): Promise<Outcome> {
  if (!pull.isOpen) return { done: false, text: "This pull request is not open." };
  const head = job.head ?? (await headAt(octokit, pull, comment.createdAt));
  if (sha !== undefined && !head.startsWith(sha)) {
    return {
      done: false,
      text: `\`${sha}\` is not the head: that is ${shortSha(head)}.`,
    };
  }
  const review = {
    kind: "review",
    repo: job.repo,
    pull: job.pull,
    head,
    reason: `asked for by ${job.sender}`,
    again: true,
  } as const;
  if (mode === "check" && head === pull.head) {
    return told(await deps.review(review));
  }
  const { report, options } = await deps.look({ ...review, mode });
  const moved =
    head === pull.head
      ? ""
      : `\n\nThe head is ${shortSha(pull.head)} by now: it is checked on its own.`;
  const text = renderMarkdown(report, { ...options, limit: LONGEST_ANSWER });
  return { done: true, text: `Of ${shortSha(head)}, as asked:${moved}\n\n${text}` };
}

function told(review: PullReview): Outcome {
  switch (review.done) {
    case "reviewed": {
      const { conclusion, title } = review.outcome;
      const sign = conclusion === "success" ? "✅" : "❌";
      return { done: true, text: `${sign} ${shortSha(review.head)}: ${title}` };
    }
    case "checked":
      return { done: true, text: `${shortSha(review.head)} is checked already.` };
    case "superseded":
    case "closed":
      return {
        done: false,
        text: `${shortSha(review.head)} is the head no more: what took its place is checked on its own.`,
      };
  }
}

function shortSha(sha: string): string {
  return `\`${sha.slice(0, 7)}\``;
}
