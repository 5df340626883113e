import type { Job, ReviewJob } from "../../src/github/job.ts";
import { queuedJob } from "../../src/server/queued-job.ts";
import type { JobQueue, QueuedJob, QueueEvents, Work } from "../../src/server/queue.ts";

const REPO = { owner: "acme", name: "shop", installation: 1 };

export function reviewOf(pull: number, head: string): QueuedJob {
  const job: ReviewJob = { kind: "review", repo: REPO, pull, head, reason: "test" };
  return queuedJob(job, `delivery-${pull}-${head}`);
}

export function commandOf(pull: number, comment: number): QueuedJob {
  const job: Job = {
    kind: "command",
    repo: REPO,
    pull,
    comment,
    sender: "ann",
    text: "/migrate-help",
  };
  return queuedJob(job, `delivery-${pull}-${comment}`);
}

/** What a queue did, and gates that hold its jobs until a test lets them go on. */
export class WorkLog {
  /** `review 1 a begins`, `review 1 a ends`, `retry …`, `failed …`, in the order seen. */
  readonly lines: string[] = [];
  readonly #held = new Set<string>();
  readonly #releases = new Map<string, () => void>();
  readonly #waits: { readonly line: string; readonly resolve: () => void }[] = [];
  /** Outcomes of a job's attempts, first to last; what is not named succeeds. */
  readonly failures = new Map<string, unknown[]>();

  readonly work: Work = async (queued, signal) => {
    const name = nameOf(queued);
    this.#say(`${name} begins`);
    const failure = this.failures.get(name)?.shift();
    if (this.#held.has(name)) {
      await new Promise<void>((resolve, reject) => {
        this.#releases.set(name, resolve);
        signal.addEventListener("abort", () => {
          this.#say(`${name} stops: ${(signal.reason as Error).message}`);
          reject(signal.reason as Error);
        });
      });
    }
    if (failure !== undefined) throw failure as Error;
    this.#say(`${name} ends`);
  };

  readonly events: QueueEvents = {
    onRetry: (queued, error) => this.#say(`${nameOf(queued)} again: ${messageOf(error)}`),
    onFailed: (queued, error) => {
      this.#say(`${nameOf(queued)} failed: ${messageOf(error)}`);
      return Promise.resolve();
    },
  };

  start(queue: JobQueue, concurrency: number): void {
    queue.start(this.work, this.events, concurrency);
  }

  /** Jobs of this name wait inside of their work until they are released. */
  hold(...names: readonly string[]): void {
    for (const name of names) this.#held.add(name);
  }

  release(name: string): void {
    this.#held.delete(name);
    this.#releases.get(name)?.();
  }

  /** Waits until a line was said, and gives it. */
  async seen(line: string): Promise<string> {
    if (this.lines.includes(line)) return line;
    await new Promise<void>((resolve) => {
      this.#waits.push({ line, resolve });
    });
    return line;
  }

  #say(line: string): void {
    this.lines.push(line);
    for (const wait of this.#waits) if (wait.line === line) wait.resolve();
  }
}

function nameOf({ job }: QueuedJob): string {
  switch (job.kind) {
    case "review":
      return `review ${job.pull} ${job.head}`;
    case "command":
      return `command ${job.pull} ${job.comment}`;
    case "tick":
      return `tick ${job.pull} ${job.sender}`;
    case "merge-group":
      return `merge-group ${job.head}`;
    case "rerun":
    case "sweep":
      return job.kind;
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
