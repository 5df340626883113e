import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from "@jest/globals";
import { reviewPull } from "../../src/github/review-pull.ts";
import { HAS_GIT } from "../git/temporary-folder.ts";
import { appOctokit, appTools } from "./app-tools.ts";
import { GitHubPeer } from "./peer/github-peer.ts";
import type { Repository } from "./peer/repository.ts";

jest.setTimeout(120_000);

const describeWithGit = HAS_GIT ? describe : describe.skip;

const CODE = Object.fromEntries(
  Array.from({ length: 200 }, (_, index) => [
    `src/part${index}.ts`,
    index === 7 ? 'db.query("SELECT note FROM users");\n' : `export const part = ${index};\n`,
  ]),
);

describeWithGit("what a pull request takes away, in code that the App reads through GitHub", () => {
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
    repository = peer.repository(`acme/uses${count}`, {
      "db/migrations/1_users.up.sql": "CREATE TABLE users (id bigint PRIMARY KEY, note text);\n",
      "db/migrations/1_users.down.sql": "DROP TABLE users;\n",
      ...CODE,
    });
  });

  /** The checklist of a pull request, and how many requests asked for texts. */
  async function review(up: string, down: string) {
    peer.person("alice").openPull(repository, {
      "db/migrations/2_note.up.sql": up,
      "db/migrations/2_note.down.sql": down,
    });
    peer.forgetRequests();
    const repo = { owner: "acme", name: repository.name };
    const job = { kind: "review", repo, pull: 1, head: "", reason: "test", mode: "lint" } as const;
    await reviewPull(appOctokit(peer, repository), job, appTools());
    const body = repository.commentsOn(1)[0]?.body ?? "";
    return { body, texts: peer.count("POST", "/graphql"), requests: peer.count() };
  }

  it("is still named there: the places stand in the comment, for a few requests more", async () => {
    const { body, texts, requests } = await review(
      "ALTER TABLE users DROP COLUMN note;\n",
      "ALTER TABLE users ADD COLUMN note text;\n",
    );
    expect(body).toContain("src/part7.ts:1");
    expect(texts).toBeLessThanOrEqual(4);
    expect(requests).toBeLessThanOrEqual(18);
  });

  it("is nothing where only the way down drops something: the code is not read", async () => {
    const { body, texts } = await review(
      "ALTER TABLE users ADD COLUMN city text;\n",
      "ALTER TABLE users DROP COLUMN city;\n",
    );
    expect(body).not.toContain("src/part7.ts");
    expect(texts).toBeLessThanOrEqual(2);
  });
});
