import { afterAll, beforeAll, describe, expect, it, jest } from "@jest/globals";
import { GitHubPeer } from "../github/peer/github-peer.ts";
import type { Repository } from "../github/peer/repository.ts";
import { allEnded, faultsOf, openOne, repositoriesOf } from "./load.ts";
import { HAS_REDIS, RedisServer } from "./redis-server.ts";
import { ServerProcess } from "./server-process.ts";

jest.setTimeout(120_000);

const SHOWN = "The check of a waiting job is shown.";

describe.each(["memory", "Redis"])("a review that waits for a worker, queued in %s", (name) => {
  const test = name === "Redis" && !HAS_REDIS ? it.skip : it;
  let redis: RedisServer | undefined;
  let peer: GitHubPeer;
  let server: ServerProcess;
  let repositories: Repository[];

  beforeAll(async () => {
    if (name === "Redis" && !HAS_REDIS) return;
    redis = name === "Redis" ? await RedisServer.start() : undefined;
    peer = await GitHubPeer.start();
    const queue = redis === undefined ? {} : { REDIS_URL: redis.url };
    server = await ServerProcess.start(peer, { GITHUB_THROTTLE: "off", WORKERS: "1", ...queue });
    await server.logged("Looked for lost work.");
    repositories = repositoriesOf(peer, 3);
    peer.webhookUrl = `${server.url}/api/github/webhooks`;
  });

  afterAll(async () => {
    await server?.[Symbol.asyncDispose]();
    await peer?.[Symbol.asyncDispose]();
    await redis?.[Symbol.asyncDispose]();
  });

  /** Keeps the only worker busy until the end of `body`. */
  async function whileBusy(busy: Repository, body: () => Promise<void>): Promise<void> {
    const releases: (() => void)[] = [];
    const until = new Promise<void>((resolve) => releases.push(resolve));
    peer.fault({ method: "GET", path: new RegExp(`${busy.fullName}/git/`), until });
    const first = openOne(peer, busy, 1, false);
    await server.logged("A job begins.", { key: `${busy.fullName}#1` });
    try {
      await body();
    } finally {
      releases[0]?.();
    }
    await allEnded([first], [server]);
  }

  test("has its check at once, which the review goes on with", async () => {
    const [busy, waiting] = repositories as [Repository, Repository];
    let second: ReturnType<typeof openOne> | undefined;
    await whileBusy(busy, async () => {
      const opened = openOne(peer, waiting, 1, false);
      second = opened;
      await server.logged(SHOWN, { key: `${waiting.fullName}#1` });
      const [check, ...others] = waiting.checksAt(opened.pull.head.sha, "migrate-verify");
      expect(check).toMatchObject({ status: "queued", externalId: "pull 1 into main" });
      expect(others).toEqual([]);
    });
    await allEnded([second!], [server]);
    expect(faultsOf(second!)).toEqual([]);
  });

  test("gives the check of an older head up when a push comes before its turn", async () => {
    const busy = repositories[2]!;
    const [, waiting] = repositories as [Repository, Repository];
    const opened = openOne(peer, waiting, 2, false);
    await allEnded([opened], [server]);
    const heads: string[] = [];
    await whileBusy(busy, async () => {
      for (const column of ["x", "y"]) {
        const head = peer.person("ann").push(waiting, opened.pull, {
          "db/migrations/000009_9.up.sql": `ALTER TABLE orders ADD COLUMN ${column} text;\n`,
          "db/migrations/000009_9.down.sql": `ALTER TABLE orders DROP COLUMN ${column};\n`,
        });
        while (waiting.checksAt(head, "migrate-verify").length === 0) await server.said();
        heads.push(head);
      }
    });
    await allEnded([opened], [server]);
    expect(faultsOf(opened)).toEqual([]);
    const runs = waiting.checksAt(heads[0]!, "migrate-verify");
    expect(runs.map(({ conclusion }) => conclusion)).toEqual(["cancelled"]);
  });
});
