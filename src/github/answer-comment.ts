import type { Octokit } from "@octokit/core";
import type { CommandJob } from "./job.ts";

/** How a command shows that it was seen, and how it ended. https://docs.github.com/en/rest/reactions/reactions */
export type Reaction = "eyes" | "+1" | "-1";

/** Reacts to the comment that holds a command; the same reaction twice is one. */
export async function react(
  octokit: Octokit,
  { repo, comment }: CommandJob,
  content: Reaction,
): Promise<void> {
  await octokit.request("POST /repos/{owner}/{repo}/issues/comments/{comment_id}/reactions", {
    owner: repo.owner,
    repo: repo.name,
    comment_id: comment,
    content,
  });
}

/** Answers a command with a comment, once: a job that is done again finds the answer that it gave. */
export async function answerComment(
  octokit: Octokit,
  { repo, pull, comment }: CommandJob,
  answer: { readonly text: string; readonly self: string; readonly since: string },
): Promise<void> {
  const at = { owner: repo.owner, repo: repo.name, issue_number: pull };
  const mark = `<!-- migrate-verify-answer ${comment} -->`;
  const { data } = await octokit.request(
    "GET /repos/{owner}/{repo}/issues/{issue_number}/comments",
    { ...at, since: answer.since, per_page: 100 },
  );
  const isThere = data.some(
    ({ user, body }) => user?.login === answer.self && body?.endsWith(mark) === true,
  );
  if (isThere) return;
  await octokit.request("POST /repos/{owner}/{repo}/issues/{issue_number}/comments", {
    ...at,
    body: `${answer.text}\n\n${mark}`,
  });
}
