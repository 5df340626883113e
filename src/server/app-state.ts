import { setTimeout as delay } from "node:timers/promises";
import type { Probot } from "probot";
import { missingFrom } from "./app-manifest.ts";
import type { JobQueue } from "./queue.ts";

/** What GitHub says of the App. */
export interface AppInfo {
  readonly id: number;
  readonly slug: string;
  readonly name: string;
  /** The App's page, from where it is installed. */
  readonly url: string;
  /** What it lacks to do its work, in words for its owner. */
  readonly missing: readonly string[];
}

/** Why the server cannot do its work now; empty: it can. */
export type Complaints = readonly string[];

/** How long an answer of GitHub about the App is good for, in ms. */
const FRESH_MS = 5 * 60_000;
/** After a failure GitHub is asked again after this, in ms. */
const PAUSE_MS = 10_000;
/** Whoever asks for the server's health waits no longer than this for GitHub, in ms. */
const PATIENCE_MS = 1_000;

/** Whether the server can do its work: the queue answers, and GitHub knows the App. */
export class AppState {
  readonly #probot: Probot;
  readonly #queue: JobQueue;
  #info: AppInfo | undefined;
  #complaint: string | undefined = "GitHub was not asked yet.";
  #askAgainAt = 0;
  #asking: Promise<void> | undefined;
  #stopping = false;

  constructor(probot: Probot, queue: JobQueue) {
    this.#probot = probot;
    this.#queue = queue;
  }

  /** What GitHub said of the App last. */
  get info(): AppInfo | undefined {
    return this.#info;
  }

  stop(): void {
    this.#stopping = true;
  }

  /** What keeps the server from its work. Asks GitHub at most every few minutes, and waits little for it. */
  async complaints(): Promise<Complaints> {
    if (this.#stopping) return ["The server is stopping."];
    const complaints: string[] = [];
    try {
      await this.#queue.ping();
    } catch (error) {
      complaints.push(`The queue does not answer: ${(error as Error).message}`);
    }
    await Promise.race([this.ask(), delay(PATIENCE_MS, undefined, { ref: false })]);
    if (this.#complaint !== undefined) complaints.push(this.#complaint);
    return complaints;
  }

  /** Asks GitHub about the App, unless it was asked just now. Never throws: a failure is a complaint. */
  async ask(): Promise<AppInfo | undefined> {
    if (Date.now() >= this.#askAgainAt) {
      this.#asking ??= this.#ask().finally(() => (this.#asking = undefined));
      await this.#asking;
    }
    return this.#info;
  }

  async #ask(): Promise<void> {
    try {
      const octokit = await this.#probot.auth();
      const { data: app } = await octokit.rest.apps.getAuthenticated({ request: { retries: 0 } });
      if (app === null) throw new Error("no App");
      this.#info = {
        id: app.id,
        slug: app.slug ?? "",
        name: app.name,
        url: app.html_url,
        missing: missingFrom({
          permissions: app.permissions,
          events: app.events,
        }),
      };
      this.#complaint = undefined;
      this.#askAgainAt = Date.now() + FRESH_MS;
    } catch (error) {
      this.#complaint = complaintOf(error);
      this.#askAgainAt = Date.now() + PAUSE_MS;
    }
  }
}

function complaintOf(error: unknown): string {
  const status =
    typeof error === "object" && error !== null && "status" in error ? error.status : undefined;
  if (status === 401 || status === 404) {
    return "GitHub does not know the App: APP_ID and the private key do not belong together.";
  }
  return `GitHub does not answer: ${error instanceof Error ? error.message : String(error)}`;
}
