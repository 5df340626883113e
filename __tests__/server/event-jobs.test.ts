import { createRequire } from "node:module";
import { afterAll, beforeAll, describe, expect, it, jest } from "@jest/globals";
import { EVENTS } from "../../src/server/app-manifest.ts";
import { jobsOf } from "../../src/server/event-jobs.ts";
import { GitHubPeer } from "../github/peer/github-peer.ts";
import type { Repository } from "../github/peer/repository.ts";

jest.setTimeout(60_000);

const CHECKLIST = "<!-- migrate-verify seal -->\n- [ ] backup taken\n";

let peer: GitHubPeer;
let repository: Repository;

beforeAll(async () => {
  peer = await GitHubPeer.start();
  repository = peer.repository("acme/shop", { "db/1_a.sql": "SELECT 1;" });
});

afterAll(async () => {
  await peer[Symbol.asyncDispose]();
});

/** The jobs of what happens on GitHub, in order. */
function jobsAfter(happen: () => void): Record<string, unknown>[] {
  const before = peer.events.length;
  happen();
  return peer.events
    .slice(before)
    .flatMap(({ event, payload }, index) => jobsOf({ id: `d${index}`, name: event, payload }))
    .map(({ job }) => ({ ...job }));
}

describe("what happens to a pull request", () => {
  it("asks for a review of its newest head, with the installation that may write", () => {
    const ann = peer.person("ann");
    const pull = ann.openPull(repository, { "db/2_b.sql": "SELECT 2;" });
    const before = pull.head.sha;
    const jobs = jobsAfter(() => {
      ann.push(repository, pull, { "db/2_b.sql": "SELECT 3;" });
      ann.close(repository, pull);
      ann.reopen(repository, pull);
      ann.markReady(repository, pull);
    });
    const repo = { owner: "acme", name: "shop", installation: repository.installation };
    const review = { kind: "review", repo, pull: pull.number, head: pull.head.sha };
    expect(jobs).toEqual([
      { ...review, before, reason: "synchronize" },
      { ...review, reason: "reopened" },
      { ...review, reason: "ready_for_review" },
    ]);
  });

  it("asks for a review when the base changes, and for none when the title does", () => {
    const ann = peer.person("ann");
    peer.state.repository("acme/shop")?.commit("release", { "db/1_a.sql": "SELECT 1;" });
    const pull = ann.openPull(repository, { "db/3_c.sql": "SELECT 3;" });
    const jobs = jobsAfter(() => ann.retarget(repository, pull, "release"));
    expect(jobs).toMatchObject([{ kind: "review", reason: "base changed" }]);
    const { payload } = peer.events.at(-1)!;
    const title = { ...payload, changes: { title: { from: "Old" } } };
    expect(jobsOf({ id: "t", name: "pull_request", payload: title })).toEqual([]);
  });

  it("asks for a review of what comes from a fork", () => {
    const fork = peer.fork(repository, "eve");
    const jobs = jobsAfter(() => {
      peer.person("eve").openPull(repository, { "db/4_d.sql": "SELECT 4;" }, { fork });
    });
    expect(jobs).toMatchObject([{ kind: "review", repo: { owner: "acme", name: "shop" } }]);
  });

  it("asks for a review of a merge group", () => {
    const ann = peer.person("ann");
    const pull = ann.openPull(repository, { "db/5_e.sql": "SELECT 5;" });
    let group: ReturnType<typeof ann.queue> | undefined;
    const jobs = jobsAfter(() => (group = ann.queue(repository, [pull])));
    expect(jobs).toMatchObject([{ kind: "merge-group", ...group }]);
  });
});

