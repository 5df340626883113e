import { afterAll, beforeAll, describe, expect, it, jest } from "@jest/globals";
import { GitHubPeer, type SentEvent } from "../github/peer/github-peer.ts";
import type { Pull, Repository } from "../github/peer/repository.ts";
import { allEnded, faultsOf, openOne, repositoriesOf, type OpenedPull } from "./load.ts";
import { ServerProcess } from "./server-process.ts";
import { deliver } from "./test-server.ts";

jest.setTimeout(240_000);

let peer: GitHubPeer;
let server: ServerProcess;
let repositories: Repository[];

beforeAll(async () => {
  peer = await GitHubPeer.start();
  server = await ServerProcess.start(peer, { GITHUB_THROTTLE: "off", WORKERS: "4" });
  await server.logged("Looked for lost work.");
  repositories = repositoriesOf(peer, 15);
  peer.webhookUrl = `${server.url}/api/github/webhooks`;
});

afterAll(async () => {
  await server[Symbol.asyncDispose]();
  await peer[Symbol.asyncDispose]();
});

const LIMIT = "You have exceeded a secondary rate limit";

/** What passes. All go wrong at the same time, each in a repository of its own. */
const PASSING: readonly [string, Omit<Parameters<GitHubPeer["fault"]>[0], "path">, string][] = [
  ["500 for the tree", { method: "GET", status: 500 }, "/git/trees"],
  ["502 for the check", { method: "POST", status: 502 }, "/check-runs"],
  [
    "429 with retry-after for the comment",
    { status: 429, headers: { "retry-after": "1" } },
    "/comments",
  ],
  [
    "403 of the secondary limit",
    { status: 403, message: LIMIT, headers: { "retry-after": "1" } },
    "/pulls/1",
  ],
  ["a dropped connection", { method: "GET", drop: true }, "/pulls/1"],
  ["a check whose answer was lost", { method: "POST", drop: "after-work" }, "/check-runs"],
  ["a comment whose answer was lost", { method: "POST", drop: "after-work" }, "/issues/1/comments"],
  ["slow answers", { delayMs: 500, times: 4 }, "/"],
];

describe("a review while GitHub is troubled", () => {
  const opened = new Map<string, OpenedPull>();

  beforeAll(async () => {
    for (const [index, [name, fault, path]] of PASSING.entries()) {
      const repository = repositories[index]!;
      const place = new RegExp(`^/repos/${repository.fullName}${path}`);
      peer.fault({ ...fault, path: place });
      opened.set(name, openOne(peer, repository, index, false));
    }
    await allEnded([...opened.values()], [server]);
  });

  it.each(PASSING.map(([name]) => name))("ends as it should in spite of %s", (name) => {
    expect(faultsOf(opened.get(name)!)).toEqual([]);
  });
});

describe("a pull request whose head moves", () => {
  it("is reviewed at its newest head, however many pushes come while it is reviewed", async () => {
    const repository = repositories[8]!;
    const releases: (() => void)[] = [];
    const held = new Promise<void>((resolve) => releases.push(resolve));
    peer.fault({ method: "GET", path: new RegExp(`${repository.fullName}/git/`), until: held });
    const one = openOne(peer, repository, 1, false);
    const heads = [one.pull.head.sha];
    await server.logged("A job begins.", { key: `${repository.fullName}#1` });
    heads.push(push(repository, one.pull, "b"), push(repository, one.pull, "c"));
    await peer.delivered();
    releases[0]?.();
    await allEnded([one], [server]);
    expect(faultsOf(one)).toEqual([]);
    for (const head of heads.slice(0, -1)) {
      const old = repository.checksAt(head, "migrate-verify").map(({ conclusion }) => conclusion);
      expect(old).not.toContain("success");
      expect(old).not.toContain(null);
    }
  });

  it("is reviewed at its newest head when the deliveries come in the wrong order, and twice", async () => {
    const repository = repositories[9]!;
    peer.webhookUrl = undefined;
    const before = peer.events.length;
    const one = openOne(peer, repository, 1, true);
    const events = peer.events.slice(before).toReversed();
    for (const event of [...events, ...events]) await send(event);
    await allEnded([one], [server]);
    expect(faultsOf(one)).toEqual([]);
    peer.webhookUrl = `${server.url}/api/github/webhooks`;
  });
});

describe("what does not pass", () => {
  let refused = 12;

  it("leaves no check that never ends", async () => {
    const repository = repositories[10]!;
    const path = new RegExp(`^/repos/${repository.fullName}/git/`);
    peer.fault({ method: "GET", path, status: 403, times: 1000 });
    const { pull } = openOne(peer, repository, 1, false);
    await server.logged("The end of a job was told.", { key: `${repository.fullName}#1` });
    const [check] = repository.checksAt(pull.head.sha, "migrate-verify");
    expect(check?.conclusion).toBe("failure");
    expect(JSON.stringify(check)).toContain("Could not verify");
  });

  it.each([
    ["the check itself", "POST", "/check-runs"],
    ["the last word of the check", "PATCH", "/check-runs"],
  ])("ends in a failed check when GitHub refuses %s with 422", async (_, method, path) => {
    const repository = repositories[refused++]!;
    const place = new RegExp(`^/repos/${repository.fullName}${path}`);
    peer.fault({ method, path: place, status: 422, message: "Validation Failed" });
    const { pull } = openOne(peer, repository, 1, false);
    await server.logged("The end of a job was told.", { key: `${repository.fullName}#1` });
    const checks = repository.checksAt(pull.head.sha, "migrate-verify");
    expect(checks.map(({ conclusion }) => conclusion)).toEqual(["failure"]);
    expect(JSON.stringify(checks)).toContain("GitHub answered 422");
  });

  it("is told in the check when GitHub refuses the comment with 422", async () => {
    const repository = repositories[refused++]!;
    const path = new RegExp(`^/repos/${repository.fullName}/issues/1/comments`);
    peer.fault({ method: "POST", path, status: 422, message: "Validation Failed" });
    const { pull } = openOne(peer, repository, 1, false);
    const key = `${repository.fullName}#1`;
    await server.logged("A job is done.", { key });
    const [check] = repository.checksAt(pull.head.sha, "migrate-verify");
    expect(check?.conclusion).toBe("success");
    expect(JSON.stringify(check)).toContain("GitHub refused the text");
  });

  it("is given up when the pull request is gone", async () => {
    const repository = repositories[11]!;
    const path = new RegExp(`^/repos/${repository.fullName}/pulls/1`);
    peer.fault({ path, status: 404, times: 1000 });
    openOne(peer, repository, 1, false);
    const key = `${repository.fullName}#1`;
    expect(await server.logged("A job was given up.", { key })).toMatchObject({ job: "review" });
  });
});

function push(repository: Repository, pull: Pull, column: string): string {
  return peer.person("ann").push(repository, pull, {
    "db/migrations/000003_1.up.sql": `ALTER TABLE orders ADD COLUMN ${column} text;\n`,
    "db/migrations/000003_1.down.sql": `ALTER TABLE orders DROP COLUMN ${column};\n`,
  });
}

async function send({ event, payload }: SentEvent): Promise<void> {
  await deliver(server.url, event, payload, { secret: peer.webhookSecret });
}
