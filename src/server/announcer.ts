import type { Logger } from "pino";
import type { CheckedJob } from "../github/announce-check.ts";
import type { JobQueue, QueuedJob } from "./queue.ts";

/** So many at a time: GitHub slows down who writes more, and the reviews write, too. */
const LANES = 4;

export interface AnnouncerOptions {
  readonly queue: JobQueue;
  readonly log: Logger;
  readonly announce: (job: CheckedJob) => Promise<void>;
}

/** Has the checks of jobs appear that have to wait for a worker. */
export class Announcer {
  readonly #options: AnnouncerOptions;
  readonly #stopped = new AbortController();
  readonly #lanes: Promise<void>[] = Array.from({ length: LANES }, () => Promise.resolve());
  #next = 0;

  constructor(options: AnnouncerOptions) {
    this.#options = options;
  }

  /** Does nothing for a job that begins at once, or that no check stands for. Returns before it is done. */
  tell(queued: QueuedJob): void {
    const { job } = queued;
    if (job.kind !== "review" && job.kind !== "merge-group") return;
    const lane = this.#next;
    this.#next = (lane + 1) % LANES;
    this.#lanes[lane] = this.#lanes[lane]!.then(async () => this.#announce(queued, job));
  }

  /** Begins no other, and waits for those that are under way. */
  async stop(): Promise<void> {
    this.#stopped.abort();
    await Promise.all(this.#lanes);
  }

  async #announce(queued: QueuedJob, job: CheckedJob): Promise<void> {
    const { queue, log, announce } = this.#options;
    const { signal } = this.#stopped;
    if (signal.aborted) return;
    try {
      await queue.whileWaiting(
        queued,
        async () => {
          await announce(job);
          log.info({ key: queued.key }, "The check of a waiting job is shown.");
        },
        signal,
      );
    } catch (error) {
      if (signal.aborted) return;
      // The review itself begins with the check.
      log.warn({ key: queued.key, err: error }, "The check of a waiting job could not be shown.");
    }
  }
}
