import { once } from "node:events";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { Logger } from "pino";
import { Probot } from "probot";
import { UserError } from "../core/user-error.ts";
import type { Job } from "../github/job.ts";
import { CHECK_NAME } from "../github/check-name.ts";
import { Announcer } from "./announcer.ts";
import { AppState } from "./app-state.ts";
import { HANDLED_EVENTS, jobsOf } from "./event-jobs.ts";
import { findJobs, type FindingJob } from "./find-jobs.ts";
import { createHttpServer } from "./http-server.ts";
import { createLog } from "./log.ts";
import { Metrics } from "./metrics.ts";
import { limitedFetch, octokitClass } from "./octokit.ts";
import { openQueue } from "./open-queue.ts";
import type { QueuedJob } from "./queue.ts";
import { queuedJob } from "./queued-job.ts";
import { Repair } from "./repair.ts";
import type { ServerConfig } from "./server-config.ts";
import { takeDelivery } from "./webhook.ts";
import { worker, type AppWork } from "./worker.ts";

/** What the work on jobs is given. */
export interface Tools {
  readonly config: ServerConfig;
  readonly probot: Probot;
  readonly state: AppState;
  readonly log: Logger;
  readonly enqueue: (job: Job) => Promise<void>;
}

export interface RunningServer {
  /** `http://127.0.0.1:3000` */
  readonly url: string;
  /** Takes nothing more, finishes or returns its jobs, and ends. */
  readonly close: () => Promise<void>;
}

/** Starts the server. Throws UserError for what keeps it from listening or from its queue. */
export async function startServer(
  config: ServerConfig,
  write: (line: string) => void,
  workOf: (tools: Tools) => AppWork,
): Promise<RunningServer> {
  const log = createLog({ level: config.logLevel, secrets: secretsOf(config), write });
  const { queue, seen } = await openQueue(config, log, () => repair.soon());
  const metrics = new Metrics(() => queue.counts());
  const put = async (queued: QueuedJob): Promise<void> => {
    await queue.add(queued);
    announcer.tell(queued);
  };
  const { probot, end } = await startProbot(config, log, metrics, put);
  const state = new AppState(probot, queue);
  const repair = new Repair({ probot, state, queue, seen, metrics, everyMs: config.sweepMs });
  const enqueue = async (job: Job): Promise<void> => put(queuedJob(job));
  const find = async (job: FindingJob): Promise<void> => {
    const octokit = await probot.auth(job.repo.installation);
    const check = { appId: config.appId, checkName: CHECK_NAME };
    for (const found of await findJobs(octokit, job, check)) {
      if (job.kind === "sweep") metrics.repair("pull-request");
      await enqueue(found);
    }
  };
  const app = workOf({ config, probot, state, log, enqueue });
  const announcer = new Announcer({ queue, log, announce: app.announce });
  const { work, events } = worker(app, { log, metrics, seen, find });
  const http = createHttpServer({
    log,
    state,
    metrics,
    takeDelivery: async (request) => takeDelivery(request, { probot, seen, metrics }),
  });
  const close = async (): Promise<void> => {
    log.info("Stopping.");
    state.stop();
    repair.stop();
    await announcer.stop();
    const closed = new Promise((resolve) => http.close(resolve));
    http.closeIdleConnections();
    await queue.close(config.stopGraceMs);
    end();
    http.closeAllConnections();
    await closed;
    log.info("Stopped.");
  };
  let url: string;
  try {
    url = await listen(http, config);
  } catch (error) {
    await queue.close(0);
    throw error;
  }
  if (config.workers > 0) queue.start(work, events, config.workers);
  log.info({ url, workers: config.workers, redis: config.redisUrl !== undefined }, "Listening.");
  void introduce(state, log);
  repair.start();
  return { url, close };
}

/**
 * What speaks with GitHub. `end` leaves a search for lost work that is under way: the next start begins
 * it anew.
 */
async function startProbot(
  config: ServerConfig,
  log: Logger,
  metrics: Metrics,
  put: (queued: QueuedJob) => Promise<void>,
): Promise<{ readonly probot: Probot; readonly end: () => void }> {
  const ended = new AbortController();
  const probot = new Probot({
    appId: config.appId,
    privateKey: config.privateKey,
    secret: config.webhookSecret,
    baseUrl: config.apiUrl,
    log,
    Octokit: octokitClass(config.throttle),
    request: { fetch: limitedFetch(metrics, ended.signal) },
  });
  await probot.ready();
  for (const name of HANDLED_EVENTS) {
    probot.on(name, async (event) => {
      for (const queued of jobsOf(event)) await put(queued);
    });
  }
  return { probot, end: () => ended.abort() };
}

async function listen(http: Server, { host, port }: ServerConfig): Promise<string> {
  http.listen(port, host);
  try {
    await once(http, "listening");
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? String(error);
    throw new UserError(`The server cannot listen on ${host}:${port} (${code}).`, {
      hint: "Set HOST and PORT to an address of this machine that is free.",
    });
  }
  const address = http.address() as AddressInfo;
  const name = address.family === "IPv6" ? `[${address.address}]` : address.address;
  return `http://${name}:${address.port}`;
}

/** Says in the log which App this is, and what it lacks. */
async function introduce(state: AppState, log: Logger): Promise<void> {
  const app = await state.ask();
  if (app === undefined) {
    log.warn({ reasons: await state.complaints() }, "GitHub has not said which App this is.");
    return;
  }
  log.info({ app: app.slug, id: app.id }, "GitHub knows the App.");
  if (app.missing.length > 0) log.warn({ missing: app.missing }, "The App lacks what it needs.");
}

function secretsOf(config: ServerConfig): readonly string[] {
  const { privateKey, webhookSecret, stateKey, redisUrl } = config;
  const password = redisUrl?.includes("@") === true ? new URL(redisUrl).password : "";
  return [privateKey, webhookSecret, stateKey, password].filter((secret) => secret !== "");
}
