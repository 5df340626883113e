import { Attempt } from "./attempt.ts";
import type { JobQueue, QueueCounts, QueuedJob, QueueEvents } from "./queue.ts";
import type { RetryPolicy, Work } from "./queue.ts";

/** A job that waits: for its turn, or for the time of its next attempt. */
interface Waiting {
  readonly queued: QueuedJob;
  /** Number of the attempt that comes, from 1. */
  readonly attempt: number;
  /** Runs while it pauses after a failure. */
  readonly pause?: NodeJS.Timeout;
}

export interface MemoryQueueOptions {
  /** Longest time of one attempt, in ms. */
  readonly limitMs: number;
  readonly retryDelayMs: RetryPolicy;
}

/**
 * The queue of a server that stands alone: what waits in it is gone with the process, and the sweep
 * of the next start asks GitHub for it again.
 */
export class MemoryQueue implements JobQueue {
  readonly #options: MemoryQueueOptions;
  /** In the order in which they came. */
  readonly #waiting = new Map<string, Waiting>();
  readonly #running = new Map<string, { attempt: Attempt; ended: Promise<void> }>();
  /** Keys for which something small is done while their jobs wait. */
  readonly #held = new Map<string, Promise<void>>();
  #worker: { work: Work; events: QueueEvents; concurrency: number } | undefined;
  #closed = false;

  constructor(options: MemoryQueueOptions) {
    this.#options = options;
  }

  add(queued: QueuedJob): Promise<void> {
    if (this.#closed) return Promise.reject(new Error("The queue is closed."));
    const known = this.#waiting.get(queued.id);
    const running = this.#running.get(queued.key)?.attempt;
    if (running?.isSupersededBy(queued) === true) running.stop("superseded");
    if (known === undefined || queued.job.kind === "review") {
      clearTimeout(known?.pause);
      this.#waiting.set(queued.id, { queued, attempt: 1 });
    }
    this.#startNext();
    return Promise.resolve();
  }

  async whileWaiting(
    { id, key }: QueuedJob,
    small: () => Promise<void>,
    signal: AbortSignal,
  ): Promise<void> {
    while (this.#waiting.has(id)) {
      signal.throwIfAborted();
      const busy = this.#running.get(key)?.ended ?? this.#held.get(key);
      if (busy === undefined) return this.#hold(key, small);
      await busy;
    }
  }

  async #hold(key: string, small: () => Promise<void>): Promise<void> {
    const doing = small();
    this.#held.set(
      key,
      doing.catch(() => undefined),
    );
    try {
      await doing;
    } finally {
      this.#held.delete(key);
      this.#startNext();
    }
  }

  start(work: Work, events: QueueEvents, concurrency: number): void {
    this.#worker = { work, events, concurrency };
    this.#startNext();
  }

  counts(): Promise<QueueCounts> {
    return Promise.resolve({ waiting: this.#waiting.size, running: this.#running.size });
  }

  ping(): Promise<void> {
    return this.#closed ? Promise.reject(new Error("The queue is closed.")) : Promise.resolve();
  }

  async close(graceMs: number): Promise<void> {
    this.#closed = true;
    for (const { pause } of this.#waiting.values()) clearTimeout(pause);
    const grace = setTimeout(() => {
      this.#waiting.clear();
      for (const { attempt } of this.#running.values()) attempt.stop("stopping");
    }, graceMs);
    while (this.#running.size > 0) {
      await Promise.race([...this.#running.values()].map(({ ended }) => ended));
    }
    clearTimeout(grace);
    this.#waiting.clear();
  }

  #startNext(): void {
    if (this.#worker === undefined) return;
    for (const [id, { queued, attempt, pause }] of this.#waiting) {
      if (this.#running.size >= this.#worker.concurrency) return;
      const isBusy = this.#running.has(queued.key) || this.#held.has(queued.key);
      if (pause !== undefined || isBusy) continue;
      this.#waiting.delete(id);
      const running = new Attempt(queued);
      this.#running.set(queued.key, {
        attempt: running,
        ended: this.#run(running, attempt, this.#worker),
      });
    }
  }

  async #run(
    running: Attempt,
    attempt: number,
    { work, events }: { work: Work; events: QueueEvents },
  ): Promise<void> {
    const { queued } = running;
    try {
      await running.run(work, this.#options.limitMs);
    } catch (error) {
      if (running.stopped === undefined || running.stopped === "timeout") {
        const delayMs = this.#closed ? undefined : this.#options.retryDelayMs(error, attempt);
        if (delayMs === undefined) await events.onFailed(queued, error);
        else this.#pause(queued, attempt + 1, error, delayMs, events);
      }
    } finally {
      this.#running.delete(queued.key);
      this.#startNext();
    }
  }

  #pause(
    queued: QueuedJob,
    attempt: number,
    error: unknown,
    delayMs: number,
    events: QueueEvents,
  ): void {
    events.onRetry(queued, error, delayMs);
    // The same work was asked for anew meanwhile: that one runs.
    if (this.#waiting.has(queued.id)) return;
    const pause = setTimeout(() => {
      this.#waiting.set(queued.id, { queued, attempt });
      this.#startNext();
    }, delayMs);
    this.#waiting.set(queued.id, { queued, attempt, pause });
  }
}
