import { integration, simpleUser } from "./account.ts";
import { apiDescription } from "./description.ts";
import type { ChangedFile, CommitInfo } from "./git-store.ts";
import type {
  CheckRun,
  IssueComment,
  Pull,
  Reaction,
  Repository,
  Review,
  ReviewComment,
} from "./repository.ts";

type Json = Record<string, unknown>;

/** An example of GitHub's with the name of its repository put right, and some of it replaced. */
function like(name: string, repository: Repository, changes: Json): Json {
  const text = JSON.stringify(apiDescription().example(name))
    .replaceAll(/octocat\/Hello-World|github\/hello-world/g, repository.fullName)
    .replaceAll("octocat", repository.owner.login);
  return { ...(JSON.parse(text) as Json), ...changes };
}

export function repositoryJson(repository: Repository, example: string): Json {
  const { name, fullName, id, owner, parent, defaultBranch } = repository;
  const { template_repository, source, parent: _parent, ...json } = like(example, repository, {});
  void template_repository;
  void source;
  return {
    ...json,
    id,
    name,
    full_name: fullName,
    owner: simpleUser(owner),
    organization: simpleUser({ ...owner, type: "Organization" }),
    fork: parent !== undefined,
    private: false,
    default_branch: defaultBranch,
    // Pull requests are issues to this count.
    open_issues: repository.pulls.filter(({ state }) => state === "open").length,
    open_issues_count: repository.pulls.filter(({ state }) => state === "open").length,
    archived: false,
    language: null,
  };
}

export function pullJson(pull: Pull, base: Repository, example = "pull-request"): Json {
  const sample = like(example === "pull-request" ? example : "pull-request", base, {});
  const side = (repository: Repository, branch: string, sha: string, template: unknown): Json => ({
    label: `${repository.owner.login}:${branch}`,
    ref: branch,
    sha,
    user: simpleUser(repository.owner),
    repo: {
      ...((template as { repo: Json }).repo as object),
      ...repositoryJson(repository, "full-repository-default-response"),
    },
  });
  const { head } = pull;
  const html = `https://github.com/${base.fullName}/pull/${pull.number}`;
  return {
    ...sample,
    id: pull.id,
    number: pull.number,
    html_url: html,
    state: pull.state,
    title: pull.title,
    body: pull.body,
    user: simpleUser(pull.user),
    draft: pull.draft,
    merged: pull.merged,
    created_at: pull.createdAt,
    updated_at: pull.updatedAt,
    closed_at: pull.state === "closed" ? pull.updatedAt : null,
    merged_at: pull.merged ? pull.updatedAt : null,
    merge_commit_sha: base.store.merge(pull.base.sha, head.sha) ?? null,
    mergeable: base.store.merge(pull.base.sha, head.sha) !== undefined,
    head: side(head.repository, head.branch, head.sha, sample["head"]),
    base: side(base, pull.base.branch, pull.base.sha, sample["base"]),
    auto_merge: null,
    merged_by: null,
    requested_reviewers: [],
    requested_teams: [],
    assignee: null,
    assignees: [],
    labels: [],
    milestone: null,
    changed_files: base.store.changedFiles(pull.base.sha, head.sha).length,
  };
}

/** A pull request as lists show it. */
export function pullItemJson(pull: Pull, base: Repository): Json {
  const [sample] = apiDescription().example("pull-request-simple-items") as Json[];
  const whole = pullJson(pull, base);
  return Object.fromEntries(
    Object.entries(sample ?? {}).map(([key, value]) => [key, whole[key] ?? value]),
  );
}

export function fileJson(file: ChangedFile, repository: Repository, ref: string): Json {
  const address = `https://github.com/${repository.fullName}/blob/${ref}/${encodeURIComponent(file.path)}`;
  return {
    sha: file.sha,
    filename: file.path,
    status: file.status,
    additions: file.additions,
    deletions: file.deletions,
    changes: file.additions + file.deletions,
    blob_url: address,
    raw_url: address,
    contents_url: address,
    ...(file.patch === undefined ? {} : { patch: file.patch }),
    ...(file.from === undefined ? {} : { previous_filename: file.from }),
  };
}

export function commitJson(commit: CommitInfo, repository: Repository): Json {
  const sample = like("commit", repository, {});
  const person = { name: "Test", email: "test@example.test", date: commit.date };
  return {
    ...sample,
    files: [],
    sha: commit.sha,
    commit: {
      ...(sample["commit"] as object),
      message: commit.message,
      author: person,
      committer: person,
      tree: { url: `https://api.github.com/trees/${commit.tree}`, sha: commit.tree },
    },
    author: simpleUser(repository.owner),
    committer: simpleUser(repository.owner),
    parents: commit.parents.map((sha) => ({ url: `https://api.github.com/commits/${sha}`, sha })),
  };
}

