import type { Octokit } from "@octokit/core";
import { checkOutcome, type CheckOutcome } from "../report/comment-title.ts";
import { headline } from "../report/headline.ts";
import type { MarkdownOptions } from "../report/markdown-page.ts";
import { findChecklist, type IssueComment } from "./checklist-comment.ts";
import { composeComment } from "./compose-comment.ts";
import type { RepoRef } from "./job.ts";
import { publishComment, refusalOf } from "./publish-comment.ts";
import { foundComment } from "./recorded-words.ts";
import type { ChangeReview } from "./review-change.ts";
import type { FoundComment } from "./trusted-comment.ts";

/** Where the checklist comment of a review goes, and under whose name. */
export interface ChecklistPlace {
  readonly repo: RepoRef;
  readonly pull: number;
  /** SHA of the reviewed head. */
  readonly head: string;
  /** Login under which we write. */
  readonly self: string;
  /** The secret that seals it. */
  readonly key?: string;
  /** When people's words last changed, as the App's checks tell (ISO 8601). */
  readonly wordsAt?: string;
  readonly now: Date;
  /** Links of the report. */
  readonly links: Pick<MarkdownOptions, "fileAddress">;
  /** Id of the workflow run whose job is the check, in the Action. */
  readonly run?: number;
  /** Whether a comment is written at all; words that stand in one are read all the same. Default: yes. */
  readonly writes?: boolean;
}

/** What the review comes to once people's words are counted. */
export interface WrittenChecklist {
  readonly outcome: CheckOutcome;
  /** When people's words last changed, as the comment tells now. */
  readonly wordsAt?: string;
  /** What could not be written, for the places that can. */
  readonly notes: string[];
  /** The comment as it stood before. */
  readonly previous?: IssueComment;
}

/**
 * Brings the checklist comment up to date. A pull request without migrations gets none; where they
 * left it, the comment says so. Whether it can be read and written never changes the verdict.
 */
export async function writeChecklist(
  octokit: Octokit,
  reviewed: ChangeReview,
  place: ChecklistPlace,
): Promise<WrittenChecklist> {
  const { review, report } = reviewed;
  const own = await findOwn(octokit, place);
  const { previous } = own;
  const isEmpty = review.projects.length === 0 && review.unverified.length === 0;
  if (previous === undefined && isEmpty) {
    const machine = { verdict: review.verdict, headline: headline(review) };
    return { outcome: checkOutcome(machine, []), notes: [] };
  }
  const composed = composeComment({
    report,
    options: place.links,
    place: {
      repository: `${place.repo.owner}/${place.repo.name}`,
      pull: place.pull,
      ...(place.key === undefined ? {} : { key: place.key }),
    },
    head: place.head,
    now: place.now,
    ...(place.run === undefined ? {} : { run: place.run }),
    ...(previous === undefined ? {} : { previous: await found(octokit, previous, place) }),
  });
  const { outcome, wordsAt } = composed;
  const told = { outcome, ...(wordsAt === undefined ? {} : { wordsAt }) };
  if (place.writes === false) return { ...told, notes: own.notes };
  const published = await publishComment(octokit, place, previous, composed.text);
  const refused = published.written === "refused" ? [`No comment: ${published.why}.`] : [];
  return {
    ...told,
    notes: [...own.notes, ...refused],
    ...(previous === undefined ? {} : { previous }),
  };
}

/** Our comment, where it may be read. */
async function findOwn(
  octokit: Octokit,
  place: ChecklistPlace,
): Promise<{ readonly previous: IssueComment | undefined; readonly notes: string[] }> {
  try {
    return { previous: await findChecklist(octokit, place, place.self), notes: [] };
  } catch (error) {
    const why = refusalOf(error);
    if (why === undefined) throw error;
    return { previous: undefined, notes: [`Comments could not be read: ${why}.`] };
  }
}

async function found(
  octokit: Octokit,
  comment: IssueComment,
  { key, self, wordsAt }: ChecklistPlace,
): Promise<FoundComment> {
  return foundComment(octokit, comment, {
    self,
    ...(key === undefined ? {} : { key }),
    recorded: () => Promise.resolve(wordsAt),
  });
}
