import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from "@jest/globals";
import { reviewPull } from "../../src/github/review-pull.ts";
import type { ReviewJob } from "../../src/github/job.ts";
import { isolatedEngine } from "../../src/database/isolated-engine.ts";
import { testEngine } from "../engine.ts";
import { HAS_GIT } from "../git/temporary-folder.ts";
import { appOctokit, appTools } from "./app-tools.ts";
import { GitHubPeer } from "./peer/github-peer.ts";
import type { Pull, Repository } from "./peer/repository.ts";

jest.setTimeout(120_000);

const describeWithGit = HAS_GIT ? describe : describe.skip;

const HISTORY = {
  "db/migrations/1_users.up.sql": "CREATE TABLE users (id bigint PRIMARY KEY, name text);\n",
  "db/migrations/1_users.down.sql": "DROP TABLE users;\n",
  "README.md": "A shop.\n",
};

const GOOD = {
  "db/migrations/2_orders.up.sql": "CREATE TABLE orders (id bigint PRIMARY KEY);\n",
  "db/migrations/2_orders.down.sql": "DROP TABLE orders;\n",
};

const BAD = {
  "db/migrations/2_index.up.sql": "CREATE INDEX users_name ON users (name);\n",
  "db/migrations/2_index.down.sql": "DROP INDEX users_name;\n",
};

function djangoMigration(number: number, operations: string): string {
  const parent = number === 1 ? "" : `("shop", "000${number - 1}_step")`;
  return [
    "from django.db import migrations, models",
    "",
    "class Migration(migrations.Migration):",
    `    dependencies = [${parent}]`,
    `    operations = [${operations}]`,
    "",
  ].join("\n");
}

