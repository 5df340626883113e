import {
  type Exchange,
  inRepository,
  invalid,
  NOT_FOUND,
  paged,
  refused,
  type Routes,
} from "./exchange.ts";
import { commentJson, reactionJson } from "./represent.ts";
import type { IssueComment, Reaction, Repository } from "./repository.ts";

/** In UTF-16 units, as far as anybody has seen. */
const LONGEST = 65_536;

export const commentRoutes: Routes = {
  "GET /repos/{owner}/{repo}/issues/{issue_number}/comments": inRepository(
    "issues:read|pull_requests:read",
    (repository, exchange) => {
      const number = Number(exchange.params["issue_number"]);
      if (repository.pull(number) === undefined) return NOT_FOUND;
      return paged(
        exchange,
        repository.commentsOn(number).map((comment) => commentJson(comment, repository)),
      );
    },
  ),

  "POST /repos/{owner}/{repo}/issues/{issue_number}/comments": inRepository(
    "issues:write|pull_requests:write",
    (repository, exchange) => {
      const { state, actor, body } = exchange;
      const issue = Number(exchange.params["issue_number"]);
      const text = String(body["body"]);
      if (repository.pull(issue) === undefined) return NOT_FOUND;
      if (text.length > LONGEST) return invalid("Body is too long (maximum is 65536 characters)");
      const comment: IssueComment = {
        id: state.id(),
        issue,
        user: state.authorOf(actor),
        ...(actor.kind === "user" ? {} : { app: actor.app }),
        body: text,
        createdAt: state.now(),
        updatedAt: state.now(),
        reactions: [],
        edits: 0,
      };
      repository.comments.push(comment);
      state.commented(repository, comment, state.authorOf(actor), "created");
      return {
        status: 201,
        body: commentJson(comment, repository),
        headers: { location: `https://api.github.com/comments/${comment.id}` },
      };
    },
  ),

  "GET /repos/{owner}/{repo}/issues/comments/{comment_id}": inRepository(
    "issues:read|pull_requests:read",
    (repository, exchange) => {
      const comment = commentOf(repository, exchange);
      return comment === undefined
        ? NOT_FOUND
        : { status: 200, body: commentJson(comment, repository) };
    },
  ),

  "PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}": inRepository(
    "issues:write|pull_requests:write",
    (repository, exchange) => {
      const { state, actor } = exchange;
      const comment = commentOf(repository, exchange);
      if (comment === undefined) return NOT_FOUND;
      const author = state.authorOf(actor);
      const role = repository.roleOf(author.login);
      const mayEdit =
        author === comment.user ||
        actor.kind === "installation" ||
        /admin|maintain|write/.test(role);
      if (!mayEdit) return refused("Must have admin rights to Repository.");
      const text = String(exchange.body["body"]);
      if (text.length > LONGEST) return invalid("Body is too long (maximum is 65536 characters)");
      state.editComment(repository, comment, text, author);
      return { status: 200, body: commentJson(comment, repository) };
    },
  ),

  "DELETE /repos/{owner}/{repo}/issues/comments/{comment_id}": inRepository(
    "issues:write|pull_requests:write",
    (repository, exchange) => {
      const comment = commentOf(repository, exchange);
      if (comment === undefined) return NOT_FOUND;
      repository.comments.splice(repository.comments.indexOf(comment), 1);
      return { status: 204 };
    },
  ),

  "GET /repos/{owner}/{repo}/issues/comments/{comment_id}/reactions": inRepository(
    "issues:read|pull_requests:read",
    (repository, exchange) => {
      const comment = commentOf(repository, exchange);
      return comment === undefined
        ? NOT_FOUND
        : paged(exchange, comment.reactions.map(reactionJson));
    },
  ),

  "POST /repos/{owner}/{repo}/issues/comments/{comment_id}/reactions": inRepository(
    "issues:write|pull_requests:write",
    (repository, exchange) => {
      const { state, actor, body } = exchange;
      const comment = commentOf(repository, exchange);
      if (comment === undefined) return NOT_FOUND;
      const user = state.authorOf(actor);
      const content = String(body["content"]);
      const known = comment.reactions.find((one) => one.user === user && one.content === content);
      const reaction: Reaction = known ?? { id: state.id(), user, content };
      if (known === undefined) comment.reactions.push(reaction);
      return { status: known === undefined ? 201 : 200, body: reactionJson(reaction) };
    },
  ),

  "DELETE /repos/{owner}/{repo}/issues/comments/{comment_id}/reactions/{reaction_id}": inRepository(
    "issues:write|pull_requests:write",
    (repository, exchange) => {
      const comment = commentOf(repository, exchange);
      const id = Number(exchange.params["reaction_id"]);
      const at = comment?.reactions.findIndex((reaction) => reaction.id === id) ?? -1;
      if (comment === undefined || at === -1) return NOT_FOUND;
      comment.reactions.splice(at, 1);
      return { status: 204 };
    },
  ),
};

function commentOf(repository: Repository, { params }: Exchange): IssueComment | undefined {
  return repository.comments.find(({ id }) => id === Number(params["comment_id"]));
}
