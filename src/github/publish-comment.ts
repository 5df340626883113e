import type { Octokit } from "@octokit/core";
import { type IssueComment, updateComment } from "./checklist-comment.ts";
import type { RepoRef } from "./job.ts";
import { statusOf } from "./request-error.ts";

/** What became of the comment. */
export type PublishedComment =
  | { readonly written: "created" | "updated" | "unchanged"; readonly url: string }
  /** GitHub refused it; the review holds without it. */
  | { readonly written: "refused"; readonly why: string };

/**
 * Writes the checklist comment: into the one that stands there when its text differs, else a new one.
 * That GitHub refuses it never changes a verdict: it is said where the verdict is. Throws what is
 * worth a second try.
 */
export async function publishComment(
  octokit: Octokit,
  { repo, pull }: { readonly repo: RepoRef; readonly pull: number },
  previous: IssueComment | undefined,
  text: string,
): Promise<PublishedComment> {
  if (previous?.text === text) return { written: "unchanged", url: previous.url };
  try {
    if (previous !== undefined) {
      await updateComment(octokit, repo, previous.id, text);
      return { written: "updated", url: previous.url };
    }
    const { data } = await octokit.request(
      "POST /repos/{owner}/{repo}/issues/{issue_number}/comments",
      { owner: repo.owner, repo: repo.name, issue_number: pull, body: text },
    );
    return { written: "created", url: data.html_url };
  } catch (error) {
    const why = refusalOf(error);
    if (why === undefined) throw error;
    return { written: "refused", why };
  }
}

/** Why GitHub will not take a comment, however often it is asked; undefined: it may next time. */
export function refusalOf(error: unknown): string | undefined {
  if (!(error instanceof Error) || isRateLimit(error)) return undefined;
  switch (statusOf(error)) {
    case 401:
    case 403:
      return "the token may not write comments here (it needs the permission pull-requests: write)";
    case 404:
      return "the comment or the pull request is gone, or the token cannot see it";
    case 410:
      return "comments are switched off here";
    case 422:
      return "GitHub refused the text (the conversation may be locked or full)";
    default:
      return undefined;
  }
}

/** GitHub answers 403 to who asks too often, too. https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api */
function isRateLimit(error: Error): boolean {
  const headers =
    "response" in error
      ? (error.response as { readonly headers?: Readonly<Record<string, unknown>> } | undefined)
          ?.headers
      : undefined;
  return (
    headers?.["retry-after"] !== undefined ||
    headers?.["x-ratelimit-remaining"] === "0" ||
    /rate limit/i.test(error.message)
  );
}
