import { symlinkSync } from "node:fs";
import { join } from "node:path";
import {
  afterAll,
  afterEach,
  beforeAll,
  beforeEach,
  describe,
  expect,
  it,
  jest,
} from "@jest/globals";
import { HAS_GIT } from "../git/temporary-folder.ts";
import { GitHubPeer } from "../github/peer/github-peer.ts";
import type { Pull, Repository } from "../github/peer/repository.ts";
import { Runner } from "./program.ts";

jest.setTimeout(180_000);

const describeWithGit = HAS_GIT ? describe : describe.skip;

const HISTORY = {
  "db/migrations/1_users.up.sql": "CREATE TABLE users (id bigint PRIMARY KEY, name text);\n",
  "db/migrations/1_users.down.sql": "DROP TABLE users;\n",
};

const BAD = {
  "db/migrations/2_index.up.sql": "CREATE INDEX users_name ON users (name);\n",
  "db/migrations/2_index.down.sql": "DROP INDEX users_name;\n",
};

const DESTRUCTIVE = {
  "db/migrations/2_drop.up.sql": "ALTER TABLE users DROP COLUMN name;\n",
  "db/migrations/2_drop.down.sql": "ALTER TABLE users ADD COLUMN name text;\n",
};

const WRITES = { contents: "read", pull_requests: "write", actions: "write" } as const;
const READS = { contents: "read", pull_requests: "read" } as const;

