import type { Job } from "../github/job.ts";

/** A job with what the queue has to know of it. */
export interface QueuedJob {
  /** Of jobs that have a key in common one runs at a time: a pull request, or a commit of a merge queue. */
  readonly key: string;
  /** While a job waits, another one with its id is the same work. */
  readonly id: string;
  /** Id of the webhook delivery that asked for it. */
  readonly delivery?: string;
  readonly job: Job;
}

/** How one attempt at a job is told to stop: the reason of the signal is one of these. */
export type StopReason = "superseded" | "stopping" | "timeout" | "taken-over";

/** Does one attempt at a job. A throw asks for another attempt, unless the signal had stopped it. */
export type Work = (queued: QueuedJob, signal: AbortSignal) => Promise<void>;

/** Milliseconds until the next attempt, after attempt number `attempt` (from 1) failed; undefined: none. */
export type RetryPolicy = (error: unknown, attempt: number) => number | undefined;

/** What a queue tells of its jobs as they end. */
export interface QueueEvents {
  /** An attempt failed; the next one begins after `delayMs`. */
  readonly onRetry: (queued: QueuedJob, error: unknown, delayMs: number) => void;
  /** No attempt is left, or another one would not help. Must not throw. */
  readonly onFailed: (queued: QueuedJob, error: unknown) => Promise<void>;
}

export interface QueueCounts {
  readonly waiting: number;
  readonly running: number;
}

/**
 * Where deliveries become work. One job of a key at a time; of reviews only the newest waits, and
 * makes the running one stop; attempts that fail are repeated with a growing pause.
 */
export interface JobQueue {
  /** Takes a job over: once it resolves, an answer may promise the work. */
  add(queued: QueuedJob): Promise<void>;
  /**
   * Does something small for a job that waits, while no other job of its key runs, beside what the
   * workers do. Nothing where the job does not wait: it begins at once, or is done. Throws what `small`
   * throws, and when `signal` stops the wait.
   */
  whileWaiting(queued: QueuedJob, small: () => Promise<void>, signal: AbortSignal): Promise<void>;
  /** Begins to work, with so many jobs at a time. */
  start(work: Work, events: QueueEvents, concurrency: number): void;
  counts(): Promise<QueueCounts>;
  /** Throws when the queue cannot take jobs. */
  ping(): Promise<void>;
  /** Takes no new jobs, gives running ones `graceMs` to finish, and then stops and returns them. */
  close(graceMs: number): Promise<void>;
}

/** Where the ids of deliveries are remembered, for longer than GitHub offers to redeliver them. */
export interface SeenDeliveries {
  has(id: string): Promise<boolean>;
  add(id: string): Promise<void>;
  /** The work of the delivery was given up: a redelivery may try again. */
  forget(id: string): Promise<void>;
}
