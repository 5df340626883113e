import type { Octokit } from "@octokit/core";
import { COMMENT_MARKER } from "./comment-seal.ts";
import type { RepoRef } from "./job.ts";
import { statusOf } from "./request-error.ts";

/** A comment on a pull request, as far as it matters here. */
export interface IssueComment {
  readonly id: number;
  readonly nodeId: string;
  readonly text: string;
  readonly author: string;
  /** ISO 8601. */
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly url: string;
}

/** What a page of GitHub's answers holds at most. */
const PAGE = 100;

/**
 * The checklist comment of a pull request: the first one that we wrote and that begins with its mark.
 * Anybody can write the mark, and only we write as ourselves.
 */
export async function findChecklist(
  octokit: Octokit,
  { repo, pull }: { readonly repo: RepoRef; readonly pull: number },
  self: string,
): Promise<IssueComment | undefined> {
  for (let page = 1; ; page += 1) {
    const { data } = await octokit.request(
      "GET /repos/{owner}/{repo}/issues/{issue_number}/comments",
      { owner: repo.owner, repo: repo.name, issue_number: pull, per_page: PAGE, page },
    );
    const found = data
      .map((one) => commentOf(one))
      .find((one) => one.author === self && one.text.startsWith(COMMENT_MARKER));
    if (found !== undefined || data.length < PAGE) return found;
  }
}

/** A comment by its id; undefined when it is gone. */
export async function readComment(
  octokit: Octokit,
  { owner, name }: RepoRef,
  id: number,
): Promise<IssueComment | undefined> {
  try {
    const { data } = await octokit.request(
      "GET /repos/{owner}/{repo}/issues/comments/{comment_id}",
      {
        owner,
        repo: name,
        comment_id: id,
      },
    );
    return commentOf(data);
  } catch (error) {
    if (statusOf(error) === 404) return undefined;
    throw error;
  }
}

export async function updateComment(
  octokit: Octokit,
  { owner, name }: RepoRef,
  id: number,
  text: string,
): Promise<void> {
  await octokit.request("PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}", {
    owner,
    repo: name,
    comment_id: id,
    body: text,
  });
}

function commentOf(comment: {
  readonly id: number | bigint;
  readonly node_id: string;
  readonly body?: string | undefined;
  readonly user: { readonly login: string } | null;
  readonly created_at: string;
  readonly updated_at: string;
  readonly html_url: string;
}): IssueComment {
  return {
    id: Number(comment.id),
    nodeId: comment.node_id,
    text: comment.body ?? "",
    author: comment.user?.login ?? "",
    createdAt: comment.created_at,
    updatedAt: comment.updated_at,
    url: comment.html_url,
  };
}

const EDITOR = `query($id: ID!) { node(id: $id) { ... on IssueComment { editor { __typename login } } } }`;

/**
 * Login of who edited a comment of ours last, when it was not we. GraphQL names a bot without the
 * `[bot]` that REST puts behind it. https://docs.github.com/en/graphql/reference/interfaces#comment
 */
export async function foreignEditor(
  octokit: Octokit,
  { nodeId }: IssueComment,
  self: string,
): Promise<string | undefined> {
  const { node } = await octokit.graphql<{
    node: { editor?: { __typename: string; login: string } | null } | null;
  }>(EDITOR, { id: nodeId });
  const editor = node?.editor;
  if (editor === null || editor === undefined) return undefined;
  const login = editor.__typename === "Bot" ? `${editor.login}[bot]` : editor.login;
  return login === self ? undefined : login;
}
