import type { Logger } from "pino";
import type { CheckedJob } from "../github/announce-check.ts";
import type { Job } from "../github/job.ts";
import { isFinding, type FindingJob } from "./find-jobs.ts";
import type { Metrics } from "./metrics.ts";
import type { QueuedJob, QueueEvents, SeenDeliveries, Work } from "./queue.ts";

/** What is done with jobs. */
export interface AppWork {
  readonly work: (job: ReviewedJob, signal: AbortSignal) => Promise<void>;
  /** Has the check of a job appear that waits. */
  readonly announce: (job: CheckedJob) => Promise<void>;
  /** No attempt is left: the pull request must not wait for a check that never ends. */
  readonly giveUp: (job: ReviewedJob, error: unknown) => Promise<void>;
}

/** What the server leaves to others. */
export type ReviewedJob = Exclude<Job, FindingJob>;

export interface WorkerOptions {
  readonly log: Logger;
  readonly metrics: Metrics;
  readonly seen: SeenDeliveries;
  /** Does a job that only finds others. */
  readonly find: (job: FindingJob) => Promise<void>;
}

/** The work as the queue calls it: told in the log, counted, and ended whatever it throws. */
export function worker(
  app: AppWork,
  { log, metrics, seen, find }: WorkerOptions,
): { readonly work: Work; readonly events: QueueEvents } {
  return {
    work: async (queued, signal) => {
      const startedAt = performance.now();
      const { kind } = queued.job;
      const about = aboutJob(queued);
      log.info(about, "A job begins.");
      const seconds = (): number => (performance.now() - startedAt) / 1_000;
      try {
        if (isFinding(queued.job)) await find(queued.job);
        else await app.work(queued.job, signal);
        metrics.job(kind, "done", seconds());
        log.info({ ...about, seconds: seconds() }, "A job is done.");
      } catch (error) {
        metrics.job(kind, signal.aborted ? "stopped" : "failed", seconds());
        if (signal.aborted) {
          log.info({ ...about, why: (signal.reason as Error).message }, "A job stopped.");
        }
        throw error;
      }
    },
    events: {
      onRetry: (queued, error, delayMs) => {
        const about = { ...aboutJob(queued), err: error, seconds: delayMs / 1_000 };
        log.warn(about, "A job failed, and is tried again.");
      },
      onFailed: async (queued, error) => {
        const about = aboutJob(queued);
        metrics.givenUp(queued.job.kind);
        log.error({ ...about, err: error }, "A job was given up.");
        try {
          // GitHub's “Redeliver” may try again.
          if (queued.delivery !== undefined) await seen.forget(queued.delivery);
          if (isFinding(queued.job)) return;
          await app.giveUp(queued.job, error);
          log.info(about, "The end of a job was told.");
        } catch (failure) {
          log.error({ ...about, err: failure }, "The end of a job could not be told.");
        }
      },
    },
  };
}

function aboutJob({ key, delivery, job }: QueuedJob): Record<string, unknown> {
  const head = "head" in job ? job.head : undefined;
  const reason = "reason" in job ? job.reason : undefined;
  return { job: job.kind, key, head, reason, delivery };
}
