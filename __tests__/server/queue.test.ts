import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { MemoryQueue } from "../../src/server/memory-queue.ts";
import type { JobQueue } from "../../src/server/queue.ts";
import { RedisQueue } from "../../src/server/redis-queue.ts";
import { HAS_REDIS, RedisServer } from "./redis-server.ts";
import { commandOf, reviewOf, WorkLog } from "./work-log.ts";

let redis: RedisServer | undefined;

beforeAll(async () => {
  if (HAS_REDIS) redis = await RedisServer.start();
});

afterAll(async () => {
  await redis?.[Symbol.asyncDispose]();
});

/** Twice more, at once. A pause of an hour stands for one that no test waits for. */
const HOUR_MS = 3_600_000;
function retryDelayMs(error: unknown, attempt: number): number | undefined {
  if (error instanceof RangeError) return HOUR_MS;
  return attempt < 3 ? 1 : undefined;
}

const QUEUES: Record<string, (limitMs: number) => Promise<JobQueue>> = {
  memory: (limitMs) => Promise.resolve(new MemoryQueue({ limitMs, retryDelayMs })),
  Redis: (limitMs) =>
    RedisQueue.open({
      url: redis?.url ?? "",
      limitMs,
      retryDelayMs,
      takeOverMs: 30_000,
      onError: () => undefined,
      onReturn: () => undefined,
    }),
};

function never(): Promise<void> {
  return Promise.reject(new Error("it was done"));
}

