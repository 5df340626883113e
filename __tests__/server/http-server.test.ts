import { once } from "node:events";
import { connect } from "node:net";
import { describe, expect, it } from "@jest/globals";
import { deliver, TestServer } from "./test-server.ts";

describe("the server's addresses", () => {
  it("say what works and what does not, while GitHub is out of reach", async () => {
    await using server = await TestServer.start();
    expect(await server.get("/healthz")).toMatchObject({ status: 200 });
    const ready = await server.get("/readyz");
    expect(ready.status).toBe(503);
    expect(ready.text).toContain("GitHub does not answer");
    const page = await server.get("/?utm=1");
    expect(page.status).toBe(200);
    expect(page.text).toContain('<span class="state">No</span>');
    expect(page.text).toContain("GitHub has not said yet which App this is.");
  });

  it("give Prometheus counts and times, and no name of anybody", async () => {
    await using server = await TestServer.start();
    const payload = {
      action: "opened",
      pull_request: { number: 5, head: { sha: "abc" } },
      repository: { name: "secret-plans", owner: { login: "acme" } },
      installation: { id: 7 },
      sender: { login: "ann", type: "User" },
    };
    await deliver(server.url, "pull_request", payload);
    await server.work.seen("review 5 abc ends");
    const { text } = await server.get("/metrics");
    for (const line of [
      'migrate_verify_deliveries_total{event="pull_request",result="accepted"} 1',
      'migrate_verify_job_attempts_total{kind="review",result="done"} 1',
      'migrate_verify_queue_jobs{state="waiting"} 0',
      "migrate_verify_delivery_answer_seconds_count 1",
      "process_resident_memory_bytes",
    ]) {
      expect(text).toContain(line);
    }
    expect(text).not.toMatch(/secret-plans|acme|ann\b/);
  });

  it.each([
    ["GET", "/nothing", 404],
    ["GET", "/probot", 404],
    // Probot's pages that set up an App are open to whoever comes first.
    ["GET", "/probot/setup", 404],
    ["GET", "/probot/import", 404],
    ["POST", "/probot/import", 405],
    ["POST", "/", 405],
    ["HEAD", "/", 200],
  ])("answer %s %s with %i", async (method, path, status) => {
    await using server = await TestServer.start();
    const response = await fetch(`${server.url}${path}`, { method });
    expect(response.status).toBe(status);
  });

  it("refuse to be taken twice", async () => {
    await using server = await TestServer.start();
    const port = new URL(server.url).port;
    await expect(TestServer.start({ PORT: port })).rejects.toThrow(/cannot listen.*EADDRINUSE/);
  });
});

describe("a server that stops", () => {
  it("finishes its jobs, and answers what came before", async () => {
    const server = await TestServer.start();
    const payload = {
      action: "opened",
      pull_request: { number: 5, head: { sha: "abc" } },
      repository: { name: "shop", owner: { login: "acme" } },
      installation: { id: 7 },
    };
    server.work.hold("review 5 abc");
    await deliver(server.url, "pull_request", payload);
    await server.work.seen("review 5 abc begins");
    const closed = server.close();
    server.work.release("review 5 abc");
    await closed;
    expect(server.work.lines.at(-1)).toBe("review 5 abc ends");
    expect(server.log.at(-1)).toMatchObject({ msg: "Stopped." });
  });

  it("does not wait for a connection that says nothing", async () => {
    const server = await TestServer.start();
    const socket = connect(Number(new URL(server.url).port), "127.0.0.1");
    await once(socket, "connect");
    const ended = once(socket, "close");
    socket.resume();
    await server.close();
    await ended;
    expect(socket.destroyed).toBe(true);
  });
});
