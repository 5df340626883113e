import { describe, expect, it } from "@jest/globals";
import type { SeenDeliveries } from "../../src/server/queue.ts";
import { patientConnection } from "../../src/server/redis-connection.ts";
import { RedisSeenDeliveries } from "../../src/server/redis-seen-deliveries.ts";
import { MemorySeenDeliveries, REMEMBERED_MS } from "../../src/server/seen-deliveries.ts";
import { HAS_REDIS, RedisServer } from "./redis-server.ts";

async function story(seen: SeenDeliveries, other: SeenDeliveries): Promise<boolean[]> {
  const unknown = await seen.has("a");
  await seen.add("a");
  await seen.add("b");
  const known = await other.has("a");
  await seen.forget("a");
  return [unknown, known, await other.has("a"), await other.has("b")];
}

describe("deliveries that were seen", () => {
  it("are remembered in memory", async () => {
    const seen = new MemorySeenDeliveries();
    expect(await story(seen, seen)).toEqual([false, true, false, true]);
  });

  it("are forgotten when GitHub does not offer them any more", async () => {
    let now = 0;
    const seen = new MemorySeenDeliveries(() => now);
    await seen.add("a");
    now = REMEMBERED_MS - 1;
    expect(await seen.has("a")).toBe(true);
    now = REMEMBERED_MS;
    expect(await seen.has("a")).toBe(false);
  });

  (HAS_REDIS ? it : it.skip)("are remembered in Redis, for every machine", async () => {
    await using redis = await RedisServer.start();
    const connections = [1, 2].map(() => patientConnection(redis.url, () => undefined));
    const [one, two] = connections.map((connection) => new RedisSeenDeliveries(connection));
    expect(await story(one!, two!)).toEqual([false, true, false, true]);
    const ttl = await connections[0]!.pttl("migrate-verify:delivery:b");
    expect(ttl).toBeGreaterThan(REMEMBERED_MS - 60_000);
    for (const connection of connections) connection.disconnect();
  });
});
