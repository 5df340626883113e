import { afterEach, beforeEach, describe, expect, it, jest } from "@jest/globals";
import type { Tools } from "../../src/server/serve.ts";
import { GitHubPeer } from "../github/peer/github-peer.ts";
import type { Repository } from "../github/peer/repository.ts";
import { TestServer } from "./test-server.ts";

jest.setTimeout(60_000);

let peer: GitHubPeer;
let repository: Repository;

beforeEach(async () => {
  peer = await GitHubPeer.start();
  repository = peer.repository("acme/shop", { "db/1_a.sql": "SELECT 1;" });
});

afterEach(async () => {
  await peer[Symbol.asyncDispose]();
});

describe("the server's health", () => {
  it("is good when GitHub knows the App, and the page says where to install it", async () => {
    await using server = await TestServer.of(peer);
    await server.logged("GitHub knows the App.");
    expect(await server.get("/readyz")).toMatchObject({ status: 200 });
    const { text } = await server.get("/");
    expect(text).toContain('<span class="state">Yes</span>');
    expect(text).toContain("https://github.com/apps/migrate-verify/installations/new");
    expect(text).not.toContain("lacks");
  });

  it("names what the App lacks", async () => {
    Object.assign(peer.state.app, {
      permissions: { ...peer.state.app.permissions, checks: "read" },
      events: ["pull_request"],
    });
    await using server = await TestServer.of(peer);
    await server.logged("GitHub knows the App.");
    const { text } = await server.get("/");
    expect(text).toContain("permission checks: write");
    expect(text).toContain("event merge_group, for the merge queue");
  });

  it("is bad when the key belongs to another App, and says so", async () => {
    await using server = await TestServer.of(peer, { APP_ID: "1" });
    await server.logged("GitHub has not said which App this is.");
    const { status, text } = await server.get("/readyz");
    expect(status).toBe(503);
    expect(text).toContain("GitHub does not know the App");
  });
});

describe("what was lost", () => {
  it("is found on start: open pull requests without a completed check, and no others", async () => {
    // Nobody listened when these were opened.
    const ann = peer.person("ann");
    const lost = ann.openPull(repository, { "db/2_b.sql": "SELECT 2;" });
    const closed = ann.openPull(repository, { "db/3_c.sql": "SELECT 3;" });
    ann.close(repository, closed);
    const checked = ann.openPull(repository, { "db/4_d.sql": "SELECT 4;" });
    const unfinished = ann.openPull(repository, { "db/5_e.sql": "SELECT 5;" });
    await checkOn(checked.head.sha, "completed");
    await checkOn(unfinished.head.sha, "in_progress");
    await using server = await TestServer.of(peer);
    await server.work.seen(`review ${lost.number} ${lost.head.sha} ends`);
    await server.work.seen(`review ${unfinished.number} ${unfinished.head.sha} ends`);
    const text = server.work.lines.join("\n");
    expect(text).not.toContain(`review ${closed.number}`);
    expect(text).not.toContain(`review ${checked.number}`);
    await server.logged("Looked for lost work.");
    const { text: metrics } = await server.get("/metrics");
    expect(metrics).toContain('migrate_verify_repairs_total{what="pull-request"} 2');
  });

  it("is delivered again under its own id, once", async () => {
    // The server is away: GitHub's deliveries fail.
    peer.webhookUrl = "http://127.0.0.1:9/api/github/webhooks";
    const ann = peer.person("ann");
    const pull = ann.openPull(repository, { "db/2_b.sql": "SELECT 2;" });
    const comment = ann.comment(repository, pull, "/migrate-help");
    await peer.delivered();
    const failed = peer.state.deliveries.map(({ guid }) => guid);
    await using server = await TestServer.of(peer);
    await server.work.seen(`command ${pull.number} ${comment.id} ends`);
    await server.logged("Looked for lost work.");
    await peer.delivered();
    const again = peer.state.deliveries.filter(({ redelivery }) => redelivery);
    expect(again.map(({ guid }) => guid)).toEqual(failed);
    expect(again.map(({ status }) => status)).toEqual([202, 202]);
    const { text } = await server.get("/metrics");
    expect(text).toContain('migrate_verify_repairs_total{what="delivery"} 2');
  });

  it("is not asked for for ever", async () => {
    peer.webhookUrl = "http://127.0.0.1:9/api/github/webhooks";
    peer.person("ann").openPull(repository, { "db/2_b.sql": "SELECT 2;" });
    for (let attempt = 1; attempt < 5; attempt += 1) peer.redeliver(peer.state.deliveries[0]!);
    await peer.delivered();
    await using server = await TestServer.of(peer);
    await server.work.seen(`review 1 ${repository.pulls[0]!.head.sha} ends`);
    expect(peer.count("POST", "/attempts")).toBe(0);
  });

  it("is looked for in the repositories of a new installation", async () => {
    await using server = await TestServer.of(peer);
    peer.webhookUrl = undefined;
    const pull = peer.person("ann").openPull(repository, { "db/2_b.sql": "SELECT 2;" });
    peer.webhookUrl = `${server.url}/api/github/webhooks`;
    peer.person("boss").install(repository);
    const line = `review ${pull.number} ${pull.head.sha} ends`;
    expect(await server.work.seen(line)).toBe(line);
  });
});