describe.each(Object.keys(QUEUES))("the queue in %s", (name) => {
  const test = name === "Redis" && !HAS_REDIS ? it.skip : it;

  async function withQueue(
    body: (queue: JobQueue, log: WorkLog) => Promise<void>,
    limitMs = HOUR_MS,
  ): Promise<void> {
    const queue = await QUEUES[name]!(limitMs);
    try {
      await body(queue, new WorkLog());
    } finally {
      await queue.close(0);
    }
  }

  test("works on what came before it was started, in order", () =>
    withQueue(async (queue, log) => {
      await queue.add(commandOf(1, 1));
      await queue.add(commandOf(2, 2));
      expect(await queue.counts()).toEqual({ waiting: 2, running: 0 });
      log.start(queue, 1);
      await log.seen("command 2 2 ends");
      expect(log.lines).toEqual([
        "command 1 1 begins",
        "command 1 1 ends",
        "command 2 2 begins",
        "command 2 2 ends",
      ]);
    }));

  test("works on one job of a pull request at a time, and on others meanwhile", () =>
    withQueue(async (queue, log) => {
      log.hold("review 1 a");
      log.start(queue, 3);
      await queue.add(reviewOf(1, "a"));
      await log.seen("review 1 a begins");
      await queue.add(commandOf(1, 7));
      await queue.add(reviewOf(2, "b"));
      await log.seen("review 2 b ends");
      expect(log.lines).not.toContain("command 1 7 begins");
      log.release("review 1 a");
      await log.seen("command 1 7 ends");
      expect(log.lines.indexOf("review 1 a ends")).toBeLessThan(
        log.lines.indexOf("command 1 7 begins"),
      );
    }));

  test("stops the review of a head that is no longer newest, and runs only the newest", () =>
    withQueue(async (queue, log) => {
      log.hold("review 1 a");
      log.start(queue, 1);
      await queue.add(reviewOf(1, "a"));
      await log.seen("review 1 a begins");
      await queue.add(reviewOf(1, "b"));
      await log.seen("review 1 a stops: the job was stopped: superseded");
      await log.seen("review 1 b ends");
      expect(log.lines.filter((line) => line.includes("again"))).toEqual([]);
    }));

  test("keeps one review of many that come while one runs", () =>
    withQueue(async (queue, log) => {
      log.hold("command 1 1");
      log.start(queue, 1);
      await queue.add(commandOf(1, 1));
      await log.seen("command 1 1 begins");
      for (let push = 0; push < 5; push += 1) await queue.add(reviewOf(1, `head${push}`));
      await queue.add(commandOf(1, 2));
      log.release("command 1 1");
      await log.seen("command 1 2 ends");
      const reviews = log.lines.filter((line) => /^review .* ends$/.test(line));
      expect(reviews).toHaveLength(1);
    }));

  test("does something small for a job that waits, and keeps workers off it meanwhile", () =>
    withQueue(async (queue, log) => {
      const { signal } = new AbortController();
      log.hold("command 2 1");
      log.start(queue, 1);
      await queue.add(commandOf(2, 1));
      await log.seen("command 2 1 begins");
      await queue.add(reviewOf(1, "a"));
      const ends: (() => void)[] = [];
      const begun = new Promise<void>((begin) => {
        const small = (): Promise<void> =>
          new Promise((resolve) => {
            ends.push(resolve);
            begin();
          });
        void queue.whileWaiting(reviewOf(1, "a"), small, signal);
      });
      await begun;
      log.release("command 2 1");
      await queue.add(commandOf(3, 1));
      await log.seen("command 3 1 ends");
      expect(log.lines).not.toContain("review 1 a begins");
      ends[0]?.();
      await log.seen("review 1 a ends");
    }));

  test("does nothing for a job that runs, or that is done", () =>
    withQueue(async (queue, log) => {
      const { signal } = new AbortController();
      log.hold("review 1 a");
      log.start(queue, 1);
      await queue.add(reviewOf(1, "a"));
      await log.seen("review 1 a begins");
      await queue.whileWaiting(reviewOf(1, "a"), never, signal);
      log.release("review 1 a");
      await log.seen("review 1 a ends");
      await queue.whileWaiting(reviewOf(2, "a"), never, signal);
    }));

  test("does something small for a new head once the review of the old one has stopped", () =>
    withQueue(async (queue, log) => {
      const { signal } = new AbortController();
      const told: string[] = [];
      log.hold("command 2 1", "command 1 7");
      log.start(queue, 2);
      await queue.add(commandOf(2, 1));
      await queue.add(commandOf(1, 7));
      await log.seen("command 1 7 begins");
      await queue.add(reviewOf(1, "b"));
      await queue.add(commandOf(3, 1));
      const small = (): Promise<void> => {
        told.push(...log.lines.filter((line) => line.startsWith("command 1 7")));
        return Promise.resolve();
      };
      const telling = queue.whileWaiting(reviewOf(1, "b"), small, signal);
      log.hold("command 3 1");
      log.release("command 1 7");
      await log.seen("command 3 1 begins");
      await telling;
      log.release("command 3 1");
      await log.seen("review 1 b ends");
      expect(told.length === 0 || told.includes("command 1 7 ends")).toBe(true);
    }));

  test("takes a command that comes twice once, and again when the first is done", () =>
    withQueue(async (queue, log) => {
      await queue.add(commandOf(1, 1));
      await queue.add(commandOf(1, 1));
      await queue.add(commandOf(2, 2));
      log.start(queue, 1);
      await log.seen("command 2 2 ends");
      await queue.add(commandOf(1, 1));
      await queue.add(commandOf(3, 3));
      await log.seen("command 3 3 ends");
      expect(log.lines.filter((line) => line === "command 1 1 ends")).toHaveLength(2);
    }));

  test("tries again what failed, and then goes on", () =>
    withQueue(async (queue, log) => {
      log.failures.set("command 1 1", [new Error("socket hang up")]);
      log.start(queue, 1);
      await queue.add(commandOf(1, 1));
      await log.seen("command 1 1 ends");
      expect(log.lines).toEqual([
        "command 1 1 begins",
        "command 1 1 again: socket hang up",
        "command 1 1 begins",
        "command 1 1 ends",
      ]);
    }));

  test("gives up once, and takes the same job anew afterwards", () =>
    withQueue(async (queue, log) => {
      const error = new Error("no");
      log.failures.set("review 1 a", [error, error, error]);
      log.start(queue, 1);
      await queue.add(reviewOf(1, "a"));
      await log.seen("review 1 a failed: no");
      await queue.add(reviewOf(1, "a"));
      await log.seen("review 1 a ends");
      expect(log.lines.filter((line) => line.includes("failed"))).toHaveLength(1);
      expect(log.lines.filter((line) => line.includes("again"))).toHaveLength(2);
    }));

  test("does not let a new push wait for the pause of an old failure", () =>
    withQueue(async (queue, log) => {
      log.failures.set("review 1 a", [new RangeError("rate limit")]);
      log.start(queue, 1);
      await queue.add(reviewOf(1, "a"));
      await log.seen("review 1 a again: rate limit");
      await queue.add(commandOf(2, 1));
      await log.seen("command 2 1 ends");
      await queue.add(reviewOf(1, "b"));
      await log.seen("review 1 b ends");
      expect(await queue.counts()).toMatchObject({ waiting: 0 });
    }));

  test("stops what takes too long, and tries it again", () =>
    withQueue(async (queue, log) => {
      log.hold("command 1 1");
      log.start(queue, 1);
      await queue.add(commandOf(1, 1));
      await log.seen("command 1 1 stops: the job was stopped: timeout");
      log.release("command 1 1");
      await log.seen("command 1 1 ends");
    }, 20));

  test("lets a running job end when it is closed", () =>
    withQueue(async (queue, log) => {
      log.hold("command 1 1");
      log.start(queue, 1);
      await queue.add(commandOf(1, 1));
      await log.seen("command 1 1 begins");
      const closed = queue.close(HOUR_MS);
      log.release("command 1 1");
      await closed;
      expect(log.lines.at(-1)).toBe("command 1 1 ends");
      await expect(queue.ping()).rejects.toThrow(/closed/i);
    }));

  test("stops a running job whose time is over when it is closed", () =>
    withQueue(async (queue, log) => {
      log.hold("command 1 1");
      log.start(queue, 1);
      await queue.add(commandOf(1, 1));
      await log.seen("command 1 1 begins");
      await queue.close(0);
      expect(log.lines.at(-1)).toBe("command 1 1 stops: the job was stopped: stopping");
      if (name !== "Redis") return;
      // It was returned, and the next machine does it.
      const next = await QUEUES[name]!(HOUR_MS);
      const nextLog = new WorkLog();
      nextLog.start(next, 1);
      await nextLog.seen("command 1 1 ends");
      await next.close(0);
    }));
});