describeWithGit("the review of a pull request", () => {
  let peer: GitHubPeer;
  let count = 0;
  let repository: Repository;

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

  function jobOf(pull: Pull, changes: Partial<ReviewJob> = {}): ReviewJob {
    const repo = { owner: "acme", name: repository.name };
    return {
      kind: "review",
      repo,
      pull: pull.number,
      head: pull.head.sha,
      reason: "test",
      // The database takes most of the time; the tests of what it tells ask for it.
      mode: "lint",
      ...changes,
    };
  }

  function review(pull: Pull, changes: Partial<ReviewJob> = {}, tools = appTools()) {
    return reviewPull(appOctokit(peer, repository), jobOf(pull, changes), tools);
  }

  function open(files: Record<string, string | null>): Pull {
    return peer.person("alice").openPull(repository, files);
  }

  function checkOf(pull: Pull) {
    const check = repository.checksAt(pull.head.sha, "migrate-verify").at(-1);
    if (check === undefined) throw new Error("no check");
    return check;
  }

  it("takes the check from queued to failed, with annotations, buttons and the comment", async () => {
    const pull = open(BAD);
    expect(await review(pull, { mode: "check" })).toMatchObject({
      done: "reviewed",
      outcome: { conclusion: "failure" },
    });
    const check = checkOf(pull);
    expect(check.states).toEqual(["queued", "in_progress", "failure"]);
    expect(check.title).toMatch(/^1 error/);
    expect(check.annotations).toContainEqual(
      expect.objectContaining({
        path: "db/migrations/2_index.up.sql",
        start_line: 1,
        annotation_level: "failure",
        title: "require-concurrent-index",
      }),
    );
    expect(check.actions.map(({ label, identifier }) => [label, identifier])).toEqual([
      ["Verify again", "verify"],
      ["Plan", "plan"],
    ]);
    expect(check.summary).toContain("require-concurrent-index");
    const [comment, ...others] = repository.commentsOn(pull.number);
    expect(others).toEqual([]);
    expect(comment).toMatchObject({ user: { login: "migrate-verify[bot]" } });
    expect(comment?.body).toContain("require-concurrent-index");
  });

  it("turns green on the same comment once the migration is mended, and links to the reviewed commit", async () => {
    const pull = open(BAD);
    const tools = appTools();
    await review(pull, {}, tools);
    peer.person("alice").push(repository, pull, {
      "db/migrations/2_index.up.sql": "CREATE INDEX CONCURRENTLY users_name ON users (name);\n",
      "db/migrations/2_index.down.sql": "DROP INDEX CONCURRENTLY users_name;\n",
    });
    expect(await review(pull, {}, tools)).toMatchObject({ outcome: { conclusion: "success" } });
    expect(checkOf(pull).conclusion).toBe("success");
    const [comment, ...others] = repository.commentsOn(pull.number);
    expect(others).toEqual([]);
    expect(comment?.edits).toBe(1);
    expect(comment?.body).toContain(`/blob/${pull.head.sha}/db/migrations/2_index.up.sql`);
  });

  it("reports success where no migration changed, without a comment and with few requests", async () => {
    const pull = open({ "README.md": "A better shop.\n" });
    expect(await review(pull)).toMatchObject({ outcome: { conclusion: "success" } });
    expect(checkOf(pull).title).toBe("No migration changed");
    expect(repository.commentsOn(pull.number)).toEqual([]);
    expect(peer.requests.length).toBeLessThanOrEqual(12);
  });

  it("edits the comment to say that nothing is left to check, and never deletes it", async () => {
    const pull = open(BAD);
    await review(pull);
    peer.person("alice").push(repository, pull, {
      "db/migrations/2_index.up.sql": null,
      "db/migrations/2_index.down.sql": null,
    });
    await review(pull);
    const [comment] = repository.commentsOn(pull.number);
    expect(comment?.body).toContain("no migration changed");
    expect(checkOf(pull).conclusion).toBe("success");
  });

  it("does not write an unchanged comment again, and leaves a completed check alone until asked again", async () => {
    const pull = open(GOOD);
    await review(pull);
    expect(await review(pull)).toMatchObject({ done: "checked" });
    await review(pull, { again: true });
    const [comment] = repository.commentsOn(pull.number);
    // The time that the run took is part of the text.
    expect(comment?.edits).toBeLessThanOrEqual(1);
    expect(repository.checksAt(pull.head.sha)).toHaveLength(2);
  });

  it("finds its comment behind a hundred others, and never takes another's with the same mark", async () => {
    const pull = open(GOOD);
    const eve = peer.person("eve");
    eve.comment(repository, pull, "<!-- migrate-verify AAAA -->\nAll is well, says eve.");
    for (let index = 0; index < 120; index += 1) eve.comment(repository, pull, `chatter ${index}`);
    await review(pull);
    await review(pull, { again: true });
    const ours = repository
      .commentsOn(pull.number)
      .filter(({ user }) => user.login === "migrate-verify[bot]");
    expect(ours).toHaveLength(1);
    expect(repository.commentsOn(pull.number)[0]?.body).toContain("says eve");
  });

  it("fails, and never says neutral, when a migration cannot be verified", async () => {
    const pull = open({ "db/migrations/2_odd.up.sql": "CREATE TABLE odd (\n" });
    expect(await review(pull)).toMatchObject({ outcome: { conclusion: "failure" } });
    const other = open({ "db/migrations/3_nul.up.sql": "SELECT '\0';\n" });
    await review(other);
    expect(checkOf(other)).toMatchObject({ conclusion: "failure" });
    expect(checkOf(other).title).toMatch(/^Could not verify: /);
  });

  it("takes the configuration from the base branch, and fails when that is wrong", async () => {
    const pull = open({
      ...BAD,
      "migrate-verify.yml": "rules:\n  require-concurrent-index: { severity: off, reason: mine }\n",
    });
    expect(await review(pull)).toMatchObject({ outcome: { conclusion: "failure" } });
    peer.person("bob").pushToBase(repository, { "migrate-verify.yml": "rulez: {}\n" });
    const other = open({ "README.md": "Anything.\n" });
    expect(await review(other)).toMatchObject({ outcome: { conclusion: "failure" } });
    expect(checkOf(other).title).toMatch(/^Could not verify: /);
    expect(checkOf(other).annotations[0]?.message).toContain("rulez");
  });

  it("sees what others merged meanwhile: two migrations of one number", async () => {
    const pull = open(GOOD);
    peer.person("bob").pushToBase(repository, {
      "db/migrations/2_other.up.sql": "CREATE TABLE other (id bigint PRIMARY KEY);\n",
      "db/migrations/2_other.down.sql": "DROP TABLE other;\n",
    });
    expect(await review(pull)).toMatchObject({ outcome: { conclusion: "failure" } });
    expect(checkOf(pull).summary).toContain("no-duplicate-version");
  });

  it("cancels its run and writes nothing when the head moves while it works", async () => {
    const pull = open(BAD);
    const old = pull.head.sha;
    const tools = appTools({
      loadParser: async () => {
        const { loadParser } = await import("../../src/parser/parse-script.ts");
        peer.person("alice").push(repository, pull, { "README.md": "Moved on.\n" });
        return loadParser();
      },
    });
    expect(await review(pull, {}, tools)).toEqual({ done: "superseded", head: old });
    expect(repository.checksAt(old).map(({ conclusion }) => conclusion)).toEqual(["cancelled"]);
    expect(repository.commentsOn(pull.number)).toEqual([]);
  });

  it("cancels its run when the queue stops it", async () => {
    const pull = open(BAD);
    const controller = new AbortController();
    const tools = appTools({
      signal: controller.signal,
      loadParser: async () => {
        controller.abort(new Error("a newer head"));
        const { loadParser } = await import("../../src/parser/parse-script.ts");
        return loadParser();
      },
    });
    await expect(review(pull, {}, tools)).rejects.toThrow("a newer head");
    expect(checkOf(pull).conclusion).toBe("cancelled");
  });

  it("goes on with the run that a crash left behind", async () => {
    const pull = open(GOOD);
    peer.fault({ method: "POST", path: /comments$/, drop: true });
    await expect(review(pull)).rejects.toThrow("Unknown Error");
    expect(checkOf(pull).status).toBe("in_progress");
    await review(pull);
    expect(repository.checksAt(pull.head.sha)).toHaveLength(1);
    expect(checkOf(pull).conclusion).toBe("success");
  });

  it.each([
    [403, "may not write comments"],
    [404, "gone"],
    [422, "refused the text"],
  ])(
    "keeps its verdict when GitHub answers %i to the comment, and says so",
    async (status, words) => {
      const pull = open(GOOD);
      peer.fault({ method: "POST", path: /\/comments$/, status });
      expect(await review(pull)).toMatchObject({ outcome: { conclusion: "success" } });
      expect(checkOf(pull).summary).toContain(words);
    },
  );

  it.each([429, 500, 502, 503])("throws on %i, so that it is tried again", async (status) => {
    const pull = open(GOOD);
    const headers = status === 429 ? { "retry-after": "1" } : {};
    peer.fault({ method: "POST", path: /\/comments$/, status, headers });
    await expect(review(pull)).rejects.toMatchObject({ status });
    await review(pull);
    expect(checkOf(pull).conclusion).toBe("success");
    expect(repository.commentsOn(pull.number)).toHaveLength(1);
  });

  it("reads Django's migrations from the API, and shows the SQL that they would send", async () => {
    const fields = '("id", models.BigAutoField(primary_key=True)), ("name", models.TextField())';
    repository = peer.repository(`acme/django${count}`, {
      "manage.py": "",
      "requirements.txt": "Django==5.2\n",
      "shop/__init__.py": "",
      "shop/migrations/__init__.py": "",
      "shop/migrations/0001_step.py": djangoMigration(
        1,
        `migrations.CreateModel("Order", [${fields}])`,
      ),
    });
    const index = 'migrations.AddIndex("order", models.Index(fields=["name"], name="order_name"))';
    const path = "shop/migrations/0002_step.py";
    const pull = open({ [path]: djangoMigration(2, index) });
    expect(await review(pull, { mode: "check" })).toMatchObject({
      outcome: { conclusion: "failure" },
    });
    const { annotations, summary } = checkOf(pull);
    expect(annotations).toContainEqual(
      expect.objectContaining({ path, start_line: 5, title: "require-concurrent-index" }),
    );
    expect(summary).toContain('CREATE INDEX "order_name" ON "shop_order" ("name")');
    expect(summary).toContain("up again");
  });

  it("appends annotations in batches of 50", async () => {
    const files: Record<string, string> = {};
    for (let number = 2; number < 72; number += 1) {
      files[`db/migrations/${number}_many.up.sql`] = `CREATE INDEX i${number} ON users (name);\n`;
      files[`db/migrations/${number}_many.down.sql`] = "SELECT 1;\n";
    }
    const pull = open(files);
    await review(pull);
    const { annotations } = checkOf(pull);
    expect(annotations.length).toBeGreaterThan(70);
    expect(new Set(annotations.map((one) => JSON.stringify(one))).size).toBe(annotations.length);
  });

  it("offers fixes as one review of suggestions on lines of the diff, and never twice", async () => {
    const pull = open(BAD);
    const tools = appTools();
    await review(pull, {}, tools);
    const [first] = repository.reviews;
    expect(repository.reviews).toHaveLength(1);
    expect(first?.comments[0]).toMatchObject({ path: "db/migrations/2_index.up.sql", line: 1 });
    expect(first?.comments[0]?.body).toContain(
      "```suggestion\nCREATE INDEX CONCURRENTLY users_name ON users (name);\n```",
    );
    peer.person("alice").push(repository, pull, {
      "db/migrations/2_index.up.sql": "-- a note above\nCREATE INDEX users_name ON users (name);\n",
    });
    await review(pull, {}, tools);
    expect(repository.reviews).toHaveLength(1);
  });

  it("runs no SQL where too little keeps it from the machine, which fails the check", async () => {
    const pull = open(GOOD);
    const engine = isolatedEngine(testEngine({ sandboxPath: "" }), "Ask who runs it.");
    const startEngine = async () => ({
      open: () => engine.open(),
      [Symbol.asyncDispose]: async () => {},
    });
    expect(await review(pull, { mode: "check" }, appTools({ startEngine }))).toMatchObject({
      outcome: { conclusion: "failure" },
    });
    const [comment] = repository.commentsOn(pull.number);
    expect(comment?.body).toContain("not verified: SQL of a pull request is not run here");
    expect(comment?.body).toContain("Ask who runs it.");
  });

  it("reviews a fork's pull request through the base repository", async () => {
    const fork = peer.fork(repository, "eve");
    const pull = peer.person("eve").openPull(repository, BAD, { fork });
    expect(await review(pull)).toMatchObject({ outcome: { conclusion: "failure" } });
    expect(checkOf(pull).conclusion).toBe("failure");
  });
});
