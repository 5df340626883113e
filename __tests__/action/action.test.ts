import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from "@jest/globals";
import { execFileSync } from "node:child_process";
import { HAS_GIT, TemporaryFolder } from "../git/temporary-folder.ts";
import { GitHubPeer } from "../github/peer/github-peer.ts";
import type { Pull, Repository } from "../github/peer/repository.ts";
import { type ActionOptions, Runner } from "./program.ts";

jest.setTimeout(180_000);

const describeWithGit = HAS_GIT ? describe : describe.skip;

const HISTORY = {
  "db/migrations/1_users.up.sql": "CREATE TABLE users (id bigint PRIMARY KEY, name text);\n",
  "db/migrations/1_users.down.sql": "DROP TABLE users;\n",
  "README.md": "A shop.\n",
};

const BAD = {
  "db/migrations/2_index.up.sql": "CREATE INDEX users_name ON users (name);\n",
  "db/migrations/2_index.down.sql": "DROP INDEX users_name;\n",
};

const GOOD = {
  "db/migrations/2_orders.up.sql": "CREATE TABLE orders (id bigint PRIMARY KEY);\n",
  "db/migrations/2_orders.down.sql": "DROP TABLE orders;\n",
};

/** What the workflow of eight lines grants. */
const WRITES = { contents: "read", pull_requests: "write" } as const;
const READS = { contents: "read", pull_requests: "read" } as const;

