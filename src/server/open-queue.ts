import type { Logger } from "pino";
import { MemoryQueue } from "./memory-queue.ts";
import type { JobQueue, SeenDeliveries } from "./queue.ts";
import { retryDelayMs } from "./retry.ts";
import { MemorySeenDeliveries } from "./seen-deliveries.ts";
import type { ServerConfig } from "./server-config.ts";

export interface OpenQueue {
  readonly queue: JobQueue;
  readonly seen: SeenDeliveries;
}

/** Redis says the same of every command while it is away; the log hears it once in this time, in ms. */
const SAY_AGAIN_MS = 30_000;

/**
 * The queue that the configuration asks for. `onReturn` is called when it could not be reached for a
 * while and can again. Throws UserError when it cannot be reached at all.
 */
export async function openQueue(
  { redisUrl, jobLimitMs, takeOverMs }: ServerConfig,
  log: Logger,
  onReturn: () => void,
): Promise<OpenQueue> {
  if (redisUrl === undefined) {
    const queue = new MemoryQueue({ limitMs: jobLimitMs, retryDelayMs });
    return { queue, seen: new MemorySeenDeliveries() };
  }
  let saidAt = Number.NEGATIVE_INFINITY;
  const { RedisQueue } = await import("./redis-queue.ts");
  const queue = await RedisQueue.open({
    url: redisUrl,
    limitMs: jobLimitMs,
    takeOverMs,
    retryDelayMs,
    onReturn,
    onError: (error) => {
      if (performance.now() - saidAt < SAY_AGAIN_MS) return;
      saidAt = performance.now();
      log.error({ err: error }, "Redis does not answer.");
    },
  });
  return { queue, seen: queue.seenDeliveries };
}
