import { createHmac, randomUUID } from "node:crypto";
import { queuedJob } from "../../src/server/queued-job.ts";
import { startServer, type RunningServer, type Tools } from "../../src/server/serve.ts";
import { parseServerConfig } from "../../src/server/server-config.ts";
import type { AppWork } from "../../src/server/worker.ts";
import type { GitHubPeer } from "../github/peer/github-peer.ts";
import { PRIVATE_KEY } from "./private-key.ts";
import { WorkLog } from "./work-log.ts";

export const WEBHOOK_SECRET = "0f1e2d3c4b5a69788796a5b4c3d2e1f0";

/** A server in this process, on loopback, with what it logged and worked on. */
export class TestServer implements AsyncDisposable {
  readonly log: Record<string, unknown>[] = [];
  readonly #waits: { readonly message: string; readonly resolve: () => void }[] = [];
  readonly work = new WorkLog();
  #server: RunningServer | undefined;

  /** `env` adds to what a server needs; GitHub is out of reach unless it says otherwise. */
  static async start(
    env: Readonly<Record<string, string>> = {},
    workOf?: (tools: Tools) => AppWork,
  ): Promise<TestServer> {
    const server = new TestServer();
    const config = parseServerConfig({
      APP_ID: "4242",
      PRIVATE_KEY,
      WEBHOOK_SECRET,
      HOST: "127.0.0.1",
      PORT: "0",
      GHE_HOST: "127.0.0.1:9",
      GHE_PROTOCOL: "http",
      ...env,
    });
    const { work, events } = server.work;
    server.#server = await startServer(
      config,
      (line) => server.#say(JSON.parse(line) as Record<string, unknown>),
      workOf ??
        (() => ({
          work: (job, signal) => work(queuedJob(job), signal),
          announce: () => Promise.resolve(),
          giveUp: (job, error) => events.onFailed(queuedJob(job), error),
        })),
    );
    return server;
  }

  /** A server that knows a GitHub of the tests, which sends it its webhooks. */
  static async of(
    peer: GitHubPeer,
    env: Readonly<Record<string, string>> = {},
    workOf?: (tools: Tools) => AppWork,
  ): Promise<TestServer> {
    const server = await TestServer.start({ ...environmentOf(peer), ...env }, workOf);
    peer.webhookUrl = `${server.url}/api/github/webhooks`;
    return server;
  }

  get url(): string {
    return this.#server?.url ?? "";
  }

  /** Waits until a message is logged. */
  async logged(message: string): Promise<void> {
    if (this.log.some(({ msg }) => msg === message)) return;
    await new Promise<void>((resolve) => {
      this.#waits.push({ message, resolve });
    });
  }

  #say(line: Record<string, unknown>): void {
    this.log.push(line);
    for (const { message, resolve } of this.#waits) if (message === line["msg"]) resolve();
  }

  async get(path: string): Promise<{ readonly status: number; readonly text: string }> {
    const response = await fetch(`${this.url}${path}`);
    return { status: response.status, text: await response.text() };
  }

  async close(): Promise<void> {
    await this.#server?.close();
    this.#server = undefined;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }
}

/** What a server is told to speak for the App of a GitHub of the tests. */
export function environmentOf(peer: GitHubPeer): Record<string, string> {
  return {
    APP_ID: String(peer.state.app.id),
    PRIVATE_KEY: peer.state.app.privateKey,
    WEBHOOK_SECRET: peer.webhookSecret,
    GHE_HOST: new URL(peer.url).host,
    GHE_PROTOCOL: "http",
  };
}

export interface DeliveryOptions {
  readonly id?: string;
  readonly secret?: string;
  readonly headers?: Readonly<Record<string, string | undefined>>;
}

/** Sends a webhook as GitHub does; gives the status of the answer and its text. */
export async function deliver(
  url: string,
  event: string,
  payload: unknown,
  { id = randomUUID(), secret = WEBHOOK_SECRET, headers = {} }: DeliveryOptions = {},
): Promise<{ readonly status: number; readonly text: string }> {
  const body = typeof payload === "string" ? payload : JSON.stringify(payload);
  const signature = createHmac("sha256", secret).update(body).digest("hex");
  const all: Record<string, string | undefined> = {
    "content-type": "application/json",
    "x-github-delivery": id,
    "x-github-event": event,
    "x-hub-signature-256": `sha256=${signature}`,
    ...headers,
  };
  const sent = Object.entries(all).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, value] as [string, string]],
  );
  const response = await fetch(`${url}/api/github/webhooks`, {
    method: "POST",
    body,
    headers: sent,
  });
  return { status: response.status, text: await response.text() };
}
