import { Redis } from "ioredis";
import { UserError } from "../core/user-error.ts";

/** How long a webhook's answer waits for Redis, in ms. */
const ANSWER_MS = 900;

/** What the server's keys in Redis begin with. */
export const PREFIX = "migrate-verify";

/** A connection for work: waits for Redis as long as it is away. BullMQ's workers ask for this. */
export function patientConnection(url: string, onError: (error: Error) => void): Redis {
  return withListener(new Redis(url, { maxRetriesPerRequest: null, retryStrategy }), onError);
}

/** A connection for answering webhooks: says at once that Redis is away. */
export function hastyConnection(url: string, onError: (error: Error) => void): Redis {
  return withListener(
    new Redis(url, {
      maxRetriesPerRequest: 1,
      commandTimeout: ANSWER_MS,
      retryStrategy,
    }),
    onError,
  );
}

/** Waits until Redis answers. Throws UserError when it does not within `waitMs`. */
export async function reachRedis(redis: Redis, waitMs: number): Promise<void> {
  const until = Date.now() + waitMs;
  for (;;) {
    try {
      await redis.ping();
      return;
    } catch (error) {
      if (Date.now() < until) continue;
      throw new UserError(`Redis does not answer: ${(error as Error).message}`, {
        hint: "Set REDIS_URL to a server that runs, or leave it out to keep the queue in this process.",
      });
    }
  }
}

function withListener(redis: Redis, onError: (error: Error) => void): Redis {
  redis.on("error", onError);
  return redis;
}

function retryStrategy(times: number): number {
  return Math.min(50 * 2 ** times, 2_000);
}
