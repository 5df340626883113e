import { setTimeout } from "node:timers/promises";
import { DelayedError, Queue, UnrecoverableError, WaitingError, Worker, type Job } from "bullmq";
import type { Redis } from "ioredis";
import { Attempt } from "./attempt.ts";
import { KeyLock } from "./key-lock.ts";
import type { JobQueue, QueueCounts, QueuedJob, QueueEvents } from "./queue.ts";
import type { RetryPolicy, SeenDeliveries, Work } from "./queue.ts";
import { hastyConnection, patientConnection, PREFIX, reachRedis } from "./redis-connection.ts";
import { RedisSeenDeliveries } from "./redis-seen-deliveries.ts";

const NAME = "jobs";
/** A job whose key is being worked on looks again after this long, in ms. */
const BUSY_MS = 250;
/** How long a server that starts waits for Redis, which may start beside it, in ms. */
const START_MS = 20_000;
/** A worker that is free has taken a job after this long, in ms. */
const TAKEN_MS = 200;
const SUPERSEDED = `${PREFIX}:superseded`;
/** BullMQ wants a number; the policy ends the attempts before. */
const MOST_ATTEMPTS = 1_000;
/** How often a job can take its worker down with it before it is given up. */
const MOST_TAKEOVERS = 2;

export interface RedisQueueOptions {
  readonly url: string;
  /** Longest time of one attempt, in ms. */
  readonly limitMs: number;
  /** A worker that was not heard of for this long is dead; another one takes its job over. In ms. */
  readonly takeOverMs: number;
  readonly retryDelayMs: RetryPolicy;
  /** Redis is away, or answers with an error; told again and again while it lasts. */
  readonly onError: (error: Error) => void;
  /** Redis was away, and answers again. */
  readonly onReturn: () => void;
}

/** BullMQ on Redis: any number of machines take and give work, and nothing is lost with one of them. */
export class RedisQueue implements JobQueue {
  readonly #options: RedisQueueOptions;
  readonly #hasty: Redis;
  readonly #patient: Redis;
  readonly #subscriber: Redis;
  readonly #queue: Queue<QueuedJob>;
  readonly #running = new Map<string, Attempt>();
  #worker: Worker<QueuedJob> | undefined;
  #closed: Promise<void> | undefined;

  /** Throws UserError when Redis does not answer. */
  static async open(options: RedisQueueOptions): Promise<RedisQueue> {
    const hasty = hastyConnection(options.url, options.onError);
    try {
      await reachRedis(hasty, START_MS);
    } catch (error) {
      hasty.disconnect();
      throw error;
    }
    return new RedisQueue(options, hasty);
  }

