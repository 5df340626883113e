import { afterEach, beforeEach, describe, expect, it, jest } from "@jest/globals";
import { Octokit } from "@octokit/core";
import { HAS_GIT } from "../../git/temporary-folder.ts";
import { GitHubPeer } from "./github-peer.ts";
import type { Repository } from "./repository.ts";

// The first use of GitHub's description compiles its schemas.
jest.setTimeout(60_000);

const describeWithGit = HAS_GIT ? describe : describe.skip;

describeWithGit("the peer that stands for GitHub", () => {
  let peer: GitHubPeer;
  let repository: Repository;
  const at = { owner: "acme", repo: "shop" };

  beforeEach(async () => {
    peer = await GitHubPeer.start();
    repository = peer.repository("acme/shop", {
      "README.md": "A shop.\n",
      "db/1_a.sql": "CREATE TABLE a (id bigint);\n",
    });
  });

  afterEach(async () => {
    await peer[Symbol.asyncDispose]();
  });

  function octokit(token = peer.appToken(repository)): Octokit {
    return new Octokit({ auth: token, baseUrl: peer.url });
  }

  it("gives repositories, commits, trees, blobs, contents and references as Git holds them", async () => {
    const github = octokit();
    const repo = await github.request("GET /repos/{owner}/{repo}", at);
    expect(repo.data.default_branch).toBe("main");
    const ref = await github.request("GET /repos/{owner}/{repo}/git/ref/{ref}", {
      ...at,
      ref: "heads/main",
    });
    const { sha } = ref.data.object;
    expect(sha).toBe(repository.branch("main"));
    const commit = await github.request("GET /repos/{owner}/{repo}/git/commits/{commit_sha}", {
      ...at,
      commit_sha: sha,
    });
    const tree = await github.request("GET /repos/{owner}/{repo}/git/trees/{tree_sha}", {
      ...at,
      tree_sha: commit.data.tree.sha,
      recursive: "1",
    });
    expect(tree.data.tree.map(({ path }) => path)).toEqual(["README.md", "db", "db/1_a.sql"]);
    const blob = await github.request("GET /repos/{owner}/{repo}/git/blobs/{file_sha}", {
      ...at,
      file_sha: tree.data.tree[2]?.sha ?? "",
    });
    expect(Buffer.from(blob.data.content, "base64").toString()).toBe(
      "CREATE TABLE a (id bigint);\n",
    );
    const content = await github.request("GET /repos/{owner}/{repo}/contents/{path}", {
      ...at,
      path: "db/1_a.sql",
      ref: "main",
    });
    expect(content.data).toMatchObject({ sha: tree.data.tree[2]?.sha });
    await github.request("GET /repos/{owner}/{repo}/commits/{ref}", { ...at, ref: "main" });
    const refs = await github.request("GET /repos/{owner}/{repo}/git/matching-refs/{ref}", {
      ...at,
      ref: "heads/",
    });
    expect(refs.data).toHaveLength(1);
  });

  it("compares as Git does, lists the pull request's files by page, and finds pulls by commit", async () => {
    const pull = peer.person("alice").openPull(repository, {
      "db/2_b.sql": "CREATE TABLE b ();\n",
      "README.md": null,
    });
    peer.person("bob").pushToBase(repository, { "x.txt": "x" });
    const github = octokit();
    const compared = await github.request("GET /repos/{owner}/{repo}/compare/{basehead}", {
      ...at,
      basehead: `main...${pull.head.sha}`,
    });
    expect(compared.data).toMatchObject({ status: "diverged", ahead_by: 1, behind_by: 1 });
    expect(compared.data.files?.map(({ filename, status }) => `${status} ${filename}`)).toEqual([
      "removed README.md",
      "added db/2_b.sql",
    ]);
    const files = await github.request("GET /repos/{owner}/{repo}/pulls/{pull_number}/files", {
      ...at,
      pull_number: pull.number,
      per_page: 1,
    });
    expect(files.data).toHaveLength(1);
    expect(files.headers.link).toContain("page=2");
    const pulls = await github.request("GET /repos/{owner}/{repo}/commits/{commit_sha}/pulls", {
      ...at,
      commit_sha: pull.head.sha,
    });
    expect(pulls.data.map(({ number }) => number)).toEqual([1]);
    const one = await github.request("GET /repos/{owner}/{repo}/pulls/{pull_number}", {
      ...at,
      pull_number: 1,
    });
    expect(one.data).toMatchObject({ mergeable: true, head: { sha: pull.head.sha } });
  });

  it("keeps check runs, takes 50 annotations at once and adds them up", async () => {
    const github = octokit();
    const head = repository.branch("main") ?? "";
    const annotations = Array.from({ length: 50 }, (_, index) => ({
      path: "db/1_a.sql",
      start_line: index + 1,
      end_line: index + 1,
      annotation_level: "warning" as const,
      message: "slow",
    }));
    const made = await github.request("POST /repos/{owner}/{repo}/check-runs", {
      ...at,
      name: "migrate-verify",
      head_sha: head,
      status: "queued",
    });
    for (const conclusion of [undefined, "failure"] as const) {
      await github.request("PATCH /repos/{owner}/{repo}/check-runs/{check_run_id}", {
        ...at,
        check_run_id: made.data.id,
        ...(conclusion === undefined ? { status: "in_progress" } : { conclusion }),
        output: { title: "t", summary: "s", annotations },
      });
    }
    const [check] = repository.checksAt(head, "migrate-verify");
    expect(check?.states).toEqual(["queued", "in_progress", "failure"]);
    expect(check?.annotations).toHaveLength(100);
    const listed = await github.request("GET /repos/{owner}/{repo}/commits/{ref}/check-runs", {
      ...at,
      ref: head,
      check_name: "migrate-verify",
    });
    expect(listed.data.total_count).toBe(1);
    await expect(
      github.request("PATCH /repos/{owner}/{repo}/check-runs/{check_run_id}", {
        ...at,
        check_run_id: made.data.id,
        output: { title: "t", summary: "s", annotations: [...annotations, ...annotations] },
      }),
    ).rejects.toMatchObject({ status: 422 });
    expect(peer.takeViolations()).toEqual([expect.stringContaining("must NOT have more than 50")]);
    const actions = octokit(peer.actionsToken({ checks: "write" }));
    await expect(
      actions.request("PATCH /repos/{owner}/{repo}/check-runs/{check_run_id}", {
        ...at,
        check_run_id: made.data.id,
        status: "completed",
        conclusion: "success",
      }),
    ).rejects.toMatchObject({ status: 403 });
  });

  it("keeps comments and reactions, by page, with their authors", async () => {
    const pull = peer.person("alice").openPull(repository, { "db/2_b.sql": "SELECT 1;\n" });
    for (let count = 0; count < 31; count += 1) {
      peer.person("carol").comment(repository, pull, `comment ${count}`);
    }
    const github = octokit();
    const ours = await github.request("POST /repos/{owner}/{repo}/issues/{issue_number}/comments", {
      ...at,
      issue_number: 1,
      body: "ours",
    });
    expect(ours.data).toMatchObject({
      user: { login: "migrate-verify[bot]" },
      performed_via_github_app: { id: 4242 },
    });
    const page = await github.request("GET /repos/{owner}/{repo}/issues/{issue_number}/comments", {
      ...at,
      issue_number: 1,
    });
    expect(page.data).toHaveLength(30);
    await github.request("PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}", {
      ...at,
      comment_id: ours.data.id,
      body: "changed",
    });
    await github.request("POST /repos/{owner}/{repo}/issues/comments/{comment_id}/reactions", {
      ...at,
      comment_id: ours.data.id,
      content: "eyes",
    });
    expect(repository.comments.at(-1)).toMatchObject({ body: "changed", edits: 1 });
    expect(peer.events.at(-1)).toMatchObject({
      event: "issue_comment",
      payload: { action: "edited", changes: { body: { from: "ours" } } },
    });
    await expect(
      github.request("PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}", {
        ...at,
        comment_id: ours.data.id,
        body: "x".repeat(65_537),
      }),
    ).rejects.toMatchObject({ status: 422 });
  });

  it("takes review comments on lines of the diff only", async () => {
    const pull = peer.person("alice").openPull(repository, {
      "db/2_b.sql": "SELECT 1;\nSELECT 2;\n",
    });
    const github = octokit();
    const review = (line: number) =>
      github.request("POST /repos/{owner}/{repo}/pulls/{pull_number}/reviews", {
        ...at,
        pull_number: pull.number,
        commit_id: pull.head.sha,
        event: "COMMENT",
        body: "Fixes",
        comments: [{ path: "db/2_b.sql", line, side: "RIGHT", body: "```suggestion\n```" }],
      });
    await review(2);
    await expect(review(3)).rejects.toMatchObject({ status: 422 });
    const comments = await github.request(
      "GET /repos/{owner}/{repo}/pulls/{pull_number}/comments",
      {
        ...at,
        pull_number: 1,
      },
    );
    expect(comments.data.map(({ line }) => line)).toEqual([2]);
    await github.request("GET /repos/{owner}/{repo}/pulls/{pull_number}/reviews", {
      ...at,
      pull_number: 1,
    });
  });

  it("tells permissions by role, and who is a collaborator", async () => {
    repository.roles.set("mia", "maintain").set("tom", "triage");
    for (const login of ["mia", "tom", "eve"]) peer.person(login);
    const github = octokit();
    const roles = await Promise.all(
      ["mia", "tom", "eve"].map(async (username) => {
        const { data } = await github.request(
          "GET /repos/{owner}/{repo}/collaborators/{username}/permission",
          { ...at, username },
        );
        return [data.permission, data.role_name];
      }),
    );
    expect(roles).toEqual([
      ["write", "maintain"],
      ["read", "triage"],
      ["read", "read"],
    ]);
    const all = await github.request("GET /repos/{owner}/{repo}/collaborators", {
      ...at,
      permission: "push",
    });
    expect(all.data.map(({ login }) => login)).toEqual(["mia"]);
  });

  it("answers GraphQL by GitHub's own schema", async () => {
    const [, , entry] = repository.store.tree(repository.branch("main") ?? "", true) ?? [];
    const answer = await octokit().graphql<{ repository: object }>(
      `query ($owner: String!, $repo: String!) {
        repository(owner: $owner, name: $repo) {
          a: object(oid: "${entry?.sha}") { ... on Blob { text isTruncated isBinary } }
          b: object(oid: "${"0".repeat(40)}") { ... on Blob { text } }
        }
      }`,
      at,
    );
    expect(answer.repository).toEqual({
      a: { text: "CREATE TABLE a (id bigint);\n", isTruncated: false, isBinary: false },
      b: null,
    });
  });

  it("refuses what a token may not do", async () => {
    const pull = peer.person("alice").openPull(repository, { "db/2_b.sql": "SELECT 1;\n" });
    const github = octokit(peer.actionsToken({ contents: "read", pull_requests: "read" }));
    await expect(
      github.request("POST /repos/{owner}/{repo}/issues/{issue_number}/comments", {
        ...at,
        issue_number: pull.number,
        body: "no",
      }),
    ).rejects.toMatchObject({ status: 403 });
    await expect(
      octokit("nonsense").request("GET /repos/{owner}/{repo}", at),
    ).rejects.toMatchObject({
      status: 401,
    });
  });

  it("lets requests go wrong as the test asks", async () => {
    const github = octokit();
    peer.fault({ method: "GET", path: /\/repos\/acme\/shop$/, status: 503 });
    await expect(github.request("GET /repos/{owner}/{repo}", at)).rejects.toMatchObject({
      status: 503,
    });
    peer.fault({ drop: true });
    await expect(github.request("GET /repos/{owner}/{repo}", at)).rejects.toThrow("Unknown Error");
    await github.request("GET /repos/{owner}/{repo}", at);
    expect(peer.count("GET", "/repos/acme/shop")).toBe(3);
  });

  it("sends what people do as webhooks that GitHub's schemas allow", async () => {
    const alice = peer.person("alice");
    const pull = alice.openPull(repository, { "db/2_b.sql": "SELECT 1;\n" });
    alice.push(repository, pull, { "db/2_b.sql": "SELECT 2;\n" });
    alice.forcePush(repository, pull, { "db/2_b.sql": "SELECT 3;\n" });
    const other = alice.openPull(repository, { "db/3_c.sql": "SELECT 3;\n" }, { draft: true });
    alice.markReady(repository, other);
    alice.close(repository, other);
    alice.reopen(repository, other);
    repository.commit("release", { "r.txt": "" });
    alice.retarget(repository, other, "release");
    const fork = peer.fork(repository, "eve");
    const eve = peer.person("eve");
    const forked = eve.openPull(repository, { "db/4_d.sql": "SELECT 4;\n" }, { fork });
    const comment = alice.comment(repository, pull, "- [ ] backup <!-- gate:backup -->");
    peer.person("mia").tick(repository, comment, "backup");
    const made = await octokit().request("POST /repos/{owner}/{repo}/check-runs", {
      ...at,
      name: "migrate-verify",
      head_sha: pull.head.sha,
      conclusion: "failure",
      output: { title: "t", summary: "s" },
      actions: [{ label: "Verify again", description: "Run it", identifier: "verify" }],
    });
    const check = repository.checks.find(({ id }) => id === made.data.id);
    if (check === undefined) throw new Error("no check");
    alice.rerequest(repository, check);
    alice.rerequestSuite(repository, check);
    alice.press(repository, check, "Verify again");
    alice.queue(repository, [pull, forked]);
    alice.install(repository);
    eve.workflowRan(repository, forked);
    expect(peer.events.map(({ event, payload }) => `${event}.${payload.action}`)).toEqual([
      "pull_request.opened",
      "pull_request.synchronize",
      "pull_request.synchronize",
      "pull_request.opened",
      "pull_request.ready_for_review",
      "pull_request.closed",
      "pull_request.reopened",
      "pull_request.edited",
      "pull_request.opened",
      "issue_comment.created",
      "issue_comment.edited",
      "check_run.rerequested",
      "check_suite.rerequested",
      "check_run.requested_action",
      "merge_group.checks_requested",
      "installation.created",
      "workflow_run.completed",
    ]);
    expect(comment.body).toBe("- [x] backup <!-- gate:backup -->");
  });
});
