import { afterEach, beforeEach, describe, expect, it, jest } from "@jest/globals";
import { GitHubPeer } from "../github/peer/github-peer.ts";
import type { Pull, Repository } from "../github/peer/repository.ts";
import { ServerProcess } from "./server-process.ts";

jest.setTimeout(120_000);

const TABLE = "CREATE TABLE orders (id bigint PRIMARY KEY, note text);\n";

let peer: GitHubPeer;
let repository: Repository;

beforeEach(async () => {
  peer = await GitHubPeer.start();
  repository = peer.repository("acme/shop", {
    "db/migrations/000001_orders.up.sql": TABLE,
    "db/migrations/000001_orders.down.sql": "DROP TABLE orders;\n",
  });
});

afterEach(async () => {
  await peer[Symbol.asyncDispose]();
});

function openPull(): Pull {
  return peer.person("ann").openPull(repository, {
    "db/migrations/000002_total.up.sql": "ALTER TABLE orders ADD COLUMN total numeric;\n",
    "db/migrations/000002_total.down.sql": "ALTER TABLE orders DROP COLUMN total;\n",
  });
}

/** The column is there, which no text says: nothing is written anew. */
const CONTRADICTED = {
  "db/migrations/000002_token.up.sql":
    "DO $$ BEGIN EXECUTE 'ALTER TABLE ord' || 'ers ADD COLUMN token uuid'; END $$;\n",
  "db/migrations/000002_token.down.sql": "ALTER TABLE orders DROP COLUMN IF EXISTS token;\n",
  "db/migrations/000003_token.up.sql":
    "ALTER TABLE orders ADD COLUMN IF NOT EXISTS token uuid DEFAULT gen_random_uuid();\n",
  "db/migrations/000003_token.down.sql": "-- migrate-verify: irreversible it was there\n",
};

function webhooksTo(server: ServerProcess): void {
  peer.webhookUrl = `${server.url}/api/github/webhooks`;
}

/** The conclusions of the checks at a pull request's head. */
function conclusions(pull: Pull): unknown[] {
  return repository.checksAt(pull.head.sha, "migrate-verify").map(({ conclusion }) => conclusion);
}

describe("migrate-verify serve", () => {
  it("is one file that needs no packages: it reviews a pull request, and stops when it is told to", async () => {
    await using server = await ServerProcess.start(peer, { GITHUB_THROTTLE: "off" });
    webhooksTo(server);
    const pull = openPull();
    await server.logged("A job is done.", { job: "review" });
    expect(conclusions(pull)).toEqual(["success"]);
    const [comment] = repository.commentsOn(pull.number);
    expect(comment?.user.login).toBe("migrate-verify[bot]");
    expect(comment?.body).toContain("000002_total");
    expect(await server.stop()).toBe(0);
    expect(server.stderr).toBe("");
    expect(server.log.at(-1)).toMatchObject({ msg: "Stopped." });
  });

  it("logs what the database contradicts, as ours to mend", async () => {
    await using server = await ServerProcess.start(peer, { GITHUB_THROTTLE: "off" });
    webhooksTo(server);
    peer.person("ann").openPull(repository, CONTRADICTED);
    await server.logged("A job is done.", { job: "review" });
    const told = server.log.filter(({ msg }) =>
      String(msg).startsWith("The database contradicted"),
    );
    expect(told).toEqual([
      expect.objectContaining({
        level: "warn",
        rule: "no-volatile-default",
        path: "db/migrations/000003_token.up.sql",
        line: 1,
        msg: expect.stringMatching(/did not write it anew.* this is ours to mend\.$/),
      }),
    ]);
  });

  it("does after a crash what the crash interrupted", async () => {
    const env = { GITHUB_THROTTLE: "off" };
    const { promise: held, resolve: release } = withResolvers();
    await using first = await ServerProcess.start(peer, env);
    await first.logged("Looked for lost work.");
    webhooksTo(first);
    // The first server dies while it waits for an answer in the middle of its review.
    peer.fault({ method: "GET", path: "/git/", until: held });
    const pull = openPull();
    await first.logged("A job begins.", { job: "review" });
    await first.kill();
    release();
    expect(conclusions(pull)).not.toContain("success");
    await using second = await ServerProcess.start(peer, env);
    webhooksTo(second);
    await second.logged("Looked for lost work.");
    await second.logged("A job is done.", { job: "review" });
    expect(conclusions(pull)).toEqual(["success"]);
    expect(repository.commentsOn(pull.number)).toHaveLength(1);
  });

  it.each([
    ["without a webhook secret", {}, "WEBHOOK_SECRET is not set"],
    ["with Probot's default", { WEBHOOK_SECRET: "development" }, "a word from examples"],
  ])("refuses to start %s", async (_name, env, message) => {
    const { code, stderr } = await ServerProcess.failing({ APP_ID: "1", ...env });
    expect(code).toBe(2);
    expect(stderr).toContain(message);
    expect(stderr.trim().split("\n")).toHaveLength(2);
  });
});

/** Promise.withResolvers of later Nodes. */
function withResolvers(): { readonly promise: Promise<void>; readonly resolve: () => void } {
  const resolves: (() => void)[] = [];
  const promise = new Promise<void>((resolve) => resolves.push(resolve));
  return { promise, resolve: () => resolves[0]?.() };
}
