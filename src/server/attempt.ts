import type { QueuedJob, StopReason, Work } from "./queue.ts";

/** Why a job was told to stop; the reason of its signal. */
export class Stopped extends Error {
  readonly why: StopReason;

  constructor(why: StopReason) {
    super(`the job was stopped: ${why}`);
    this.name = "Stopped";
    this.why = why;
  }
}

/** A job that neither ended nor stopped: it is given up, so that what waits behind it can run. */
const STOP_GRACE_MS = 30_000;

/** One attempt at a job while it runs. */
export class Attempt {
  readonly queued: QueuedJob;
  readonly #controller = new AbortController();

  constructor(queued: QueuedJob) {
    this.queued = queued;
  }

  /** Why it was told to stop. */
  get stopped(): StopReason | undefined {
    const reason: unknown = this.#controller.signal.reason;
    return reason instanceof Stopped ? reason.why : undefined;
  }

  /** Tells it to stop; the first reason stays. */
  stop(why: StopReason): void {
    this.#controller.abort(new Stopped(why));
  }

  /** Does the work, within `limitMs`. Throws what the work throws, or Stopped. */
  async run(work: Work, limitMs: number): Promise<void> {
    const { signal } = this.#controller;
    const limit = setTimeout(() => this.stop("timeout"), limitMs);
    const ended = new AbortController();
    let grace: NodeJS.Timeout | undefined;
    const givenUp = new Promise<never>((_resolve, reject) => {
      const giveUp = (): void => reject(signal.reason as Stopped);
      const onStop = (): void => void (grace = setTimeout(giveUp, STOP_GRACE_MS));
      signal.addEventListener("abort", onStop, { signal: ended.signal });
    });
    try {
      await Promise.race([work(this.queued, signal), givenUp]);
    } finally {
      ended.abort();
      clearTimeout(limit);
      clearTimeout(grace);
    }
  }

  /** Whether the job that now comes makes this one's result worthless. */
  isSupersededBy({ key, job }: QueuedJob): boolean {
    const mine = this.queued.job;
    return (
      key === this.queued.key &&
      job.kind === "review" &&
      mine.kind === "review" &&
      job.head !== mine.head
    );
  }
}