describeWithGit("the Action in the workflows that follow a pull request's own", () => {
  let peer: GitHubPeer;
  let repository: Repository;
  let runner: Runner;
  let count = 0;

  beforeAll(async () => {
    peer = await GitHubPeer.start();
  });

  afterAll(async () => {
    await peer[Symbol.asyncDispose]();
  });

  beforeEach(() => {
    count += 1;
    repository = peer.repository(`acme/follow${count}`, HISTORY);
    runner = new Runner(peer, repository);
  });

  afterEach(() => runner[Symbol.dispose]());

  function run(name: string, token: string, inputs: Record<string, string> = {}, id?: number) {
    const event = peer.events.findLast((one) => one.event === name);
    if (event === undefined) throw new Error(`no ${name}`);
    return runner.run({ event, token, inputs, ...(id === undefined ? {} : { run: id }) });
  }

  function forked(files: Record<string, string>): Pull {
    const fork = peer.fork(repository, "eve");
    return peer.person("eve").openPull(repository, files, { fork });
  }

  function post(report: string) {
    return run("workflow_run", peer.actionsToken(WRITES), { report });
  }

  function commentOf(pull: Pull) {
    const [comment, ...others] = repository.commentsOn(pull.number);
    expect(others).toEqual([]);
    return comment;
  }

  it("posts for a fork what its own workflow found, on the pull request of the run's commit", async () => {
    const pull = forked(BAD);
    const first = await run("pull_request", peer.actionsToken(READS), { engine: "pglite" });
    expect(first.status).toBe(1);
    expect(repository.comments).toEqual([]);
    peer.person("eve").workflowRan(repository, pull);
    const { status, stdout } = await post(first.outputs["report-json"] ?? "");
    expect({ status, stdout }).toMatchObject({
      status: 0,
      stdout: expect.stringContaining("Posted the report on #1."),
    });
    expect(commentOf(pull)).toMatchObject({ user: { login: "github-actions[bot]" } });
    expect(commentOf(pull)?.body).toContain("require-concurrent-index");
    expect(commentOf(pull)?.body).not.toContain("does not tell how it ran");
  });

  it("believes a forged report nothing but how migrations ran", async () => {
    const pull = forked(DESTRUCTIVE);
    const { outputs } = await run("pull_request", peer.actionsToken(READS), { command: "lint" });
    const report = JSON.parse(runner.read("migrate-verify.json")) as object;
    const path = runner.write(
      "forged.json",
      JSON.stringify({ ...report, verdict: "pass", projects: [], unverified: [] }),
    );
    expect(outputs["verdict"]).toBeDefined();
    peer.person("eve").workflowRan(repository, pull);
    expect((await post(path)).status).toBe(0);
    const body = commentOf(pull)?.body ?? "";
    expect(body).toContain("❌");
    expect(body).toContain("does not tell how it ran");
    expect(body).toContain("<!-- gate:backup -->");
  });

  it.each([
    ["no JSON", "{", "it is not JSON"],
    ["another document", '{"hello": "world"}', "is not a report of this version"],
    ["a report that lacks most of itself", '{"version": 1, "verdict": "## ✅"}', "is not a report"],
  ])("posts nothing of %s", async (_, text, words) => {
    const pull = forked(BAD);
    peer.person("eve").workflowRan(repository, pull);
    const { status, stdout } = await post(runner.write("report.json", text));
    expect({ status, stdout }).toMatchObject({ status: 1, stdout: expect.stringContaining(words) });
    expect(repository.comments).toEqual([]);
  });

  it("posts nothing of a link, wherever it leads", async () => {
    const pull = forked(BAD);
    await run("pull_request", peer.actionsToken(READS), { command: "lint" });
    peer.person("eve").workflowRan(repository, pull);
    const link = join(runner.folder, "link.json");
    symlinkSync(join(runner.folder, "migrate-verify.json"), link);
    const { status, stdout } = await post(link);
    expect({ status, stdout }).toMatchObject({
      status: 1,
      stdout: expect.stringContaining("is no report: it is not a file of its own"),
    });
    expect(repository.comments).toEqual([]);
  });

  it("posts nothing once the pull request has a newer head", async () => {
    const pull = forked(BAD);
    await run("pull_request", peer.actionsToken(READS), { command: "lint" });
    peer.person("eve").workflowRan(repository, pull);
    peer.person("eve").push(repository, pull, { "README.md": "Moved on.\n" });
    const { status, stdout } = await post(`${runner.folder}/migrate-verify.json`);
    expect({ status, stdout }).toMatchObject({
      status: 0,
      stdout: expect.stringContaining("Nothing to post"),
    });
    expect(repository.comments).toEqual([]);
  });

  it("answers a command in a comment, and asks nothing for a comment without one", async () => {
    const alice = peer.person("alice");
    const pull = alice.openPull(repository, BAD);
    const asked = alice.comment(repository, pull, "/migrate-explain require-concurrent-index");
    expect((await run("issue_comment", peer.actionsToken(WRITES))).status).toBe(0);
    expect(asked.reactions.map(({ content }) => content)).toEqual(["eyes", "+1"]);
    expect(repository.comments.at(-1)?.body).toContain("require-concurrent-index");
    alice.comment(repository, pull, "Looks good to me.");
    peer.forgetRequests();
    expect((await run("issue_comment", peer.actionsToken(WRITES))).status).toBe(0);
    expect(peer.requests).toEqual([]);
  });

  it("reviews again when asked, and lets the pull request's own run start again", async () => {
    const alice = peer.person("alice");
    const pull = alice.openPull(repository, BAD);
    const { id } = alice.workflowRan(repository, pull);
    await run("pull_request", peer.actionsToken(WRITES), { command: "lint" }, id);
    alice.comment(repository, pull, "/migrate-verify");
    expect(
      (await run("issue_comment", peer.actionsToken(WRITES), { engine: "pglite" })).status,
    ).toBe(0);
    expect(repository.runs[0]?.reruns).toBe(1);
    expect(repository.comments.at(-1)?.body).toContain("❌");
  });

  it("records a maintainer's ticks and puts an outsider's back; then the run passes", async () => {
    repository.roles.set("mia", "write");
    const alice = peer.person("alice");
    const pull = alice.openPull(repository, DESTRUCTIVE);
    const { id } = alice.workflowRan(repository, pull);
    const inputs = { command: "lint", "fail-on": "never" };
    const first = await run("pull_request", peer.actionsToken(WRITES), inputs, id);
    expect(first.outputs["verdict"]).toBe("waiting");
    expect(first.status).toBe(1);
    const comment = commentOf(pull);
    if (comment === undefined) throw new Error("no comment");

    peer.person("eve").tick(repository, comment, "<!-- gate:backup -->");
    await run("issue_comment", peer.actionsToken(WRITES), inputs);
    expect(comment.body).toMatch(/- \[ \] .*<!-- gate:backup -->/);
    expect(comment.body).toContain("Put back: eve");
    expect(repository.runs[0]?.reruns).toBe(0);

    for (const gate of ["backup", "destructive"]) {
      peer.person("mia").tick(repository, comment, `<!-- gate:${gate} -->`);
      await run("issue_comment", peer.actionsToken(WRITES), inputs);
    }
    expect(comment.body).toMatch(/- \[x\] .*<!-- gate:destructive -->/);
    expect(repository.runs[0]?.reruns).toBe(2);

    const again = await run("pull_request", peer.actionsToken(READS), inputs, id);
    expect(again.outputs["verdict"]).toBe("pass");
    expect(again.status).toBe(0);
  });
});
