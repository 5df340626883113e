import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from "@jest/globals";
import { lookAtPull } from "../../src/github/review-head.ts";
import { reviewPull } from "../../src/github/review-pull.ts";
import { failCheck, settleCheck } from "../../src/github/settle-check.ts";
import { HAS_GIT } from "../git/temporary-folder.ts";
import { appOctokit, appTools } from "./app-tools.ts";
import { GitHubPeer } from "./peer/github-peer.ts";
import type { Pull, Repository } from "./peer/repository.ts";

jest.setTimeout(120_000);

const describeWithGit = HAS_GIT ? describe : describe.skip;

describeWithGit("the check of a head, after its review", () => {
  let peer: GitHubPeer;
  let repository: Repository;
  let pull: Pull;
  let count = 0;

  beforeAll(async () => {
    peer = await GitHubPeer.start();
  });

  afterAll(async () => {
    await peer[Symbol.asyncDispose]();
  });

  beforeEach(() => {
    count += 1;
    repository = peer.repository(`acme/settle${count}`, { "README.md": "Hi\n" });
    pull = peer.person("alice").openPull(repository, {
      "db/migrations/1_users.up.sql": "CREATE TABLE users (id bigint PRIMARY KEY);\n",
      "db/migrations/1_users.down.sql": "DROP TABLE users;\n",
    });
  });

  function repo() {
    return { owner: "acme", name: repository.name };
  }

  function checks() {
    return repository.checksAt(pull.head.sha, "migrate-verify");
  }

  function review() {
    return reviewPull(
      appOctokit(peer, repository),
      { kind: "review", repo: repo(), pull: 1, head: "", reason: "test", mode: "lint" },
      appTools(),
    );
  }

  it("follows people's words, and keeps its report", async () => {
    await review();
    const [before] = checks();
    const { summary } = before ?? {};
    const outcome = { conclusion: "failure", title: "Waiting for 1 confirmation: backup" } as const;
    const at = { repo: repo(), pull: 1, head: pull.head.sha };
    await settleCheck(appOctokit(peer, repository), { ...at, outcome });
    expect(checks()).toMatchObject([{ ...outcome, summary }]);
    // Another pull request may have the same head: its words are not about this one's check.
    const other = { conclusion: "success", title: "Fine" } as const;
    await settleCheck(appOctokit(peer, repository), { ...at, pull: 2, outcome: other });
    expect(checks()).toMatchObject([outcome]);
  });

  it("is left alone while it is under way", async () => {
    const octokit = appOctokit(peer, repository);
    await octokit.request("POST /repos/{owner}/{repo}/check-runs", {
      owner: "acme",
      repo: repository.name,
      name: "migrate-verify",
      head_sha: pull.head.sha,
      status: "in_progress",
      external_id: "pull 1 into main",
    });
    const outcome = { conclusion: "success", title: "Fine" } as const;
    const wordsAt = "2026-01-05T10:00:00.000Z";
    await settleCheck(octokit, { repo: repo(), pull: 1, head: pull.head.sha, outcome, wordsAt });
    expect(checks()).toMatchObject([
      { status: "in_progress", externalId: `pull 1 into main with words of ${wordsAt}` },
    ]);
  });

  it("fails under its own title when the work was given up, and a later review begins anew", async () => {
    const octokit = appOctokit(peer, repository);
    const { sha: head } = pull.head;
    const job = { kind: "review", repo: repo(), pull: 1, head, reason: "test" } as const;
    await failCheck(octokit, job, "GitHub did not answer");
    expect(checks()).toMatchObject([
      { conclusion: "failure", title: "Could not verify: GitHub did not answer" },
    ]);
    expect(await review()).toMatchObject({ done: "reviewed", outcome: { conclusion: "success" } });
    await failCheck(octokit, job, "again");
    expect(checks().at(-1)?.conclusion).toBe("success");
  });

  it("is not written by a look", async () => {
    const { report, options } = await lookAtPull(
      appOctokit(peer, repository),
      { kind: "review", repo: repo(), pull: 1, head: "", reason: "test", mode: "lint" },
      appTools(),
    );
    expect(report.review.summary.migrations).toBe(1);
    expect(options?.fileAddress?.("a b.sql", 3)).toBe(
      `https://github.com/${repository.fullName}/blob/${pull.head.sha}/a%20b.sql#L3`,
    );
    expect(repository.checks).toEqual([]);
    expect(repository.comments).toEqual([]);
  });
});
