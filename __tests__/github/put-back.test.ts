import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from "@jest/globals";
import type { TickJob } from "../../src/github/job.ts";
import { lookAtPull } from "../../src/github/review-head.ts";
import { recordTick } from "../../src/github/record-tick.ts";
import { reviewPull } from "../../src/github/review-pull.ts";
import { runCommand } from "../../src/github/run-command.ts";
import { settleCheck } from "../../src/github/settle-check.ts";
import type { Surroundings } from "../../src/github/surroundings.ts";
import { HAS_GIT } from "../git/temporary-folder.ts";
import { appOctokit, appTools } from "./app-tools.ts";
import { GitHubPeer } from "./peer/github-peer.ts";
import type { IssueComment, Pull, Repository } from "./peer/repository.ts";

jest.setTimeout(180_000);

const describeWithGit = HAS_GIT ? describe : describe.skip;

/** The box is empty, and the check waits for both words. */
const NO_WORD = { ticked: false, confirmed: false, conclusion: "failure", waits: true };

const CHANGE = {
  "db/migrations/2_note.up.sql": `-- migrate-verify-ignore no-drop-column nothing has read it since 4.2
ALTER TABLE users DROP COLUMN note;
`,
  "db/migrations/2_note.down.sql": "-- migrate-verify: irreversible the notes are in the backup\n",
};

describeWithGit(
  "a word that was taken back, in an older comment of ours that somebody puts there",
  () => {
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

    beforeEach(async () => {
      count += 1;
      repository = peer.repository(`acme/back${count}`, {
        "db/migrations/1_users.up.sql": "CREATE TABLE users (id bigint PRIMARY KEY, note text);\n",
        "db/migrations/1_users.down.sql": "DROP TABLE users;\n",
      });
      repository.roles.set("mia", "write");
      repository.roles.set("alice", "write");
      pull = peer.person("alice").openPull(repository, CHANGE);
      await review();
    });

    const octokit = () => appOctokit(peer, repository);
    const repo = () => ({ owner: "acme", name: repository.name });

    function surroundings(): Surroundings {
      const tools = appTools();
      return {
        self: tools.self,
        key: tools.key ?? "",
        now: tools.now,
        rules: tools.rules,
        review: (job) => reviewPull(octokit(), { ...job, mode: "lint" }, tools),
        look: (job) => lookAtPull(octokit(), job, tools),
        settle: (settlement) => settleCheck(octokit(), settlement),
      };
    }

    async function review(before?: string): Promise<void> {
      const pushed = before === undefined ? {} : { before };
      const { sha: head } = pull.head;
      const job = {
        kind: "review",
        repo: repo(),
        pull: 1,
        head,
        reason: "test",
        ...pushed,
      } as const;
      await reviewPull(octokit(), { ...job, mode: "lint", again: true }, appTools());
    }

    function checklist(): IssueComment {
      return repository.commentsOn(1).find(({ body }) => body.startsWith("<!-- migrate-verify "))!;
    }

    function box(item: string): string {
      const lines = checklist().body.split("\n");
      return lines.find((line) => line.includes(`<!-- gate:${item} -->`)) ?? "";
    }

    /** The last edit of the checklist, as the job that it becomes. */
    function lastEdit(): TickJob {
      const event = peer.events.findLast(({ payload }) => payload.action === "edited");
      const { changes, comment, sender } = event!.payload as unknown as {
        changes: { body: { from: string } };
        comment: { id: number; body: string };
        sender: { login: string };
      };
      return {
        kind: "tick",
        repo: repo(),
        pull: 1,
        comment: comment.id,
        sender: sender.login,
        before: changes.body.from,
        after: comment.body,
      };
    }

    async function tick(ticked: boolean): Promise<void> {
      peer.person("mia").tick(repository, checklist(), "<!-- gate:backup -->", ticked);
      await recordTick(octokit(), lastEdit(), surroundings());
    }

    /** Somebody confirms, takes it back, and the text of before is there again without an event. */
    async function putBack(): Promise<void> {
      await tick(true);
      const { body } = checklist();
      expect(box("backup")).toContain("Confirmed by `mia`");
      await tick(false);
      peer.person("alice").edit(repository, checklist(), body);
      expect(box("backup")).toContain("Confirmed by `mia`");
    }

    function push(): string {
      const { sha } = pull.head;
      peer.person("alice").push(repository, pull, { "README.md": `${Math.random()}\n` });
      return sha;
    }

    function shown() {
      const check = repository.checksAt(pull.head.sha, "migrate-verify").at(-1);
      return {
        ticked: box("backup").startsWith("- [x]"),
        confirmed: checklist().body.includes("Confirmed by"),
        conclusion: check?.conclusion,
        waits: check?.title?.includes("backup, destructive"),
      };
    }

    it("counts for nothing in the next review, and says why", async () => {
      await putBack();
      await review();
      expect(shown()).toEqual(NO_WORD);
      expect(checklist().body).toContain("An older text of this comment was put back");
      // Nor does it when it is put there once more.
      await putBack();
      await review();
      expect(shown()).toEqual(NO_WORD);
    });

    it("counts for nothing in the review of a push", async () => {
      await putBack();
      await review(push());
      expect(shown()).toEqual(NO_WORD);
    });

    it("counts for nothing where the pushes between were not heard of", async () => {
      await tick(true);
      const { body } = checklist();
      await review(push());
      await tick(false);
      peer.person("alice").edit(repository, checklist(), body);
      push();
      await review();
      expect(shown()).toEqual(NO_WORD);
      expect(checklist().body).toContain("edited by alice, and nothing tells");
    });

    it("is not built upon by a command", async () => {
      await putBack();
      const text = "/migrate-approve destructive nobody reads it";
      const { id } = peer.person("mia").comment(repository, pull, text);
      const job = {
        kind: "command",
        repo: repo(),
        pull: 1,
        comment: id,
        sender: "mia",
        text,
      } as const;
      await runCommand(octokit(), job, surroundings());
      expect(shown()).toEqual(NO_WORD);
      expect(repository.commentsOn(1).at(-1)?.body).toContain("It is written anew");
    });

    it("is not built upon by a tick that is heard of first", async () => {
      await putBack();
      const edit = lastEdit();
      peer.person("mia").tick(repository, checklist(), "<!-- gate:destructive -->", true);
      await recordTick(octokit(), lastEdit(), surroundings());
      expect(shown()).toEqual(NO_WORD);
      await recordTick(octokit(), edit, surroundings());
      expect(shown()).toEqual(NO_WORD);
    });

    it("but one that nobody took back holds through reviews, pushes, and pushes that were not heard of", async () => {
      await tick(true);
      await review();
      expect(box("backup")).toContain("Confirmed by `mia`");
      await review(push());
      expect(box("backup")).toContain("Confirmed by `mia`");
      push();
      push();
      await review();
      expect(box("backup")).toContain("Confirmed by `mia`");
      expect(checklist().body).not.toContain("earlier confirmations");
    });
  },
);