describe("a comment", () => {
  it.each<[string, string, number]>([
    ["a command", "/migrate-verify", 1],
    ["a command behind a sentence", "Thanks.\n\n/migrate-approve backup taken on Monday", 1],
    ["a sentence about a command", "Did you try /migrate-verify?", 0],
    ["another bot's command", "/deploy", 0],
    ["a quoted command", "> /migrate-verify", 0],
  ])("that is %s gives %j: %i", (_name, body, count) => {
    const ann = peer.person("ann");
    const pull = ann.openPull(repository, { "db/6_f.sql": "SELECT 6;" });
    const jobs = jobsAfter(() => ann.comment(repository, pull, body));
    expect(jobs).toHaveLength(count);
    for (const job of jobs)
      expect(job).toMatchObject({ kind: "command", sender: "ann", text: body });
  });

  it("that is edited is no command", () => {
    const ann = peer.person("ann");
    const pull = ann.openPull(repository, { "db/7_g.sql": "SELECT 7;" });
    const comment = ann.comment(repository, pull, "hello");
    expect(jobsAfter(() => ann.edit(repository, comment, "/migrate-approve backup"))).toEqual([]);
  });

  it("of the App that a person edits is a tick by that person", () => {
    const pull = peer.person("ann").openPull(repository, { "db/8_h.sql": "SELECT 8;" });
    const { bot } = peer.state.app;
    const comment = peer.person("ann").comment(repository, pull, CHECKLIST);
    Object.assign(comment, { user: bot });
    const jobs = jobsAfter(() => peer.person("mia").tick(repository, comment, "backup"));
    expect(jobs).toEqual([
      {
        kind: "tick",
        repo: { owner: "acme", name: "shop", installation: repository.installation },
        pull: pull.number,
        comment: comment.id,
        sender: "mia",
        before: CHECKLIST,
        after: CHECKLIST.replace("[ ]", "[x]"),
      },
    ]);
  });

  it("of the App that the App edits is nothing: it would answer itself for ever", () => {
    const pull = peer.person("ann").openPull(repository, { "db/9_i.sql": "SELECT 9;" });
    const { bot } = peer.state.app;
    const comment = peer.person("ann").comment(repository, pull, CHECKLIST);
    Object.assign(comment, { user: bot });
    const jobs = jobsAfter(() => peer.state.editComment(repository, comment, "new", bot));
    expect(jobs).toEqual([]);
  });

  it("of a bot is no command", () => {
    const pull = peer.person("ann").openPull(repository, { "db/10_j.sql": "SELECT 10;" });
    peer.person("ann").comment(repository, pull, "/migrate-help");
    const { payload } = peer.events.at(-1)!;
    const byBot = { ...payload, sender: { ...(payload["sender"] as object), type: "Bot" } };
    expect(jobsOf({ id: "b", name: "issue_comment", payload: byBot })).toEqual([]);
  });
});

interface Example {
  readonly name: string;
  readonly examples: readonly { readonly action?: string }[];
}

const EXAMPLES = createRequire(import.meta.url)("@octokit/webhooks-examples") as {
  readonly default?: readonly Example[];
} & readonly Example[];

describe("GitHub's own examples of deliveries", () => {
  const all = (EXAMPLES.default ?? EXAMPLES).flatMap(({ name, examples }) =>
    examples.map((payload, index) => ({ name, payload, index })),
  );

  it("are jobs or nothing, and never a failure", () => {
    expect(all.length).toBeGreaterThan(150);
    const kinds = new Map<string, string>();
    for (const { name, payload, index } of all) {
      for (const { job, key } of jobsOf({ id: `${name}-${index}`, name, payload })) {
        kinds.set(`${name}.${payload.action ?? ""}`, job.kind);
        expect(key).toMatch(/^[\w.-]+\/[\w.-]+([#@]\w+)?$/);
      }
    }
    expect(Object.fromEntries(kinds)).toMatchObject({
      "pull_request.opened": "review",
      "pull_request.reopened": "review",
      "pull_request.ready_for_review": "review",
      "check_run.rerequested": "rerun",
      "check_run.requested_action": "rerun",
      "check_suite.rerequested": "rerun",
      "installation.created": "sweep",
      "installation_repositories.added": "sweep",
    });
  });

  it("ask for nothing but on the App's events", () => {
    const known = new Set([
      ...EVENTS.map(({ name }) => name),
      "installation",
      "installation_repositories",
    ]);
    const others = all.filter(({ name }) => !known.has(name));
    expect(others.length).toBeGreaterThan(50);
    for (const { name, payload } of others) expect(jobsOf({ id: "x", name, payload })).toEqual([]);
  });
});
