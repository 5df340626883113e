import type { Octokit } from "@octokit/core";

/** A request that GitHub does not answer within this is given up, in ms. */
const REQUEST_LIMIT_MS = 30_000;

/** A longer pause is not waited for: the job would be paid for it. In seconds. */
const LONGEST_PAUSE_S = 60;

/**
 * A client that tries again what may succeed, as GitHub asks for it, and through the runner's proxy.
 * https://docs.github.com/en/rest/using-the-rest-api/best-practices-for-using-the-rest-api
 */
export async function openClient(token: string): Promise<Octokit> {
  const [{ getOctokitOptions, GitHub }, { retry }] = await Promise.all([
    import("@actions/github/lib/utils"),
    import("@octokit/plugin-retry"),
  ]);
  const octokit = new (GitHub.plugin(retry))({
    ...getOctokitOptions(token),
    userAgent: "migrate-verify",
    log: { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} },
  });
  octokit.hook.before("request", (options) => {
    options.request.signal ??= AbortSignal.timeout(REQUEST_LIMIT_MS);
    // A create whose answer was lost may have been done.
    if (options.method === "POST" && options.url !== "/graphql") options.request.retries = 0;
  });
  octokit.hook.wrap("request", async (request, options) => {
    try {
      return await request(options);
    } catch (error) {
      const pause = pauseOf(error);
      if (pause === undefined || pause > LONGEST_PAUSE_S) throw error;
      await new Promise((resolve) => {
        setTimeout(resolve, pause * 1000);
      });
      // Refused for asking too often, so nothing was done: even a create may be repeated.
      return request(options);
    }
  });
  return octokit;
}

/** Seconds that GitHub asks to wait, where it says so. */
function pauseOf(error: unknown): number | undefined {
  if (!(error instanceof Error) || !("response" in error) || !("status" in error)) return undefined;
  if (error.status !== 429 && error.status !== 403) return undefined;
  const { headers } = error.response as { readonly headers?: Record<string, string | undefined> };
  const seconds = Number(headers?.["retry-after"] ?? Number.NaN);
  return Number.isFinite(seconds) ? seconds : undefined;
}

/** Login under which a token writes; GITHUB_TOKEN's when GitHub does not say. */
export async function loginOf(octokit: Octokit): Promise<string> {
  try {
    const { viewer } = await octokit.graphql<{ viewer: { login: string } }>("{ viewer { login } }");
    return viewer.login;
  } catch {
    return "github-actions[bot]";
  }
}
