/**
 * The App's server under load: the bundle as processes, in front of the tests' GitHub on loopback.
 * Prints; asserts nothing but that every pull request ends as it should.
 */
import { setTimeout as delay } from "node:timers/promises";
import { GitHubPeer, type SentEvent } from "../__tests__/github/peer/github-peer.ts";
import { allEnded, openOne, repositoriesOf, type OpenedPull } from "../__tests__/server/load.ts";
import { HAS_REDIS, RedisServer } from "../__tests__/server/redis-server.ts";
import { ServerProcess } from "../__tests__/server/server-process.ts";
import { deliver } from "../__tests__/server/test-server.ts";

const SECONDS = 10;
const REPOSITORIES = 20;

/** Measures the server with so many deliveries in ten seconds, in the process and on Redis. */
export async function benchServer(deliveries = 200): Promise<void> {
  console.log(
    `\nThe App's server: ${deliveries} deliveries in ${SECONDS} s, one each for a new pull request`,
  );
  await inProcess(deliveries);
  if (HAS_REDIS) await onRedis(deliveries);
  else console.log("Redis is not installed here: not measured on it.");
}

async function inProcess(deliveries: number): Promise<void> {
  await using peer = await GitHubPeer.start();
  // The first start may have to bundle it.
  await (await ServerProcess.start(peer)).kill();
  const { pulls, events } = opened(peer, deliveries);
  const startedAt = performance.now();
  await using server = await ServerProcess.start(peer, { GITHUB_THROTTLE: "off", WORKERS: "2" });
  print("start-up, until it listens", ms(performance.now() - startedAt));
  await load("queue in the process, two workers", { peer, pulls, events, servers: [server] });
}

async function onRedis(deliveries: number): Promise<void> {
  await using peer = await GitHubPeer.start();
  await using redis = await RedisServer.start();
  const { pulls, events } = opened(peer, deliveries);
  const env = { GITHUB_THROTTLE: "off", REDIS_URL: redis.url, TAKE_OVER_AFTER: "5s" };
  await using front = await ServerProcess.start(peer, { ...env, WORKERS: "0" });
  await using one = await ServerProcess.start(peer, { ...env, WORKERS: "1" });
  await using two = await ServerProcess.start(peer, { ...env, WORKERS: "1" });
  const halfWay = async (): Promise<void> => two.kill();
  const servers = [front, one];
  const title = "queue on Redis, two workers, one killed half way";
  await load(title, { peer, pulls, events, servers, halfWay });
}

interface Load {
  readonly peer: GitHubPeer;
  readonly pulls: readonly OpenedPull[];
  readonly events: readonly SentEvent[];
  /** The first one is sent the deliveries. */
  readonly servers: readonly ServerProcess[];
  readonly halfWay?: () => Promise<void>;
}

/** Pull requests of which no server knows yet, with their webhooks. */
function opened(
  peer: GitHubPeer,
  count: number,
): { readonly pulls: OpenedPull[]; readonly events: SentEvent[] } {
  const repositories = repositoriesOf(peer, REPOSITORIES);
  const before = peer.events.length;
  const pulls = Array.from({ length: count }, (_, number) =>
    openOne(peer, repositories[number % REPOSITORIES]!, number, false),
  );
  const events = peer.events.slice(before);
  // A sweep must not find them before they are delivered.
  for (const { pull } of pulls) Object.assign(pull, { updatedAt: "2020-01-01T00:00:00Z" });
  return { pulls, events };
}

async function load(title: string, { peer, pulls, events, servers, halfWay }: Load): Promise<void> {
  const [front] = servers as [ServerProcess];
  await Promise.all(servers.map((server) => server.logged("Looked for lost work.")));
  peer.forgetRequests();
  const times: number[] = [];
  const statuses = new Map<number, number>();
  const startedAt = performance.now();
  const sent: Promise<void>[] = [];
  const send = async (event: string, payload: unknown): Promise<void> => {
    const sentAt = performance.now();
    const { status } = await deliver(front.url, event, payload, { secret: peer.webhookSecret });
    times.push(performance.now() - sentAt);
    statuses.set(status, (statuses.get(status) ?? 0) + 1);
  };
  for (const [index, { event, payload }] of events.entries()) {
    const pause = startedAt + (index * SECONDS * 1000) / events.length - performance.now();
    if (pause > 0) await delay(pause);
    if (index === Math.floor(events.length / 2)) void halfWay?.();
    sent.push(send(event, payload));
  }
  await Promise.all(sent);
  const memory: number[] = [];
  const ended = allEnded(pulls, servers);
  const watch = setInterval(
    () => void residentBytes(front).then((bytes) => memory.push(bytes)),
    500,
  );
  await ended;
  clearInterval(watch);
  const seconds = (performance.now() - startedAt) / 1000;
  times.sort((a, b) => a - b);
  const at = (share: number): string =>
    ms(times[Math.ceil(times.length * share) - 1] ?? Number.NaN);
  console.log(title);
  print("answers", [...statuses].map(([status, count]) => `${count} × ${status}`).join(", "));
  print(
    "answered within, median / 99th percentile / longest",
    `${at(0.5)} / ${at(0.99)} / ${at(1)}`,
  );
  print(
    "every pull request ended with one comment and one completed check",
    `${seconds.toFixed(0)} s`,
  );
  print("pull requests a minute", ((pulls.length * 60) / seconds).toFixed(0));
  print("requests to GitHub for each", (peer.requests.length / pulls.length).toFixed(1));
  print(
    "memory of the answering server, at most",
    `${(Math.max(...memory) / 2 ** 20).toFixed(0)} MiB`,
  );
}

async function residentBytes(server: ServerProcess): Promise<number> {
  const response = await fetch(`${server.url}/metrics`);
  return Number(/^process_resident_memory_bytes (\S+)/m.exec(await response.text())?.[1]);
}

function print(label: string, value: string): void {
  console.log(`  ${label.padEnd(66)} ${value}`);
}

function ms(value: number): string {
  return `${value.toFixed(0)} ms`;
}
