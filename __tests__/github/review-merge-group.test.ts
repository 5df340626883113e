import { afterAll, beforeAll, describe, expect, it, jest } from "@jest/globals";
import { reviewMergeGroup } from "../../src/github/review-merge-group.ts";
import { HAS_GIT } from "../git/temporary-folder.ts";
import { appOctokit, appTools } from "./app-tools.ts";
import { GitHubPeer } from "./peer/github-peer.ts";
import type { Pull, Repository } from "./peer/repository.ts";

jest.setTimeout(120_000);

const describeWithGit = HAS_GIT ? describe : describe.skip;

function migration(name: string, table: string): Record<string, string> {
  return {
    [`db/migrations/${name}.up.sql`]: `CREATE TABLE ${table} (id bigint PRIMARY KEY);\n`,
    [`db/migrations/${name}.down.sql`]: `DROP TABLE ${table};\n`,
  };
}

function only(repository: Repository, head: string) {
  const [check, ...others] = repository.checksAt(head, "migrate-verify");
  if (check === undefined || others.length > 0) throw new Error("not one check");
  return check;
}

describeWithGit("the review of a merge group", () => {
  let peer: GitHubPeer;
  let count = 0;

  beforeAll(async () => {
    peer = await GitHubPeer.start();
  });

  afterAll(async () => {
    await peer[Symbol.asyncDispose]();
  });

  async function queued(members: readonly Record<string, string>[]) {
    count += 1;
    const repository = peer.repository(`acme/queue${count}`, migration("1_users", "users"));
    const alice = peer.person("alice");
    const pulls: Pull[] = members.map((files) => alice.openPull(repository, files));
    const { head, base, ref } = alice.queue(repository, pulls);
    const repo = { owner: "acme", name: repository.name };
    const job = { kind: "merge-group", repo, head, base, ref } as const;
    const done = await reviewMergeGroup(appOctokit(peer, repository), job, appTools());
    return { repository, done, check: only(repository, head) };
  }

  it("is green for members in order, on the group's head, and writes no comment", async () => {
    const { repository, check, done } = await queued([
      migration("2_orders", "orders"),
      migration("3_lines", "lines"),
    ]);
    expect(check.states).toEqual(["queued", "in_progress", "success"]);
    expect(done).toMatchObject({ done: "reviewed", outcome: { conclusion: "success" } });
    expect(repository.comments).toEqual([]);
  });

  it("reports success for a group without migrations, so that the queue does not wait", async () => {
    const { check } = await queued([{ "README.md": "Hi\n" }]);
    expect(check).toMatchObject({ conclusion: "success", title: "No migration changed" });
  });

  it("fails when two members took one number, each of them fine by itself", async () => {
    const { check } = await queued([
      migration("2_orders", "orders"),
      migration("2_lines", "lines"),
    ]);
    expect(check.conclusion).toBe("failure");
    expect(check.summary).toContain("no-duplicate-version");
  });

  it("fails when a later member takes a number before an earlier one's", async () => {
    const { check } = await queued([
      migration("3_orders", "orders"),
      migration("2_lines", "lines"),
    ]);
    expect(check.conclusion).toBe("failure");
    expect(check.summary).toContain("no-out-of-order-migration");
  });
});
