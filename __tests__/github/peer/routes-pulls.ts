import {
  type Answer,
  type Exchange,
  inRepository,
  invalidText,
  NOT_FOUND,
  paged,
  type Route,
  type Routes,
} from "./exchange.ts";
import { commentableLines } from "./diff-lines.ts";
import { fileJson, pullItemJson, pullJson, reviewCommentJson, reviewJson } from "./represent.ts";
import type { Pull, Repository, Review } from "./repository.ts";

/** GitHub lists no more changed files of a pull request. */
const MOST_FILES = 3000;

function onPull(
  needs: string,
  answer: (pull: Pull, repository: Repository, exchange: Exchange) => Answer,
): Route {
  return inRepository(needs, (repository, exchange) => {
    const pull = repository.pull(Number(exchange.params["pull_number"]));
    return pull === undefined ? NOT_FOUND : answer(pull, repository, exchange);
  });
}

export const pullRoutes: Routes = {
  "GET /repos/{owner}/{repo}/pulls": inRepository("pull_requests:read", (repository, exchange) => {
    const { query } = exchange;
    const state = query.get("state") ?? "open";
    const base = query.get("base");
    const head = query.get("head");
    const pulls = repository.pulls.filter(
      (pull) =>
        (state === "all" || pull.state === state) &&
        (base === null || pull.base.branch === base) &&
        (head === null || `${pull.head.repository.owner.login}:${pull.head.branch}` === head),
    );
    return paged(
      exchange,
      pulls.toReversed().map((pull) => pullItemJson(pull, repository)),
    );
  }),

  "GET /repos/{owner}/{repo}/pulls/{pull_number}": onPull(
    "pull_requests:read",
    (pull, repository) => ({
      status: 200,
      body: pullJson(pull, repository),
    }),
  ),

  "GET /repos/{owner}/{repo}/pulls/{pull_number}/files": onPull(
    "pull_requests:read",
    (pull, repository, exchange) => {
      const files = filesOf(pull, repository).slice(0, MOST_FILES);
      return paged(
        exchange,
        files.map((file) => fileJson(file, repository, pull.head.sha)),
      );
    },
  ),

  "GET /repos/{owner}/{repo}/commits/{commit_sha}/pulls": inRepository(
    "pull_requests:read",
    (repository, exchange) => {
      const sha = exchange.params["commit_sha"] ?? "";
      const pulls = repository.pulls.filter((pull) => pull.head.sha === sha);
      return paged(
        exchange,
        pulls.map((pull) => pullItemJson(pull, repository)),
      );
    },
  ),

  "GET /repos/{owner}/{repo}/pulls/{pull_number}/reviews": onPull(
    "pull_requests:read",
    (pull, repository, exchange) =>
      paged(
        exchange,
        reviewsOf(pull, repository).map((review) => reviewJson(review, repository)),
      ),
  ),

  "GET /repos/{owner}/{repo}/pulls/{pull_number}/comments": onPull(
    "pull_requests:read",
    (pull, repository, exchange) =>
      paged(
        exchange,
        reviewsOf(pull, repository)
          .flatMap(({ comments }) => comments)
          .map((comment) => reviewCommentJson(comment, repository)),
      ),
  ),

  "POST /repos/{owner}/{repo}/pulls/{pull_number}/reviews": onPull(
    "pull_requests:write",
    addReview,
  ),
};

function filesOf(pull: Pull, { store }: Repository) {
  const from = store.mergeBase(pull.base.sha, pull.head.sha) ?? pull.base.sha;
  return store.changedFiles(from, pull.head.sha);
}

function reviewsOf(pull: Pull, repository: Repository): Review[] {
  return repository.reviews.filter((review) => review.pull === pull.number);
}

interface NewReview {
  readonly commit_id?: string;
  readonly body?: string;
  readonly event?: string;
  readonly comments?: readonly {
    readonly path: string;
    readonly body: string;
    readonly line?: number;
    readonly side?: string;
    readonly start_line?: number;
    readonly start_side?: string;
  }[];
}

function addReview(pull: Pull, repository: Repository, { state, actor, body }: Exchange): Answer {
  const review = body as NewReview;
  const refusal = refusalOf(review, pull, repository);
  if (refusal !== undefined) return invalidText(refusal);
  const id = state.id();
  const user = state.authorOf(actor);
  const commit = review.commit_id ?? pull.head.sha;
  const added: Review = {
    id,
    pull: pull.number,
    user,
    body: review.body ?? "",
    state: review.event === "COMMENT" ? "COMMENTED" : "CHANGES_REQUESTED",
    commit,
    submittedAt: state.now(),
    comments: (review.comments ?? []).map((comment) => ({
      id: state.id(),
      review: id,
      path: comment.path,
      line: comment.line ?? 0,
      ...(comment.start_line === undefined ? {} : { startLine: comment.start_line }),
      side: comment.side ?? "RIGHT",
      body: comment.body,
      commit,
      user,
      createdAt: state.now(),
    })),
  };
  repository.reviews.push(added);
  return { status: 200, body: reviewJson(added, repository) };
}

/** Why GitHub would refuse a review. */
function refusalOf(review: NewReview, pull: Pull, repository: Repository): string | undefined {
  if (review.event === undefined) return "The peer keeps no pending reviews";
  if (review.event === "COMMENT" && (review.body ?? "") === "") {
    return "You need to leave a comment indicating the requested changes.";
  }
  if (repository.store.commitInfo(review.commit_id ?? pull.head.sha) === undefined) {
    return "The commit_id is not part of the pull request";
  }
  return misplaced(review, commentableLines(filesOf(pull, repository)));
}

function misplaced(
  review: NewReview,
  lines: ReturnType<typeof commentableLines>,
): string | undefined {
  for (const { path, line, start_line: start } of review.comments ?? []) {
    const inDiff = lines.get(path);
    if (line === undefined || inDiff?.has(line) !== true) {
      return "Pull request review thread line must be part of the diff";
    }
    if (start !== undefined && (start >= line || !inDiff.has(start))) {
      return "Pull request review thread start line must precede the end line.";
    }
  }
  return undefined;
}
