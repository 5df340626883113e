import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from "prom-client";
import { VERSION } from "../core/version.ts";
import type { QueueCounts } from "./queue.ts";

export type DeliveryResult = "accepted" | "duplicate" | "refused" | "failed";
export type JobResult = "done" | "stopped" | "failed";

/** Bounds of the histograms, in seconds. */
const ANSWER_BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10];
const JOB_BUCKETS = [0.1, 0.5, 1, 2.5, 5, 10, 30, 60, 180, 600];

/** What Prometheus reads. No label holds the name of a repository or of a person. */
export class Metrics {
  readonly #registry = new Registry();
  readonly #deliveries = this.#counter(
    "deliveries_total",
    "Webhook deliveries, by event and by what became of them.",
    ["event", "result"],
  );
  readonly #answers = this.#histogram(
    "delivery_answer_seconds",
    "Time until a webhook delivery was answered.",
    [],
    ANSWER_BUCKETS,
  );
  readonly #jobs = this.#counter("job_attempts_total", "Attempts at jobs, by kind and result.", [
    "kind",
    "result",
  ]);
  readonly #durations = this.#histogram(
    "job_seconds",
    "Time that an attempt at a job took.",
    ["kind"],
    JOB_BUCKETS,
  );
  readonly #givenUp = this.#counter(
    "jobs_given_up_total",
    "Jobs of which no attempt is left, by kind.",
    ["kind"],
  );
  readonly #requests = this.#counter(
    "github_requests_total",
    "Requests to GitHub's API, by status of the answer.",
    ["status"],
  );
  readonly #repairs = this.#counter(
    "repairs_total",
    "What was found lost and asked for again, by what it was.",
    ["what"],
  );

  constructor(counts: () => Promise<QueueCounts>) {
    collectDefaultMetrics({ register: this.#registry });
    this.#gauge("build_info", "1; the version is the label.", ["version"], (gauge) => {
      gauge.set({ version: VERSION }, 1);
      return Promise.resolve();
    });
    this.#gauge("queue_jobs", "Jobs in the queue, by state.", ["state"], async (gauge) => {
      // A queue that does not answer has no counts; /readyz says so.
      const known = await counts().catch(() => undefined);
      gauge.reset();
      if (known === undefined) return;
      gauge.set({ state: "waiting" }, known.waiting);
      gauge.set({ state: "running" }, known.running);
    });
  }

  delivery(event: string, result: DeliveryResult, seconds: number): void {
    this.#deliveries.inc({ event, result });
    this.#answers.observe(seconds);
  }

  job(kind: string, result: JobResult, seconds: number): void {
    this.#jobs.inc({ kind, result });
    this.#durations.observe({ kind }, seconds);
  }

  givenUp(kind: string): void {
    this.#givenUp.inc({ kind });
  }

  /** `status` is an HTTP status, or `error` when no answer came. */
  githubRequest(status: number | "error"): void {
    this.#requests.inc({ status });
  }

  repair(what: "delivery" | "pull-request"): void {
    this.#repairs.inc({ what });
  }

  /** The page that Prometheus reads. */
  async page(): Promise<{ readonly type: string; readonly text: string }> {
    return { type: this.#registry.contentType, text: await this.#registry.metrics() };
  }

  #counter<Label extends string>(name: string, help: string, labelNames: Label[]): Counter<Label> {
    return new Counter({ ...this.#named(name, help), labelNames });
  }

  #histogram<Label extends string>(
    name: string,
    help: string,
    labelNames: Label[],
    buckets: number[],
  ): Histogram<Label> {
    return new Histogram({ ...this.#named(name, help), labelNames, buckets });
  }

  #gauge<Label extends string>(
    name: string,
    help: string,
    labelNames: Label[],
    collect: (gauge: Gauge<Label>) => Promise<void>,
  ): Gauge<Label> {
    const gauge: Gauge<Label> = new Gauge({
      ...this.#named(name, help),
      labelNames,
      collect: async () => collect(gauge),
    });
    return gauge;
  }

  #named(name: string, help: string): { name: string; help: string; registers: Registry[] } {
    return { name: `migrate_verify_${name}`, help, registers: [this.#registry] };
  }
}
