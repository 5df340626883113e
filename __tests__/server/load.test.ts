import { afterAll, beforeAll, describe, expect, it, jest } from "@jest/globals";
import { GitHubPeer } from "../github/peer/github-peer.ts";
import { allEnded, faultsOf, openOne, repositoriesOf } from "./load.ts";
import { HAS_REDIS, RedisServer } from "./redis-server.ts";
import { ServerProcess } from "./server-process.ts";

jest.setTimeout(240_000);

const PULLS = 6;

let peer: GitHubPeer;

beforeAll(async () => {
  peer = await GitHubPeer.start();
});

afterAll(async () => {
  await peer[Symbol.asyncDispose]();
});

describe("two servers on one Redis", () => {
  (HAS_REDIS ? it : it.skip)(
    "lose nothing when one of them dies in the middle, and Redis restarts",
    async () => {
      await using redis = await RedisServer.start();
      const env = {
        REDIS_URL: redis.url,
        GITHUB_THROTTLE: "off",
        TAKE_OVER_AFTER: "2s",
        WORKERS: "1",
      };
      await using front = await ServerProcess.start(peer, env);
      await using back = await ServerProcess.start(peer, env);
      await front.logged("Looked for lost work.");
      await back.logged("Looked for lost work.");
      peer.webhookUrl = `${front.url}/api/github/webhooks`;
      const repositories = repositoriesOf(peer, 3);
      const pulls = Array.from({ length: PULLS }, (_, number) =>
        openOne(peer, repositories[number % 3]!, number, number % 3 === 0),
      );
      // Whatever is delivered comes twice.
      for (const delivery of peer.state.deliveries.slice()) peer.redeliver(delivery);
      await peer.delivered();
      expect(peer.state.deliveries.map(({ status }) => status)).not.toContain(0);
      await back.logged("A job begins.", { job: "review" });
      await back.kill();
      await redis.kill();
      await redis.resume();
      await allEnded(pulls, [front]);
      expect(pulls.flatMap(faultsOf)).toEqual([]);
      expect(await front.stop()).toBe(0);
    },
  );
});
