import type { Octokit } from "@octokit/core";
import { wordsRecorded } from "./about-check.ts";
import { foreignEditor, type IssueComment } from "./checklist-comment.ts";
import { checkRunsAt } from "./check-run.ts";
import { stateOf } from "./comment-state.ts";
import type { RepoRef } from "./job.ts";
import type { FoundComment } from "./trusted-comment.ts";

/** When people's words on a pull request last changed, as the App's checks at a commit tell. */
export async function recordedWords(
  octokit: Octokit,
  { repo, pull }: { readonly repo: RepoRef; readonly pull: number },
  head: string,
): Promise<string | undefined> {
  return wordsRecorded(await checkRunsAt(octokit, repo, head), pull);
}

/**
 * The checklist comment with what proves that it is ours, and the newest. In the App that is its check,
 * which it alone writes. Without an App, and where no check at the newest heads tells of words that the
 * comment holds, the last edit has to be ours.
 */
export async function foundComment(
  octokit: Octokit,
  comment: IssueComment,
  {
    key,
    self,
    recorded,
  }: {
    readonly key?: string;
    readonly self: string;
    readonly recorded?: () => Promise<string | undefined>;
  },
): Promise<FoundComment> {
  const { text } = comment;
  if (key !== undefined) {
    if ((stateOf(text)?.confirmations ?? []).length === 0) return { text };
    const wordsAt = await recorded?.();
    if (wordsAt !== undefined) return { text, wordsAt };
  }
  const editor = await foreignEditor(octokit, comment, self);
  return { text, ...(editor === undefined ? {} : { editor }) };
}
