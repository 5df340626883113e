import type { IncomingMessage } from "node:http";
import type { Probot } from "probot";
import type { DeliveryResult, Metrics } from "./metrics.ts";
import type { SeenDeliveries } from "./queue.ts";

/** GitHub sends no more than this. https://docs.github.com/en/webhooks/webhook-events-and-payloads#payload-cap */
const LARGEST_BYTES = 25 * 1024 * 1024;

/** What GitHub is told, and keeps in its list of deliveries. */
export interface WebhookAnswer {
  readonly status: number;
  readonly message: string;
}

interface Verdict extends WebhookAnswer {
  readonly result: DeliveryResult;
}

export interface WebhookOptions {
  readonly probot: Probot;
  readonly seen: SeenDeliveries;
  readonly metrics: Metrics;
}

/**
 * Takes a delivery: verified, known by its id, on the queue, answered. The work comes after. What is
 * answered with an error is a failed delivery to GitHub, which the sweep asks for again.
 */
export async function takeDelivery(
  request: IncomingMessage,
  { probot, seen, metrics }: WebhookOptions,
): Promise<WebhookAnswer> {
  const startedAt = performance.now();
  const event = header(request, "x-github-event") ?? "none";
  const id = header(request, "x-github-delivery");
  const verdict = await judge(request, id, event, probot, seen);
  // What is not GitHub's must not make names for metrics.
  const name = verdict.result === "refused" ? "none" : event;
  metrics.delivery(name, verdict.result, (performance.now() - startedAt) / 1_000);
  const { result, status, message } = verdict;
  const level = status >= 500 ? "error" : result === "refused" ? "warn" : "info";
  probot.log[level]({ delivery: id, event: name, result, status }, message);
  return verdict;
}

async function judge(
  request: IncomingMessage,
  id: string | undefined,
  name: string,
  probot: Probot,
  seen: SeenDeliveries,
): Promise<Verdict> {
  const signature = header(request, "x-hub-signature-256");
  if (id === undefined || name === "none" || signature === undefined) {
    return refused(400, "This is no delivery of GitHub: a header is missing.");
  }
  if (!/^application\/json\b/.test(header(request, "content-type") ?? "")) {
    return refused(415, "Set the webhook's content type to application/json.");
  }
  const body = await bodyOf(request);
  if (body === undefined) return refused(413, "The delivery is larger than GitHub sends.");
  const genuine = await probot.webhooks.verify(body, signature).catch(() => false);
  if (!genuine) {
    return refused(401, "The signature is wrong: WEBHOOK_SECRET is not what the App is set to.");
  }
  try {
    if (await seen.has(id)) {
      return { status: 202, result: "duplicate", message: "This delivery was taken before." };
    }
    const payload = JSON.parse(body) as never;
    await probot.receive({ id, name: name as never, payload });
    await seen.add(id);
  } catch (error) {
    probot.log.error({ delivery: id, event: name, err: error }, "A delivery could not be taken.");
    return {
      status: 503,
      result: "failed",
      message: "The delivery could not be taken; send it again.",
    };
  }
  return { status: 202, result: "accepted", message: "The delivery was taken." };
}

function refused(status: number, message: string): Verdict {
  return { status, result: "refused", message };
}

function header(request: IncomingMessage, name: string): string | undefined {
  const value = request.headers[name];
  return typeof value === "string" && value !== "" ? value : undefined;
}

/** The body as text; undefined when it is too large. */
async function bodyOf(request: IncomingMessage): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > LARGEST_BYTES) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}
