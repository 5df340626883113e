import { expect, it, jest } from "@jest/globals";
import type { Job, ReviewJob, TickJob } from "../../src/github/job.ts";
import { lookAtPull } from "../../src/github/review-head.ts";
import { recordTick } from "../../src/github/record-tick.ts";
import { reviewMergeGroup } from "../../src/github/review-merge-group.ts";
import { reviewPull } from "../../src/github/review-pull.ts";
import { runCommand } from "../../src/github/run-command.ts";
import { settleCheck } from "../../src/github/settle-check.ts";
import type { Surroundings } from "../../src/github/surroundings.ts";
import { HAS_GIT } from "../git/temporary-folder.ts";
import { appOctokit, appTools } from "./app-tools.ts";
import { GitHubPeer } from "./peer/github-peer.ts";

jest.setTimeout(180_000);

const itWithGit = HAS_GIT ? it : it.skip;

const HISTORY = {
  "db/migrations/1_users.up.sql":
    "CREATE TABLE users (id bigint PRIMARY KEY, name text, note text);\n",
  "db/migrations/1_users.down.sql": "DROP TABLE users;\n",
};

const INDEX = { up: "db/migrations/2_index.up.sql", down: "db/migrations/2_index.down.sql" };
const DROP = { up: "db/migrations/3_note.up.sql", down: "db/migrations/3_note.down.sql" };

/** Drops a column that nobody uses, and says so. */
const DROPPED = `SET LOCAL lock_timeout = '5s';
-- migrate-verify-ignore no-drop-column nothing has read it since 4.2
ALTER TABLE users DROP COLUMN note;
`;

itWithGit("a pull request lives from a bad migration to the merge queue", async () => {
  await using peer = await GitHubPeer.start();
  const repository = peer.repository("acme/shop", HISTORY);
  repository.roles.set("mia", "write");
  const [alice, mia, outsider] = [peer.person("alice"), peer.person("mia"), peer.person("eve")];
  const octokit = appOctokit(peer, repository);
  const tools = appTools();
  const surroundings: Surroundings = {
    self: tools.self,
    key: tools.key ?? "",
    now: tools.now,
    rules: tools.rules,
    review: (job) => reviewPull(octokit, job, tools),
    look: (job) => lookAtPull(octokit, job, tools),
    settle: (settlement) => settleCheck(octokit, settlement),
  };
  const repo = { owner: "acme", name: "shop" };

  const pull = alice.openPull(repository, {
    [INDEX.up]: "CREATE INDEX users_name ON users (name);\n",
    [INDEX.down]: "DROP INDEX users_name;\n",
  });
  const work = async (job: Job): Promise<void> => {
    if (job.kind === "review") await reviewPull(octokit, job, tools);
    if (job.kind === "command") await runCommand(octokit, job, surroundings);
    if (job.kind === "tick") await recordTick(octokit, job, surroundings);
    if (job.kind === "merge-group") await reviewMergeGroup(octokit, job, tools);
  };
  // The database is asked where it has something to say; it takes most of the time.
  const review = (mode: "check" | "lint" = "lint"): Promise<void> => {
    const { sha: head } = pull.head;
    const job: ReviewJob = { kind: "review", repo, pull: 1, head, reason: "test", mode };
    return work(job);
  };
  const say = (login: string, text: string): Promise<void> => {
    const comment = peer.person(login).comment(repository, pull, text);
    return work({ kind: "command", repo, pull: 1, comment: comment.id, sender: login, text });
  };
  const tick = (person: typeof mia, item: string): Promise<void> => {
    person.tick(repository, checklist(), `<!-- gate:${item} -->`);
    const payload = peer.events.findLast(({ payload: one }) => one.action === "edited")?.payload;
    const { changes, sender } = payload as unknown as {
      changes: { body: { from: string } };
      sender: { login: string };
    };
    const job: TickJob = {
      kind: "tick",
      repo,
      pull: 1,
      comment: checklist().id,
      sender: sender.login,
      before: changes.body.from,
      after: checklist().body,
    };
    return work(job);
  };
  const checklist = () => {
    const ours = repository.commentsOn(1).filter(({ user }) => user.login === tools.self);
    const [first] = ours;
    if (first === undefined) throw new Error("no checklist");
    expect(ours.filter(({ body }) => !body.includes("migrate-verify-answer"))).toEqual([first]);
    return first;
  };
  const check = () => {
    const found = repository.checksAt(pull.head.sha, "migrate-verify").at(-1);
    return `${found?.conclusion}: ${found?.title}`;
  };

  // A bad migration: the check fails, and the comment says why.
  await review("check");
  expect(check()).toMatch(/^failure: 1 error/);
  expect(checklist().body).toContain("❌ `require-concurrent-index`");
  const { id } = checklist();

  await say("eve", "/migrate-explain require-concurrent-index");
  expect(repository.commentsOn(1).at(-1)?.body).toContain("### `require-concurrent-index`: ");

  // A push mends it, on the same comment.
  alice.push(repository, pull, {
    [INDEX.up]: "CREATE INDEX CONCURRENTLY users_name ON users (name);\n",
    [INDEX.down]: "DROP INDEX CONCURRENTLY users_name;\n",
  });
  await review();
  expect(check()).toMatch(/^success: /);
  expect(checklist().id).toBe(id);

  // A destructive change waits for its gates, though the machine finds nothing.
  alice.push(repository, pull, {
    [DROP.up]: DROPPED,
    [DROP.down]: "-- migrate-verify: irreversible the notes are in the backup\n",
  });
  await review("check");
  expect(check()).toBe("failure: Waiting for 2 confirmations: backup, destructive");
  expect(checklist().body).toContain("## ⏳ Migration checklist");

  await tick(outsider, "backup");
  expect(checklist().body).toContain("Put back: eve ticked backup; it needs write access.");
  expect(check()).toContain("2 confirmations");

  await tick(mia, "backup");
  expect(check()).toBe("failure: Waiting for 1 confirmation: destructive");
  await say("alice", "/migrate-approve destructive I am sure");
  expect(check()).toContain("1 confirmation");
  await say("mia", "/migrate-approve destructive nobody reads it any more");
  expect(check()).toMatch(/^success: /);
  expect(checklist().body).toContain("## ✅ Migration checklist");

  // Another commit touches nothing of it; the migration's change lets the words fall.
  alice.push(repository, pull, { "src/users.ts": "// no note\n" });
  await review();
  expect(check()).toMatch(/^success: /);
  alice.push(repository, pull, { [DROP.up]: `${DROPPED}ALTER TABLE users DROP COLUMN name;\n` });
  await review();
  expect(check()).toMatch(/^failure: .*waiting for 2 confirmations/i);
  expect(checklist().body).toContain("The migration changed since it was confirmed by `mia`");
  alice.push(repository, pull, { [DROP.up]: DROPPED });
  await review();
  await say("mia", "/migrate-approve backup\n/migrate-approve destructive");
  expect(check()).toMatch(/^success: /);

  // The merge queue runs on what it would merge, and does not ask again.
  const group = alice.queue(repository, [pull]);
  await work({ kind: "merge-group", repo, base: group.base, head: group.head, ref: group.ref });
  const [queued] = repository.checksAt(group.head, "migrate-verify");
  expect(queued?.conclusion).toBe("success");
  expect(checklist().id).toBe(id);
});