describe("“Re-run” on a check", () => {
  it("reviews the pull request again, of a fork too, when its head is still newest", async () => {
    const fork = peer.fork(repository, "eve");
    const eve = peer.person("eve");
    await using server = await TestServer.of(peer);
    const pull = eve.openPull(repository, { "db/2_b.sql": "SELECT 2;" }, { fork });
    const line = `review ${pull.number} ${pull.head.sha} ends`;
    await server.work.seen(line);
    server.work.lines.length = 0;
    await rerequest(pull.head.sha);
    expect(await server.work.seen(line)).toBe(line);
  });

  it("reviews a merge group again", async () => {
    await using server = await TestServer.of(peer);
    const ann = peer.person("ann");
    const pull = ann.openPull(repository, { "db/2_b.sql": "SELECT 2;" });
    const group = ann.queue(repository, [pull]);
    const line = `merge-group ${group.head} ends`;
    await server.work.seen(line);
    server.work.lines.length = 0;
    await rerequest(group.head);
    expect(await server.work.seen(line)).toBe(line);
  });
});

/** A check as an earlier run of the App left it. */
async function checkOn(sha: string, status: "completed" | "in_progress"): Promise<void> {
  const response = await fetch(`${peer.url}/repos/acme/shop/check-runs`, {
    method: "POST",
    headers: { authorization: `token ${peer.appToken(repository)}` },
    body: JSON.stringify({
      name: "migrate-verify",
      head_sha: sha,
      status,
      ...(status === "completed" ? { conclusion: "success" } : {}),
    }),
  });
  if (response.status !== 201) throw new Error(await response.text());
}

/** Requests of an installation's client, as a job makes them. */
describe("an installation's client", () => {
  const place = { owner: "acme", repo: "shop" };
  const LIMITED = {
    status: 403,
    message: "You have exceeded a secondary rate limit",
    headers: { "retry-after": "1" },
  };

  it("is throttled: what GitHub's secondary limit refuses is asked again after its pause", () =>
    withClient({}, async (octokit) => {
      peer.fault({ path: /\/acme\/shop$/, ...LIMITED });
      const { status } = await octokit.request("GET /repos/{owner}/{repo}", place);
      expect(status).toBe(200);
    }));

  it("is not throttled where the configuration says so", () =>
    withClient({ GITHUB_THROTTLE: "off" }, async (octokit) => {
      peer.fault({ path: /\/acme\/shop$/, ...LIMITED });
      await expect(octokit.request("GET /repos/{owner}/{repo}", place)).rejects.toMatchObject({
        status: 403,
      });
    }));

  it("leaves a long pause to the queue", () =>
    withClient({}, async (octokit) => {
      peer.fault({ path: /\/acme\/shop$/, ...LIMITED, headers: { "retry-after": "600" } });
      await expect(octokit.request("GET /repos/{owner}/{repo}", place)).rejects.toMatchObject({
        status: 403,
      });
    }));

  it("never creates twice what may have been created", () =>
    withClient({}, async (octokit) => {
      const pull = peer.person("ann").openPull(repository, { "db/2_b.sql": "SELECT 2;" });
      peer.fault({ method: "POST", path: "/comments", drop: "after-work" });
      const comment = { ...place, issue_number: pull.number, body: "hello" };
      await expect(
        octokit.request("POST /repos/{owner}/{repo}/issues/{issue_number}/comments", comment),
      ).rejects.toThrow(/./);
      expect(repository.commentsOn(pull.number)).toHaveLength(1);
    }));
});

async function rerequest(sha: string): Promise<void> {
  await checkOn(sha, "completed");
  const check = repository.checksAt(sha, "migrate-verify").at(-1)!;
  peer.person("mia").rerequest(repository, check);
}

function nothing(): Promise<void> {
  return Promise.resolve();
}

async function withClient(
  env: Record<string, string>,
  body: (octokit: Awaited<ReturnType<Tools["probot"]["auth"]>>) => Promise<void>,
): Promise<void> {
  let tools: Tools | undefined;
  await using server = await TestServer.of(peer, env, (given) => {
    tools = given;
    return { work: nothing, announce: nothing, giveUp: nothing };
  });
  expect(server.url).toContain("127.0.0.1");
  await body(await tools!.probot.auth(repository.installation));
}
