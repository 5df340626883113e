import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { Logger } from "pino";
import { VERSION } from "../core/version.ts";
import type { AppState } from "./app-state.ts";
import type { Metrics } from "./metrics.ts";
import { frontPage } from "./page.ts";
import type { WebhookAnswer } from "./webhook.ts";

/** Where GitHub sends deliveries: Probot's path, so that an App that moves here need not change. */
export const WEBHOOK_PATH = "/api/github/webhooks";

/** A request must be whole within this, in ms: GitHub itself waits ten seconds for the answer. */
const REQUEST_MS = 10_000;

export interface HttpOptions {
  readonly log: Logger;
  readonly state: AppState;
  readonly metrics: Metrics;
  readonly takeDelivery: (request: IncomingMessage) => Promise<WebhookAnswer>;
}

interface Answer {
  readonly status: number;
  readonly type: string;
  readonly body: string;
}

/** The server's few addresses. */
export function createHttpServer(options: HttpOptions): Server {
  const server = createServer((request, response) => {
    answer(request, options).then(
      (value) => send(response, request, value),
      (error: unknown) => {
        options.log.error(
          { err: error, path: pathOf(request) },
          "A request could not be answered.",
        );
        send(response, request, json(500, { error: "The server failed; its log says why." }));
      },
    );
  });
  server.requestTimeout = REQUEST_MS;
  server.headersTimeout = REQUEST_MS;
  return server;
}

async function answer(request: IncomingMessage, options: HttpOptions): Promise<Answer> {
  const path = pathOf(request);
  if (path === WEBHOOK_PATH) {
    if (request.method !== "POST") return json(405, { error: "Deliveries are sent with POST." });
    const { status, message } = await options.takeDelivery(request);
    return json(status, status < 400 ? { message } : { error: message });
  }
  if (request.method !== "GET" && request.method !== "HEAD") {
    return json(405, { error: "This address is read with GET." });
  }
  return read(path, options);
}

async function read(path: string, { state, metrics }: HttpOptions): Promise<Answer> {
  switch (path) {
    case "/": {
      const complaints = await state.complaints();
      const body = frontPage(state.info, complaints);
      return { status: 200, type: "text/html; charset=utf-8", body };
    }
    case "/healthz":
      return json(200, { status: "ok", version: VERSION });
    case "/readyz": {
      const complaints = await state.complaints();
      return complaints.length === 0
        ? json(200, { status: "ready" })
        : json(503, { status: "not ready", reasons: complaints });
    }
    case "/metrics": {
      const { type, text } = await metrics.page();
      return { status: 200, type, body: text };
    }
    default:
      return json(404, { error: "There is nothing at this address." });
  }
}

function send(response: ServerResponse, request: IncomingMessage, { status, type, body }: Answer) {
  response.writeHead(status, {
    "content-type": type,
    "content-length": Buffer.byteLength(body),
    "cache-control": "no-store",
    "x-content-type-options": "nosniff",
    "content-security-policy": "default-src 'none'; style-src 'unsafe-inline'",
    // What was not read to its end must not be taken for the next request.
    ...(request.readableEnded || request.method === "GET" ? {} : { connection: "close" }),
  });
  response.end(request.method === "HEAD" ? undefined : body);
}

function pathOf({ url }: IncomingMessage): string {
  return (url ?? "/").split("?", 1)[0] ?? "/";
}

function json(status: number, value: object): Answer {
  return { status, type: "application/json; charset=utf-8", body: `${JSON.stringify(value)}\n` };
}
