import { ProbotOctokit } from "probot";
import type { Metrics } from "./metrics.ts";

/** A request that GitHub does not answer within this is given up, in ms. */
const REQUEST_LIMIT_MS = 30_000;
/** Longer pauses that GitHub asks for are the queue's: a job that waits holds a worker. In seconds. */
const LONGEST_PAUSE_S = 30;

type OctokitOptions = NonNullable<ConstructorParameters<typeof ProbotOctokit>[0]>;

/** Probot's octokit, with what a server needs that stands for years: limits of time, and no write twice. */
export function octokitClass(throttle: boolean): typeof ProbotOctokit {
  return ProbotOctokit.plugin(neverCreateTwice).defaults((options: OctokitOptions) => ({
    ...options,
    throttle: throttle
      ? {
          ...options.throttle,
          // Without it Probot switches the throttling of installations' clients off.
          enabled: true,
          onRateLimit: mayWait,
          onSecondaryRateLimit: mayWait,
        }
      : { ...options.throttle, enabled: false },
  }));
}

function mayWait(
  retryAfter: number,
  _options: unknown,
  _octokit: unknown,
  retryCount: number,
): boolean {
  return retryAfter <= LONGEST_PAUSE_S && retryCount < 2;
}

/**
 * A create whose answer was lost may have been done: repeated, there would be two comments. The job
 * is repeated instead, and looks first.
 */
function neverCreateTwice(octokit: Pick<ProbotOctokit, "hook">): void {
  octokit.hook.before("request", (options) => {
    if (options.method === "POST" && options.url !== "/graphql") {
      options.request.retries = 0;
    }
  });
}

/** Node's fetch, counted and limited in time. Once the server has ended nothing is asked, nor asked again. */
export function limitedFetch(metrics: Metrics, ended: AbortSignal): typeof fetch {
  return async (input, init) => {
    const limit = AbortSignal.timeout(REQUEST_LIMIT_MS);
    const given = init?.signal;
    const signal = given == null ? limit : AbortSignal.any([limit, given]);
    try {
      ended.throwIfAborted();
      const response = await fetch(input, { ...init, signal });
      metrics.githubRequest(response.status);
      return response;
    } catch (error) {
      metrics.githubRequest("error");
      throw ended.aborted ? new ServerEnded() : error;
    }
  };
}

/** Octokit tries everything again but what has this name. */
class ServerEnded extends Error {
  override readonly name = "AbortError";

  constructor() {
    super("The server has ended.");
  }
}
