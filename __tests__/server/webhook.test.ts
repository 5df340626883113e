import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { deliver, TestServer, type DeliveryOptions } from "./test-server.ts";

let server: TestServer;

beforeAll(async () => {
  server = await TestServer.start();
});

afterAll(async () => {
  await server.close();
});

function opened(pull: number, head = "a"): object {
  return {
    action: "opened",
    pull_request: { number: pull, head: { sha: head } },
    repository: { name: "shop", owner: { login: "acme" } },
    installation: { id: 7 },
    sender: { login: "ann", type: "User" },
  };
}

describe("a delivery", () => {
  it("is answered before the work is done, and worked on afterwards", async () => {
    server.work.hold("review 1 a");
    const { status, text } = await deliver(server.url, "pull_request", opened(1));
    expect([status, text]).toEqual([202, '{"message":"The delivery was taken."}\n']);
    await server.work.seen("review 1 a begins");
    server.work.release("review 1 a");
    await server.work.seen("review 1 a ends");
  });

  it("is taken once, however often it comes", async () => {
    const id = "3c1f0d6e-0000-4000-8000-000000000002";
    const first = await deliver(server.url, "pull_request", opened(2), { id });
    await server.work.seen("review 2 a ends");
    const second = await deliver(server.url, "pull_request", opened(2), { id });
    expect([first.status, second.status]).toEqual([202, 202]);
    expect(second.text).toContain("taken before");
    await deliver(server.url, "pull_request", opened(3));
    await server.work.seen("review 3 a ends");
    expect(server.work.lines.filter((line) => line === "review 2 a begins")).toHaveLength(1);
  });

  it("is no work when its event asks nothing of the App", async () => {
    const closed = { ...opened(4), action: "closed" };
    expect((await deliver(server.url, "pull_request", closed)).status).toBe(202);
    expect((await deliver(server.url, "ping", { zen: "Keep it simple." })).status).toBe(202);
    expect((await deliver(server.url, "no_such_event", { action: "new" })).status).toBe(202);
    expect(server.work.lines.join()).not.toContain("review 4");
  });

  it.each<[string, number, DeliveryOptions, unknown]>([
    ["whose signature is of another secret", 401, { secret: "another secret of 16" }, {}],
    ["whose signature is none", 401, { headers: { "x-hub-signature-256": "sha256=00" } }, {}],
    ["whose signature is odd", 401, { headers: { "x-hub-signature-256": "%" } }, {}],
    ["without a signature", 400, { headers: { "x-hub-signature-256": undefined } }, {}],
    [
      "with the old signature only",
      400,
      {
        headers: { "x-hub-signature-256": undefined, "x-hub-signature": "sha1=00" },
      },
      {},
    ],
    ["without an id", 400, { headers: { "x-github-delivery": undefined } }, {}],
    ["without an event", 400, { headers: { "x-github-event": undefined } }, {}],
    [
      "that is a form",
      415,
      {
        headers: { "content-type": "application/x-www-form-urlencoded" },
      },
      "payload=%7B%7D",
    ],
    ["that is larger than GitHub sends", 413, {}, `"${"x".repeat(26 * 1024 * 1024)}"`],
    ["that is no JSON", 503, {}, "{"],
  ])("%s is refused with %i", async (_name, status, options, payload) => {
    const before = server.work.lines.length;
    expect((await deliver(server.url, "pull_request", payload, options)).status).toBe(status);
    expect(server.work.lines).toHaveLength(before);
  });

  it("that is refused leaves neither its content nor its event's name behind", async () => {
    await deliver(
      server.url,
      "made_up_event",
      { note: "nothing to see" },
      { secret: "x".repeat(20) },
    );
    expect(JSON.stringify(server.log)).not.toMatch(/made_up_event|nothing to see/);
    const { text } = await server.get("/metrics");
    expect(text).not.toContain("made_up_event");
    expect(text).toMatch(/migrate_verify_deliveries_total\{event="none",result="refused"\} \d/);
  });

  it("cannot be sent with GET", async () => {
    expect((await server.get("/api/github/webhooks")).status).toBe(405);
  });
});
