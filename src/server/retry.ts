import { UserError } from "../core/user-error.ts";

/** Attempts at one job, the first included. */
export const ATTEMPTS = 6;

const FIRST_PAUSE_MS = 5_000;
const LONGEST_PAUSE_MS = 10 * 60_000;
/** A primary rate limit starts anew within the hour. */
const LONGEST_RATE_LIMIT_MS = 65 * 60_000;

/** What another attempt does not change: gone, refused for what was sent, blocked for legal reasons. */
const FINAL_STATUSES: ReadonlySet<number> = new Set([400, 401, 404, 410, 422, 451]);

/**
 * Milliseconds until the next attempt after attempt number `attempt` (from 1) failed; undefined when
 * no other attempt is made. What GitHub asks for (`retry-after`, `x-ratelimit-reset`) is waited for.
 * https://docs.github.com/en/rest/using-the-rest-api/best-practices-for-using-the-rest-api#handle-rate-limit-errors-appropriately
 */
export function retryDelayMs(
  error: unknown,
  attempt: number,
  now = Date.now(),
): number | undefined {
  if (attempt >= ATTEMPTS || error instanceof UserError) return undefined;
  const answer = answerOf(error);
  const asked = answer === undefined ? undefined : askedPauseMs(answer, now);
  if (asked !== undefined) return Math.min(Math.max(asked, 1_000), LONGEST_RATE_LIMIT_MS);
  if (answer !== undefined && isFinal(answer)) return undefined;
  return Math.min(FIRST_PAUSE_MS * 3 ** (attempt - 1), LONGEST_PAUSE_MS);
}

interface Answer {
  readonly status: number;
  readonly message: string;
  readonly headers: Readonly<Record<string, unknown>>;
}

/** What GitHub answered, of an octokit's RequestError. */
function answerOf(error: unknown): Answer | undefined {
  if (typeof error !== "object" || error === null || !("status" in error)) return undefined;
  if (typeof error.status !== "number") return undefined;
  const { response } = error as { response?: { headers?: Record<string, unknown> } };
  const message = error instanceof Error ? error.message : "";
  return { status: error.status, message, headers: response?.headers ?? {} };
}

function isFinal({ status }: Answer): boolean {
  // 403 without a limit is a missing permission, or an installation that was suspended.
  return FINAL_STATUSES.has(status) || status === 403;
}

/** A secondary limit may come without a header: “wait for at least one minute”. */
const SECONDARY_LIMIT = /secondary rate limit|abuse detection/i;
const SECONDARY_LIMIT_PAUSE_MS = 60_000;

function askedPauseMs({ message, headers }: Answer, now: number): number | undefined {
  const retryAfter = seconds(headers["retry-after"]);
  if (retryAfter !== undefined) return retryAfter * 1_000;
  if (SECONDARY_LIMIT.test(message)) return SECONDARY_LIMIT_PAUSE_MS;
  if (String(headers["x-ratelimit-remaining"]) !== "0") return undefined;
  const reset = seconds(headers["x-ratelimit-reset"]);
  return reset === undefined ? undefined : reset * 1_000 - now + 1_000;
}

function seconds(value: unknown): number | undefined {
  const number = typeof value === "string" ? Number(value) : value;
  return typeof number === "number" && Number.isFinite(number) && number >= 0 ? number : undefined;
}
