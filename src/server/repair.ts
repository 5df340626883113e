import type { Probot } from "probot";
import type { AppState } from "./app-state.ts";
import { redeliverFailed } from "./failed-deliveries.ts";
import type { Metrics } from "./metrics.ts";
import { queuedJob } from "./queued-job.ts";
import type { JobQueue, SeenDeliveries } from "./queue.ts";
import { sweepJobs } from "./sweep.ts";

/** What a start looks back for, in ms: GitHub keeps deliveries for three days. */
const START_LOOK_BACK_MS = 3 * 24 * 60 * 60_000;

const SOON_MS = 15_000;

export interface RepairOptions {
  readonly probot: Probot;
  readonly state: AppState;
  readonly queue: JobQueue;
  readonly seen: SeenDeliveries;
  readonly metrics: Metrics;
  /** Pause between two searches, in ms. */
  readonly everyMs: number;
}

/** Looks for what was lost while no server listened, or died: on start, and then again and again. */
export class Repair {
  readonly #options: RepairOptions;
  #timer: NodeJS.Timeout | undefined;
  #soon: NodeJS.Timeout | undefined;
  #running: Promise<void> | undefined;

  constructor(options: RepairOptions) {
    this.#options = options;
  }

  start(): void {
    this.#timer = setInterval(() => void this.#hourly(), this.#options.everyMs);
    void this.#first();
  }

  stop(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
    clearTimeout(this.#soon);
  }

  /** The queue was away, and deliveries failed meanwhile: looks for them once GitHub has listed them. */
  soon(): void {
    clearTimeout(this.#soon);
    this.#soon = setTimeout(() => void this.run(2 * this.#options.everyMs), SOON_MS);
  }

  /** As soon as GitHub answers. */
  async #first(): Promise<void> {
    if ((await this.#options.state.ask()) !== undefined) return this.run(START_LOOK_BACK_MS);
    if (this.#timer !== undefined) this.#soon = setTimeout(() => void this.#first(), SOON_MS);
  }

  /** One search; while one runs, another is that one. Never throws: the next search tries again. */
  run(lookBackMs: number): Promise<void> {
    this.#running ??= this.#search(new Date(Date.now() - lookBackMs)).finally(() => {
      this.#running = undefined;
    });
    return this.#running;
  }

  /** Of many machines the first one searches. */
  async #hourly(): Promise<void> {
    const { seen, everyMs, probot } = this.#options;
    try {
      const turn = `repair-${Math.floor(Date.now() / everyMs)}`;
      if (await seen.has(turn)) return;
      await seen.add(turn);
    } catch (error) {
      probot.log.warn({ err: error }, "The search for lost work is put off.");
      return;
    }
    await this.run(2 * everyMs);
  }

  async #search(since: Date): Promise<void> {
    const { probot, queue, metrics } = this.#options;
    try {
      const app = await probot.auth();
      const deliveries = await redeliverFailed(app, since);
      for (let count = 0; count < deliveries; count += 1) metrics.repair("delivery");
      let repositories = 0;
      for await (const job of sweepJobs(app, async (id) => probot.auth(id), since)) {
        await queue.add(queuedJob(job));
        repositories += 1;
      }
      probot.log.info({ deliveries, repositories }, "Looked for lost work.");
    } catch (error) {
      probot.log.warn({ err: error }, "The search for lost work ended early.");
    }
  }
}