  private constructor(options: RedisQueueOptions, hasty: Redis) {
    const { url, onError } = options;
    this.#options = options;
    this.#hasty = hasty;
    // The first connection stands already.
    hasty.on("ready", options.onReturn);
    this.#patient = patientConnection(url, onError);
    this.#subscriber = patientConnection(url, onError);
    this.#queue = new Queue(NAME, {
      connection: this.#hasty,
      prefix: PREFIX,
      skipWaitingForReady: true,
      defaultJobOptions: {
        attempts: MOST_ATTEMPTS,
        backoff: { type: "custom" },
        removeOnComplete: true,
        removeOnFail: true,
      },
    });
    this.#queue.on("error", onError);
  }

  /** Where deliveries are remembered, beside the jobs. */
  get seenDeliveries(): SeenDeliveries {
    return new RedisSeenDeliveries(this.#hasty);
  }

  async add(queued: QueuedJob): Promise<void> {
    const { id, job } = queued;
    if (job.kind !== "review") {
      await this.#queue.add(job.kind, queued, { jobId: id });
      return;
    }
    // One waits at most: what comes while it runs is kept, what pauses after a failure is replaced.
    const deduplication = { id, keepLastIfActive: true, replace: true };
    await this.#queue.add(job.kind, queued, { deduplication });
    await this.#hasty.publish(SUPERSEDED, JSON.stringify(queued));
  }

  async whileWaiting(
    queued: QueuedJob,
    small: () => Promise<void>,
    signal: AbortSignal,
  ): Promise<void> {
    await setTimeout(TAKEN_MS, undefined, { signal });
    while (await this.#waits(queued)) {
      const { takeOverMs } = this.#options;
      const lock = await KeyLock.take(this.#hasty, lockOf(queued), takeOverMs, () => undefined);
      if (lock !== undefined) return small().finally(async () => lock.release());
      await setTimeout(BUSY_MS, undefined, { signal });
    }
  }

  /** Of reviews one is listed, which may be of a head before this one's. */
  async #waits({ id, job }: QueuedJob): Promise<boolean> {
    const jobId = job.kind === "review" ? await this.#queue.getDeduplicationJobId(id) : id;
    const listed = jobId == null ? undefined : await this.#queue.getJob(jobId);
    if (listed === undefined) return false;
    const isActive = await listed.isActive();
    return !isActive || headOf(listed.data) !== headOf({ job });
  }

  start(work: Work, events: QueueEvents, concurrency: number): void {
    const { takeOverMs, retryDelayMs, onError } = this.#options;
    this.#subscriber.on("message", (_channel, message) => {
      const queued = JSON.parse(message) as QueuedJob;
      for (const attempt of this.#running.values()) {
        if (attempt.isSupersededBy(queued)) attempt.stop("superseded");
      }
    });
    this.#subscriber.subscribe(SUPERSEDED).catch(onError);
    const worker = new Worker<QueuedJob>(
      NAME,
      async (job, token) => this.#process(job, token ?? "", work, events),
      {
        connection: this.#patient,
        prefix: PREFIX,
        concurrency,
        lockDuration: takeOverMs,
        stalledInterval: takeOverMs,
        maxStalledCount: MOST_TAKEOVERS,
        settings: {
          backoffStrategy: (attempt, _type, error) => retryDelayMs(error, attempt) ?? -1,
        },
      },
    );
    worker.on("error", onError);
    worker.on("failed", (job, error) => {
      // What this program does not end itself: a job that took down every worker it was given to.
      if (job !== undefined && error.message.startsWith("job stalled")) {
        void events.onFailed(job.data, error);
      }
    });
    this.#worker = worker;
  }

  async counts(): Promise<QueueCounts> {
    const counts = await this.#queue.getJobCounts("wait", "delayed", "active");
    return {
      waiting: (counts["wait"] ?? 0) + (counts["delayed"] ?? 0),
      running: counts["active"] ?? 0,
    };
  }

  async ping(): Promise<void> {
    await this.#hasty.ping();
  }

  close(graceMs: number): Promise<void> {
    this.#closed ??= this.#close(graceMs);
    return this.#closed;
  }

  async #close(graceMs: number): Promise<void> {
    const grace = globalThis.setTimeout(() => {
      for (const attempt of this.#running.values()) attempt.stop("stopping");
    }, graceMs);
    await this.#worker?.close();
    clearTimeout(grace);
    await this.#queue.close();
    for (const redis of [this.#hasty, this.#patient, this.#subscriber]) redis.disconnect();
  }

  async #process(
    job: Job<QueuedJob>,
    token: string,
    work: Work,
    events: QueueEvents,
  ): Promise<void> {
    const attempt = new Attempt(job.data);
    const lock = await KeyLock.take(this.#patient, lockOf(job.data), this.#options.takeOverMs, () =>
      attempt.stop("taken-over"),
    );
    if (lock === undefined) {
      await job.moveToDelayed(Date.now() + BUSY_MS, token);
      throw new DelayedError();
    }
    const id = job.id ?? "";
    this.#running.set(id, attempt);
    try {
      await attempt.run(work, this.#options.limitMs);
    } catch (error) {
      await this.#afterFailure(job, token, attempt, error, events);
    } finally {
      this.#running.delete(id);
      await lock.release();
    }
  }

  async #afterFailure(
    job: Job<QueuedJob>,
    token: string,
    attempt: Attempt,
    error: unknown,
    events: QueueEvents,
  ): Promise<void> {
    switch (attempt.stopped) {
      case "superseded":
      case "taken-over":
        return;
      case "stopping":
        await job.moveToWait(token);
        throw new WaitingError();
      case "timeout":
      case undefined: {
        const delayMs = this.#options.retryDelayMs(error, job.attemptsMade + 1);
        if (delayMs !== undefined) {
          events.onRetry(job.data, error, delayMs);
          throw error;
        }
        await events.onFailed(job.data, error);
        throw new UnrecoverableError(error instanceof Error ? error.message : String(error));
      }
    }
  }
}

function lockOf({ key }: QueuedJob): string {
  return `${PREFIX}:lock:${key}`;
}

function headOf({ job }: Pick<QueuedJob, "job">): string | undefined {
  return "head" in job ? job.head : undefined;
}
