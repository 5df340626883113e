import type { Actor } from "./account.ts";
import type { GitHubState } from "./state.ts";
import type { Repository } from "./repository.ts";

/** A request that arrived, with who sent it and the repository that its path names. */
export interface Exchange {
  readonly state: GitHubState;
  readonly actor: Actor;
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly body: Record<string, unknown>;
  readonly accept: string;
}

/** What is answered; `body` undefined means none. */
export interface Answer {
  readonly status: number;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** Bytes that are sent as they are, under a media type of their own. */
  readonly raw?: string | Uint8Array;
}

/** What answers one operation of GitHub's description. */
export interface Route {
  /** What a token of an app needs: `checks:write`. */
  readonly needs?: string;
  /** Only an app's JSON web token will do. */
  readonly asApp?: true;
  readonly answer: (exchange: Exchange) => Answer;
}

/** Routes by method and path as the description writes them. */
export type Routes = Readonly<Record<string, Route>>;

export const NOT_FOUND: Answer = {
  status: 404,
  body: { message: "Not Found", documentation_url: "https://docs.github.com/rest", status: "404" },
};

export function refused(message: string, status = 403): Answer {
  return {
    status,
    body: { message, documentation_url: "https://docs.github.com/rest", status: String(status) },
  };
}

/** GitHub's answer to what is well-formed and still not possible. */
export function invalid(message: string): Answer {
  return {
    status: 422,
    body: {
      message: "Validation Failed",
      documentation_url: "https://docs.github.com/rest",
      errors: [{ resource: "Unknown", field: "data", code: "custom", message }],
    },
  };
}

/** The same, from the operations that tell their errors as texts. */
export function invalidText(message: string): Answer {
  const body = { message: "Unprocessable Entity", errors: [message] };
  return { status: 422, body: { ...body, documentation_url: "https://docs.github.com/rest" } };
}

/** The part of a list that the query asks for, with the link to the rest. */
export function paged({ query }: Exchange, all: readonly unknown[], wrap?: string): Answer {
  const size = Math.min(Number(query.get("per_page") ?? 30), 100);
  const page = Number(query.get("page") ?? 1);
  const items = all.slice((page - 1) * size, page * size);
  const link = all.length > page * size ? { link: `<${nextPage(query, page)}>; rel="next"` } : {};
  const body = wrap === undefined ? items : { total_count: all.length, [wrap]: items };
  return { status: 200, body, headers: link };
}

function nextPage(query: URLSearchParams, page: number): string {
  const next = new URLSearchParams(query);
  next.set("page", String(page + 1));
  // The server puts its own address and the path in front.
  return `{here}?${next.toString()}`;
}

/** The repository that the path names; undefined for one that is not there or not in reach. */
export function repositoryOf({ state, params }: Exchange): Repository | undefined {
  return state.repository(`${params["owner"]}/${params["repo"]}`);
}

/** A route within a repository; without it, the answer is that it is not found. */
export function inRepository(
  needs: string | undefined,
  answer: (repository: Repository, exchange: Exchange) => Answer,
): Route {
  return {
    ...(needs === undefined ? {} : { needs }),
    answer: (exchange) => {
      const repository = repositoryOf(exchange);
      return repository === undefined ? NOT_FOUND : answer(repository, exchange);
    },
  };
}
