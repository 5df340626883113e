import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from "@jest/globals";
import { Octokit } from "@octokit/core";
import { ContentCache } from "../../../src/github/contents/content-cache.ts";
import { openApiChange } from "../../../src/github/contents/api-change.ts";
import { detectProjects } from "../../../src/sources/detect.ts";
import { openChange } from "../../../src/git/change-set.ts";
import { HAS_GIT, TemporaryFolder } from "../../git/temporary-folder.ts";
import { GitHubPeer } from "../peer/github-peer.ts";
import type { Pull, Repository } from "../peer/repository.ts";
import { execFileSync } from "node:child_process";

jest.setTimeout(60_000);

function compared(pull: Pull) {
  return { base: pull.base.sha, baseName: pull.base.branch, head: pull.head.sha };
}

const describeWithGit = HAS_GIT ? describe : describe.skip;

describeWithGit("a change read through GitHub's API", () => {
  let peer: GitHubPeer;

  beforeAll(async () => {
    peer = await GitHubPeer.start();
  });

  afterAll(async () => {
    await peer[Symbol.asyncDispose]();
  });

  beforeEach(() => peer.forgetRequests());

  function reader(repository: Repository, cache = new ContentCache()) {
    const octokit = new Octokit({ auth: peer.appToken(repository), baseUrl: peer.url });
    const repo = { owner: repository.owner.login, name: repository.name };
    return { octokit, repo, cache };
  }

  async function read(repository: Repository, pull: Pull, cache = new ContentCache()) {
    const change = await openApiChange(reader(repository, cache), compared(pull));
    const detected = await change.files.settled(() =>
      detectProjects(change.files, [], change.changes),
    );
    return { change, projects: detected.projects };
  }

  it("is the same that a checkout of the merged commit gives", async () => {
    const repository = peer.repository("acme/same", {
      "db/migrations/1_a.up.sql": "CREATE TABLE a (id bigint);\n",
      "db/migrations/1_a.down.sql": "DROP TABLE a;\n",
      "db/migrations/2_b.up.sql": "CREATE TABLE b (id bigint, é text);\n",
      "db/migrations/2_b.down.sql": "DROP TABLE b;\n",
      "old.txt": "a long text that is moved as it is\nsecond line\n",
      "README.md": "Hi\n",
    });
    const pull = peer.person("alice").openPull(repository, {
      "db/migrations/3_c.up.sql": "CREATE TABLE c (id bigint);\n",
      "db/migrations/2_b.up.sql": "CREATE TABLE b (id bigint, é text, edited int);\n",
      "db/migrations/1_a.down.sql": null,
      "old.txt": null,
      "new.txt": "a long text that is moved as it is\nsecond line\n",
    });
    peer.person("bob").pushToBase(repository, {
      "db/migrations/3_other.up.sql": "CREATE TABLE other (id bigint);\n",
    });
    const { change, projects } = await read(repository, pull);

    using folder = new TemporaryFolder();
    const git = (...args: string[]) => execFileSync("git", args, { cwd: folder.root });
    git("clone", "--quiet", repository.store.folder, ".");
    git("fetch", "--quiet", "origin", `refs/pull/${pull.number}/merge`);
    git("checkout", "--quiet", "FETCH_HEAD");
    const local = await openChange(folder.root, { all: false, baseBranch: "main" });

    expect(change.files.paths).toEqual(local.files.paths);
    expect(Object.fromEntries(change.changes)).toEqual(Object.fromEntries(local.changes));
    expect(projects).toEqual(detectProjects(local.files, [], local.changes).projects);
    expect(projects[0]?.migrations.map(({ id }) => id)).toEqual(["1_a", "2_b", "3_c", "3_other"]);
  });

  it("takes a few dozen requests for 1,000 migrations, and almost none the second time", async () => {
    const files: Record<string, string> = {};
    for (let version = 1; version <= 1000; version += 1) {
      files[`db/migrations/${version}_t.up.sql`] = `CREATE TABLE t${version} (id bigint);\n`;
      files[`db/migrations/${version}_t.down.sql`] = `DROP TABLE t${version};\n`;
    }
    const repository = peer.repository("acme/large", files);
    const alice = peer.person("alice");
    const pull = alice.openPull(repository, { "db/migrations/1001_t.up.sql": "SELECT 1;\n" });
    const cache = new ContentCache();
    const { projects } = await read(repository, pull, cache);
    expect(projects[0]?.migrations).toHaveLength(1001);
    expect(peer.requests.length).toBeLessThanOrEqual(24);

    peer.forgetRequests();
    alice.push(repository, pull, { "db/migrations/1001_t.up.sql": "SELECT 2;\n" });
    await read(repository, pull, cache);
    // A comparison, the new tree, and the one new text.
    expect(peer.requests.map(({ path }) => path.replace(/\?.*|[0-9a-f.]{40,}/g, ""))).toEqual([
      expect.stringContaining("/compare/"),
      expect.stringContaining("/git/trees/"),
      "/graphql",
    ]);
  });

  it("asks only for what tells projects apart when no migration changed, and for nothing the next time", async () => {
    const repository = peer.repository("acme/quiet", {
      "db/migrations/1_a.up.sql": "CREATE TABLE a (id bigint);\n",
      "README.md": "Hi\n",
    });
    const alice = peer.person("alice");
    const pull = alice.openPull(repository, { "README.md": "Hello\n" });
    const cache = new ContentCache();
    expect((await read(repository, pull, cache)).projects).toEqual([]);
    expect(peer.count("POST", "/graphql")).toBeLessThanOrEqual(2);
    peer.forgetRequests();
    alice.push(repository, pull, { "README.md": "Hello there\n" });
    await read(repository, pull, cache);
    expect(peer.count("POST", "/graphql")).toBe(0);
    expect(peer.requests).toHaveLength(2);
  });

  it("reads a tree that GitHub cuts folder by folder", async () => {
    const repository = peer.repository("acme/cut", {
      "a/1.txt": "1",
      "a/2.txt": "2",
      "b/c/3.txt": "3",
      "b/node_modules/x/4.txt": "4",
      "top.txt": "5",
    });
    peer.state.limits.treeEntries = 4;
    const pull = peer.person("alice").openPull(repository, { "a/9.txt": "9" });
    const { change } = await read(repository, pull);
    delete peer.state.limits.treeEntries;
    expect(change.files.paths).toEqual(["a/1.txt", "a/2.txt", "a/9.txt", "b/c/3.txt", "top.txt"]);
    expect([...change.changes]).toEqual([["a/9.txt", "added"]]);
  });

  it("takes bytes that GraphQL does not give as they are through REST, and says what is no text", async () => {
    const long = `-- ${"x".repeat(600_000)}\n`;
    const texts = {
      "db/migrations/1_bom.up.sql": "\uFEFFSELECT 1;\n",
      "db/migrations/2_latin.up.sql": Buffer.from("SELECT 'caf\xe9';\n", "latin1"),
      "db/migrations/3_nul.up.sql": "SELECT '\0';\n",
      "db/migrations/4_long.up.sql": long,
      "db/migrations/5_empty.up.sql": "",
    };
    const repository = peer.repository("acme/odd", { "README.md": "Hi\n" });
    const pull = peer.person("alice").openPull(repository, texts);
    const change = await openApiChange(reader(repository), compared(pull));
    const given = await change.files.settled(() =>
      Object.keys(texts).map((path) => change.files.text(path)),
    );
    expect(given).toEqual([
      { text: "SELECT 1;\n" },
      { unreadable: "not-utf8", reason: "it is not UTF-8" },
      { unreadable: "nul-byte", reason: "it holds a NUL byte, so it is not text" },
      { text: long },
      { text: "" },
    ]);
  });

  it("reads the head of a fork through the base repository", async () => {
    const repository = peer.repository("acme/forked", {
      "db/migrations/1_a.up.sql": "SELECT 1;\n",
    });
    const fork = peer.fork(repository, "eve");
    const pull = peer
      .person("eve")
      .openPull(repository, { "db/migrations/2_b.up.sql": "SELECT 2;\n" }, { fork });
    const { projects } = await read(repository, pull);
    expect(projects[0]?.migrations.map(({ id }) => id)).toEqual(["1_a", "2_b"]);
    expect(peer.requests.every(({ path }) => !path.includes("/eve/"))).toBe(true);
  });

  it("tells commits without a common history as what the user can mend", async () => {
    const repository = peer.repository("acme/orphan", { "README.md": "Hi\n" });
    const orphan = repository.store.commit("refs/heads/orphan", { "x.txt": "x" });
    const base = repository.branch("main") ?? "";
    await expect(
      openApiChange(reader(repository), { base, baseName: "main", head: orphan }),
    ).rejects.toThrow("have no common history that GitHub knows");
  });
});