describeWithGit("the Action", () => {
  let peer: GitHubPeer;
  let repository: Repository;
  let count = 0;

  beforeAll(async () => {
    peer = await GitHubPeer.start();
  });

  afterAll(async () => {
    await peer[Symbol.asyncDispose]();
  });

  beforeEach(() => {
    count += 1;
    repository = peer.repository(`acme/shop${count}`, HISTORY);
    peer.forgetRequests();
  });

  function open(files: Record<string, string | null>): Pull {
    return peer.person("alice").openPull(repository, files);
  }

  function lastEvent(name: string) {
    const found = peer.events.findLast(({ event }) => event === name);
    if (found === undefined) throw new Error(`no ${name}`);
    return found;
  }

  /** Most of these need no database: it takes most of the time. */
  async function run(options: Partial<ActionOptions> = {}) {
    using runner = new Runner(peer, repository);
    const ended = await runner.run({
      event: lastEvent("pull_request"),
      token: peer.actionsToken(WRITES),
      ...options,
      inputs: { command: "lint", ...options.inputs },
    });
    return { ...ended, report: ended.outputs["report-json"] === undefined ? undefined : "written" };
  }

  it("fails a bad migration without a checkout: annotations, summary, comment, outputs", async () => {
    const pull = open(BAD);
    using runner = new Runner(peer, repository);
    const { status, stdout, outputs, summary } = await runner.run({
      event: lastEvent("pull_request"),
      token: peer.actionsToken(WRITES),
    });
    expect({ status, stdout }).toMatchObject({
      status: 1,
      stdout: expect.stringContaining(
        "::error file=db/migrations/2_index.up.sql,line=1,endLine=1,",
      ),
    });
    expect(outputs).toMatchObject({ verdict: "fail", errors: "1" });
    expect(JSON.parse(runner.read("migrate-verify.json"))).toMatchObject({ verdict: "fail" });
    expect(JSON.parse(runner.read("migrate-verify.sarif"))).toMatchObject({ version: "2.1.0" });
    expect(summary).toContain("require-concurrent-index");
    const [comment, ...others] = repository.commentsOn(pull.number);
    expect(others).toEqual([]);
    expect(comment).toMatchObject({ user: { login: "github-actions[bot]" } });
    expect(comment?.body).toContain("require-concurrent-index");
    // A check run of GITHUB_TOKEN would land in the suite of another workflow: the job is the check.
    expect(repository.checks).toEqual([]);
  });

  it("passes a good one, and verifies it", async () => {
    const pull = open(GOOD);
    const { status, outputs } = await run({ inputs: { command: "check", engine: "pglite" } });
    expect(outputs).toMatchObject({ verdict: "pass", errors: "0" });
    expect(status).toBe(0);
    expect(repository.commentsOn(pull.number)[0]?.body).toContain("✅");
  });

  it("logs what the database contradicts, as ours to mend", async () => {
    open({
      // The column is there, which no text says: nothing is written anew.
      "db/migrations/2_token.up.sql":
        "DO $$ BEGIN EXECUTE 'ALTER TABLE us' || 'ers ADD COLUMN token uuid'; END $$;\n",
      "db/migrations/2_token.down.sql": "ALTER TABLE users DROP COLUMN IF EXISTS token;\n",
      "db/migrations/3_token.up.sql":
        "ALTER TABLE users ADD COLUMN IF NOT EXISTS token uuid DEFAULT gen_random_uuid();\n",
      "db/migrations/3_token.down.sql": "-- migrate-verify: irreversible it was there\n",
    });
    const { stdout } = await run({ inputs: { command: "check", engine: "pglite" } });
    expect(stdout).toMatch(
      /^The database contradicted no-volatile-default at db\/migrations\/3_token\.up\.sql:1: .* did not write it anew.*this is ours to mend\.$/m,
    );
  });

  it("logs a rule that throws with its stack, in which no line is a command", async () => {
    open(GOOD);
    using runner = new Runner(peer, repository);
    const rules = runner.write(
      "rules.mjs",
      'export default {id: "a-b", summary: "x", severity: "info", checks: {"create-table"() { throw new Error("mine\\n::error::yours"); }}};',
    );
    const { status, stdout } = await runner.run({
      event: lastEvent("pull_request"),
      token: peer.actionsToken(WRITES),
      inputs: { command: "lint", rules },
    });
    expect(stdout).toMatch(
      /^The rule a-b stopped with an error of its own at db\/migrations\/2_orders\.up\.sql:1; .*\n\| Error: mine\n\| ::error::yours\n\| +at create-table /m,
    );
    expect(status).toBe(1);
  });

  it("says that no migration changed, and writes no comment", async () => {
    const pull = open({ "README.md": "A better shop.\n" });
    const { status, stdout } = await run();
    expect({ status, stdout }).toMatchObject({
      status: 0,
      stdout: expect.stringContaining("No migration changed"),
    });
    expect(repository.commentsOn(pull.number)).toEqual([]);
  });

  it.each([
    ["a good one", GOOD, "pass"],
    ["a bad one", BAD, "fail"],
  ])(
    "gives %s the same verdict with a fork's token, and says what it could not do",
    async (_, files, verdict) => {
      const fork = peer.fork(repository, "eve");
      peer.person("eve").openPull(repository, files, { fork });
      const { status, stdout, outputs, summary } = await run({ token: peer.actionsToken(READS) });
      expect(outputs["verdict"]).toBe(verdict);
      expect(status).toBe(verdict === "pass" ? 0 : 1);
      expect(stdout).toContain(
        "::warning title=migrate-verify::No comment: the token may not write",
      );
      expect(summary).toContain("No comment: the token may not write");
      expect(repository.comments).toEqual([]);
    },
  );

  it("reads a whole checkout without asking GitHub for contents, and a shallow one through GitHub, to the same end", async () => {
    const pull = open(BAD);
    const merge = repository.store.ref(`refs/pull/${pull.number}/merge`);
    const checkOut = (folder: TemporaryFolder, ...depth: string[]) => {
      const git = (...args: string[]) => execFileSync("git", args, { cwd: folder.root });
      git("init", "--quiet");
      git("fetch", "--quiet", ...depth, `file://${repository.store.folder}`, `+${merge}:pull`);
      git("checkout", "--quiet", "--detach", "pull");
    };
    using whole = new TemporaryFolder();
    checkOut(whole);
    using shallow = new TemporaryFolder();
    checkOut(shallow, "--depth=1");
    const runs = [];
    for (const workspace of [whole.root, shallow.root]) {
      peer.forgetRequests();
      const { stdout, outputs } = await run({ workspace, sha: merge ?? "" });
      const asked = peer.count("GET", "/git/trees/") > 0;
      runs.push({
        asked,
        errors: outputs["errors"],
        annotation: /^::error file=.*$/m.exec(stdout)?.[0],
      });
    }
    expect(runs).toEqual([
      {
        asked: false,
        errors: "1",
        annotation: expect.stringContaining("require-concurrent-index"),
      },
      { asked: true, errors: "1", annotation: runs[0]?.annotation },
    ]);
  });

  it("is not misled by a checkout of the base branch, which pull_request_target gives", async () => {
    open(BAD);
    using workspace = new TemporaryFolder();
    execFileSync("git", ["clone", "--quiet", repository.store.folder, workspace.root]);
    const { payload } = lastEvent("pull_request");
    const { status } = await run({
      event: { event: "pull_request_target", payload },
      workspace: workspace.root,
      sha: repository.branch("main") ?? "",
    });
    expect(status).toBe(1);
  });

  it("takes the configuration from the base branch, also in a checkout", async () => {
    const off = "rules:\n  require-concurrent-index: { severity: off, reason: mine }\n";
    const pull = open({ ...BAD, "migrate-verify.yml": off });
    const merge = repository.store.ref(`refs/pull/${pull.number}/merge`) ?? "";
    using workspace = new TemporaryFolder();
    execFileSync("git", ["clone", "--quiet", repository.store.folder, workspace.root]);
    execFileSync("git", ["checkout", "--quiet", merge], { cwd: workspace.root });
    for (const options of [{}, { workspace: workspace.root, sha: merge }]) {
      expect((await run(options)).outputs).toMatchObject({ verdict: "fail", errors: "1" });
    }
  });

  it("checks the members of a merge group against each other", async () => {
    const alice = peer.person("alice");
    const pulls = ["orders", "lines"].map((table) =>
      alice.openPull(repository, {
        [`db/migrations/2_${table}.up.sql`]: `CREATE TABLE ${table} (id bigint PRIMARY KEY);\n`,
        [`db/migrations/2_${table}.down.sql`]: `DROP TABLE ${table};\n`,
      }),
    );
    alice.queue(repository, pulls);
    const { status, stdout } = await run({ event: lastEvent("merge_group") });
    expect({ status, stdout }).toMatchObject({
      status: 1,
      stdout: expect.stringContaining("no-duplicate-version"),
    });
    const narrowed = { command: "lint", paths: "elsewhere" };
    const { outputs } = await run({ event: lastEvent("merge_group"), inputs: narrowed });
    expect(outputs).toMatchObject({ verdict: "pass", errors: "0" });
  });

  it("fails for an event that names no change, rather than be green over nothing", async () => {
    const event = { event: "workflow_dispatch", payload: { action: "" } };
    const { status, stdout } = await run({ event });
    expect({ status, stdout }).toMatchObject({
      status: 1,
      stdout: expect.stringContaining("names no change that could be reviewed"),
    });
  });

  it.each([500, 403, 404])(
    "fails when GitHub answers %i to what it has to read",
    async (status) => {
      open(GOOD);
      const mend = peer.fault({ path: "/git/trees/", status, times: 100 });
      const { status: ended, stdout } = await run();
      mend();
      expect(ended).toBe(1);
      expect(stdout).toContain(`GitHub answered ${status}`);
    },
  );

  it("waits as long as GitHub asks when it is asked too often", async () => {
    const pull = open(GOOD);
    peer.fault({
      method: "POST",
      path: /\/comments$/,
      status: 429,
      headers: { "retry-after": "1" },
    });
    expect((await run()).status).toBe(0);
    expect(repository.commentsOn(pull.number)).toHaveLength(1);
  });

  it("writes the same comment again after a push, and only when it changed", async () => {
    const pull = open(BAD);
    await run();
    peer.person("alice").push(repository, pull, {
      "db/migrations/2_index.up.sql": null,
      "db/migrations/2_index.down.sql": null,
      ...GOOD,
    });
    expect((await run()).status).toBe(0);
    expect(repository.commentsOn(pull.number)).toHaveLength(1);
    expect(repository.commentsOn(pull.number)[0]?.edits).toBe(1);
  });

  it.each([
    ["db/migrations/2_{a}?*[b].up.sql"],
    ["db/migrations/2_$(touch x);`id`.up.sql"],
    ["db/migrations/2_a%0A::warning::b.up.sql"],
  ])("reads the file %j, whatever its name means to others", async (path) => {
    open({ [path]: "CREATE INDEX users_name ON users (name);\n" });
    const { status, outputs, stdout } = await run();
    expect({ status, errors: outputs["errors"] }).toEqual({ status: 1, errors: "1" });
    expect(stdout).not.toMatch(/^::warning::b/m);
  });

  it("does not look at the package.json of the repository that it checks", async () => {
    open(GOOD);
    using workspace = new TemporaryFolder();
    workspace.write("package.json", '{ "version": "99.0.0", "type": "commonjs" }');
    expect((await run({ workspace: workspace.root })).status).toBe(0);
  });

  it("never prints the password of a database", async () => {
    open(GOOD);
    const url = "postgres://me:hunter2secret@127.0.0.1:1/x";
    const { status, stdout, summary } = await run({
      inputs: { command: "check", engine: "postgres", "database-url": url },
    });
    expect(status).toBe(1);
    expect(stdout.replaceAll(/^::add-mask::.*$/gm, "") + summary).not.toContain("hunter2secret");
  });

  it("keeps its summary within a megabyte and its comment within GitHub's limit for 300 migrations", async () => {
    const files: Record<string, string> = {};
    for (let index = 2; index < 302; index += 1) {
      files[`db/migrations/${index}_i.up.sql`] = `CREATE INDEX i${index} ON users (name);\n`;
    }
    const pull = open(files);
    const { status, summary, outputs } = await run();
    expect(status).toBe(1);
    expect(outputs["errors"]).toBe("300");
    expect(Buffer.byteLength(summary)).toBeLessThan(1024 * 1024);
    expect(repository.commentsOn(pull.number)[0]?.body.length).toBeLessThanOrEqual(65_536);
  });

  it.each([
    ["fail-on", "sometimes", "The input fail-on does not know"],
    ["engine", "mysql", "The input engine does not know"],
    ["postgres-version", "8", "The input postgres-version does not know"],
    ["comment", "yes", "The input comment does not know"],
  ])("refuses the input %s: %s", async (name, value, words) => {
    open(GOOD);
    const { status, stdout } = await run({ inputs: { [name]: value } });
    expect({ status, stdout }).toMatchObject({ status: 1, stdout: expect.stringContaining(words) });
  });

  it("says why it fails outside of a workflow", async () => {
    using runner = new Runner(peer, repository);
    const event = { event: "", payload: { action: "" } };
    const { status, stdout } = await runner.run({ event, token: "" });
    expect({ status, stdout }).toMatchObject({ status: 1 });
  });
});