export function gitCommitJson(commit: CommitInfo, repository: Repository): Json {
  const person = { name: "Test", email: "test@example.test", date: commit.date };
  return like("git-commit-2", repository, {
    sha: commit.sha,
    message: commit.message,
    author: person,
    committer: person,
    tree: { url: `https://api.github.com/trees/${commit.tree}`, sha: commit.tree },
    parents: commit.parents.map((sha) => ({
      url: `https://api.github.com/commits/${sha}`,
      html_url: `https://github.com/commit/${sha}`,
      sha,
    })),
  });
}

export function commentJson(comment: IssueComment, repository: Repository): Json {
  const { id, issue } = comment;
  const reactions = (content: string): number =>
    comment.reactions.filter((one) => one.content === content).length;
  return like("issue-comment", repository, {
    id,
    node_id: `IC_${id}`,
    url: `https://api.github.com/repos/${repository.fullName}/issues/comments/${id}`,
    html_url: `https://github.com/${repository.fullName}/pull/${issue}#issuecomment-${id}`,
    issue_url: `https://api.github.com/repos/${repository.fullName}/issues/${issue}`,
    body: comment.body,
    user: simpleUser(comment.user),
    created_at: comment.createdAt,
    updated_at: comment.updatedAt,
    performed_via_github_app:
      comment.app === undefined ? null : integration(comment.app, repository.owner),
    reactions: {
      url: `https://api.github.com/repos/${repository.fullName}/issues/comments/${id}/reactions`,
      total_count: comment.reactions.length,
      "+1": reactions("+1"),
      "-1": reactions("-1"),
      laugh: reactions("laugh"),
      confused: reactions("confused"),
      heart: reactions("heart"),
      hooray: reactions("hooray"),
      eyes: reactions("eyes"),
      rocket: reactions("rocket"),
    },
  });
}

export function reactionJson(reaction: Reaction): Json {
  return {
    id: reaction.id,
    node_id: `reaction${reaction.id}`,
    user: simpleUser(reaction.user),
    content: reaction.content,
    created_at: "2026-01-05T09:00:00Z",
  };
}

/** Pull requests from forks are left out, as GitHub does. */
function pullsOf(repository: Repository, sha: string): Json[] {
  return repository.pulls
    .filter((pull) => pull.head.sha === sha && pull.head.repository === repository)
    .map((pull) => ({
      id: pull.id,
      number: pull.number,
      url: `https://api.github.com/repos/${repository.fullName}/pulls/${pull.number}`,
      head: { ref: pull.head.branch, sha, repo: repositoryOfCheck(repository) },
      base: { ref: pull.base.branch, sha: pull.base.sha, repo: repositoryOfCheck(repository) },
    }));
}

function repositoryOfCheck({ id, name, fullName }: Repository): Json {
  return { id, url: `https://api.github.com/repos/${fullName}`, name };
}

export function checkRunJson(check: CheckRun, repository: Repository): Json {
  const { id } = check;
  const url = `https://api.github.com/repos/${repository.fullName}/check-runs/${id}`;
  return {
    id,
    node_id: `check${id}`,
    head_sha: check.headSha,
    external_id: check.externalId,
    url,
    html_url: `https://github.com/${repository.fullName}/runs/${id}`,
    details_url: check.detailsUrl ?? "https://example.test",
    status: check.status,
    conclusion: check.conclusion,
    started_at: check.startedAt,
    completed_at: check.completedAt,
    output: {
      title: check.title,
      summary: check.summary,
      text: check.text,
      annotations_count: check.annotations.length,
      annotations_url: `${url}/annotations`,
    },
    name: check.name,
    check_suite: { id: suiteOf(check) },
    app: integration(check.app, repository.owner),
    pull_requests: pullsOf(repository, check.headSha),
  };
}

/** One check suite for each app and commit. */
export function suiteOf({ app, headSha }: CheckRun): number {
  return app.id * 1000 + (Number.parseInt(headSha.slice(0, 6), 16) % 1000);
}

export function reviewJson(review: Review, repository: Repository): Json {
  const pull = `https://github.com/${repository.fullName}/pull/${review.pull}`;
  return like("pull-request-review", repository, {
    id: review.id,
    user: simpleUser(review.user),
    body: review.body,
    state: review.state,
    html_url: `${pull}#pullrequestreview-${review.id}`,
    pull_request_url: pull,
    commit_id: review.commit,
    submitted_at: review.submittedAt,
  });
}

export function reviewCommentJson(comment: ReviewComment, repository: Repository): Json {
  const [sample] = apiDescription().example("pull-request-review-comment-items") as Json[];
  return {
    ...sample,
    id: comment.id,
    pull_request_review_id: comment.review,
    path: comment.path,
    commit_id: comment.commit,
    original_commit_id: comment.commit,
    user: simpleUser(comment.user),
    body: comment.body,
    created_at: comment.createdAt,
    updated_at: comment.createdAt,
    line: comment.line,
    original_line: comment.line,
    start_line: comment.startLine ?? null,
    original_start_line: comment.startLine ?? null,
    side: comment.side,
    start_side: comment.startLine === undefined ? null : comment.side,
    html_url: `https://github.com/${repository.fullName}/pull/1#discussion_r${comment.id}`,
  };
}
