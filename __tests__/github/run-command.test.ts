import { describe, expect, it, jest } from "@jest/globals";
import { runCommand } from "../../src/github/run-command.ts";
import { HAS_GIT } from "../git/temporary-folder.ts";
import { review } from "../report/review.ts";
import { GatedPull } from "./gated-pull.ts";

// The first use of GitHub's description compiles its schemas.
jest.setTimeout(60_000);

const describeWithGit = HAS_GIT ? describe : describe.skip;

describeWithGit("a command in a comment", () => {
  it.each([
    ["alice", "/migrate-help", "- `/migrate-approve ITEM why` confirms an item"],
    [
      "outsider",
      "/migrate-explain no-drop-column",
      "### `no-drop-column`: Drop a column only after",
    ],
    ["tom", "/migrate-explain prefer-text-type", "### `prefer-text`"],
  ])("of %s, %j, is answered", async (login, text, words) => {
    await using gated = await GatedPull.open();
    expect(await gated.say(login, text)).toEqual(["eyes", "+1"]);
    expect(gated.answers).toHaveLength(1);
    expect(gated.answers[0]).toContain(words);
  });

  it.each([
    [
      "/migrate-explain no-drop-colum",
      "There is no rule `no-drop-colum`. Did you mean `no-drop-column`?",
    ],
    ["/migrate-explain", "the rule is missing. `/migrate-explain RULE` tells"],
    [
      "/migrate-aprove backup",
      "`/migrate-aprove` is no command. `/migrate-approve ITEM why` confirms",
    ],
    ["/migrate-plan", "Plans in safe steps are not there yet."],
    [
      "/migrate-approve bakup",
      "`bakup` is not confirmed: nobody is asked for it: asked for is `backup`, `destructive`.",
    ],
  ])("that is wrong, %j, gets the help of that command", async (text, words) => {
    await using gated = await GatedPull.open();
    expect(await gated.say("mia", text)).toEqual(["eyes", "-1"]);
    expect(gated.answers[0]).toContain(words);
  });

  it.each(["hello", "> /migrate-help", "```\n/migrate-help\n```", "/deploy"])(
    "is none in %j",
    async (text) => {
      await using gated = await GatedPull.open();
      gated.peer.forgetRequests();
      expect(await gated.say("mia", text)).toEqual([]);
      expect(gated.peer.requests).toEqual([]);
    },
  );

  it("of a bot, or in a comment that somebody else wrote, is not obeyed", async () => {
    await using gated = await GatedPull.open();
    expect(await gated.say("mia", "/migrate-help", { sender: "renovate[bot]" })).toEqual([]);
    expect(await gated.say("mia", "/migrate-help", { sender: gated.self })).toEqual([]);
    expect(await gated.say("outsider", "/migrate-help", { sender: "mia" })).toEqual([]);
    expect(await gated.say("mia", "/migrate-help", { comment: 1 })).toEqual([]);
    expect(gated.answers).toEqual([]);
  });

  it("is answered once, also when it is done again", async () => {
    await using gated = await GatedPull.open();
    const [comment] = [
      gated.person("mia").comment(gated.repository, gated.pull, "/migrate-help\n/migrate-plan"),
    ];
    const job = {
      kind: "command",
      repo: { owner: "acme", name: "shop" },
      pull: gated.pull.number,
      comment: comment.id,
      sender: "mia",
      text: comment.body,
    } as const;
    await runCommand(gated.octokit, job, gated.deps);
    await runCommand(gated.octokit, job, gated.deps);
    expect(gated.answers).toHaveLength(1);
    expect(gated.answers[0]).toContain("\n---\n");
    expect(comment.reactions.map(({ content }) => content)).toEqual(["eyes", "-1"]);
  });

  it("is seen before anything else is done", async () => {
    await using gated = await GatedPull.open();
    const dies = { ...gated.deps, review: () => Promise.reject(new Error("died")) };
    const comment = gated.person("mia").comment(gated.repository, gated.pull, "/migrate-verify");
    const job = {
      kind: "command",
      repo: { owner: "acme", name: "shop" },
      pull: gated.pull.number,
      comment: comment.id,
      sender: "mia",
      text: comment.body,
    } as const;
    await expect(runCommand(gated.octokit, job, dies)).rejects.toThrow("died");
    expect(comment.reactions.map(({ content }) => content)).toEqual(["eyes"]);
  });
});

describeWithGit.each([
  ["in the App", {}],
  ["in the Action", { action: true }],
] as const)("a word in a command %s", (_, mode) => {
  it("is the same as a tick, with its reason, and is not answered besides", async () => {
    await using gated = await GatedPull.open(mode);
    const text =
      "Done.\n/migrate-approve backup nightly snapshot | @all <!-- gate:destructive -->\n/migrate-approve destructive";
    expect(await gated.say("mia", text)).toEqual(["eyes", "+1"]);
    expect(gated.box("backup")).toContain(
      "Confirmed by `mia`, 27 Nov 2026 13:00 UTC: nightly snapshot &#124; @&#8203;all &lt;",
    );
    expect(gated.box("destructive")).toContain("Confirmed by `mia`");
    expect(gated.comment.body).toContain("## ✅");
    expect(gated.settled.map(({ outcome }) => outcome.conclusion)).toEqual(["success"]);
    expect(gated.answers).toEqual([]);
  });

  it.each([
    ["tom", "it needs write access"],
    ["outsider", "it needs write access"],
  ])("of %s is refused", async (login, why) => {
    await using gated = await GatedPull.open(mode);
    expect(await gated.say(login, "/migrate-approve backup ok")).toEqual(["eyes", "-1"]);
    expect(gated.answers[0]).toContain(`\`backup\` is not confirmed: ${why}.`);
    expect(gated.box("backup")).toMatch(/^- \[ \]/);
    expect(gated.settled).toEqual([]);
  });

  it("of the author is refused where somebody else could give it, and taken where nobody could", async () => {
    await using gated = await GatedPull.open({ ...mode, roles: { alice: "write", mia: "write" } });
    expect(await gated.say("alice", "/migrate-approve backup ok")).toEqual(["eyes", "-1"]);
    expect(gated.answers[0]).toContain("it needs somebody who is not the author");
    gated.repository.roles.delete("mia");
    expect(await gated.say("alice", "/migrate-approve backup ok")).toEqual(["eyes", "+1"]);
    expect(gated.box("backup")).toContain("the author, as nobody else could");
  });

  it("is taken back", async () => {
    await using gated = await GatedPull.open(mode);
    await gated.say("mia", "/migrate-approve backup ok");
    expect(await gated.say("outsider", "/migrate-revoke backup")).toEqual(["eyes", "-1"]);
    expect(gated.box("backup")).toMatch(/^- \[x\]/);
    expect(await gated.say("mia", "/migrate-revoke backup it failed")).toEqual(["eyes", "+1"]);
    expect(gated.box("backup")).toMatch(/^- \[ \]/);
    expect(gated.settled.at(-1)?.outcome.title).toBe(
      "Waiting for 2 confirmations: backup, destructive",
    );
  });

  it("given before the migration changed does not count for what came after", async () => {
    await using gated = await GatedPull.open(mode);
    const comment = gated
      .person("mia")
      .comment(gated.repository, gated.pull, "/migrate-approve backup");
    gated.text += "DROP TABLE orders;\n";
    // The checklist shows the new content a minute later.
    gated.now = new Date(Date.parse(comment.createdAt) + 60_000);
    await gated.publish();
    gated.comment.updatedAt = gated.now.toISOString();
    const job = {
      kind: "command",
      repo: { owner: "acme", name: "shop" },
      pull: gated.pull.number,
      comment: comment.id,
      sender: "mia",
      text: comment.body,
    } as const;
    await runCommand(gated.octokit, job, gated.deps);
    expect(gated.answers[0]).toContain(
      "the migration changed after it was written: look at it again",
    );
    expect(gated.box("backup")).toMatch(/^- \[ \]/);
  });

  it("has the checklist written anew where somebody edited it by hand", async () => {
    await using gated = await GatedPull.open(mode);
    gated
      .person("alice")
      .edit(gated.repository, gated.comment, gated.comment.body.replace("[ ]", "[x]") + "\nx");
    expect(await gated.say("mia", "/migrate-approve backup ok")).toEqual(["eyes", "-1"]);
    expect(gated.answers[0]).toContain("It is written anew: look at it, and say it again.");
    expect(gated.reviews).toHaveLength(1);
  });
});

describeWithGit("/migrate-approve where there is no checklist", () => {
  it("says so", async () => {
    await using gated = await GatedPull.open();
    gated.repository.comments.length = 0;
    expect(await gated.say("mia", "/migrate-approve backup ok")).toEqual(["eyes", "-1"]);
    expect(gated.answers[0]).toContain("There is no checklist on this pull request yet");
  });
});

describeWithGit("/migrate-verify", () => {
  it.each(["alice", "tom", "mia"])("of %s runs the head, and tells the outcome", async (login) => {
    await using gated = await GatedPull.open();
    expect(await gated.say(login, "/migrate-verify")).toEqual(["eyes", "+1"]);
    const { sha } = gated.pull.head;
    expect(gated.reviews).toMatchObject([{ kind: "review", head: sha, again: true }]);
    expect(gated.answers[0]).toContain(`❌ \`${sha.slice(0, 7)}\`: Waiting for 2 confirmations`);
  });

  it("of others is refused", async () => {
    await using gated = await GatedPull.open();
    expect(await gated.say("outsider", "/migrate-verify")).toEqual(["eyes", "-1"]);
    expect(gated.answers[0]).toContain("somebody with triage access");
    expect(gated.reviews).toEqual([]);
  });

  it("of a half answers with it, and touches neither the checklist nor the check", async () => {
    await using gated = await GatedPull.open();
    const { body } = gated.comment;
    gated.review = review();
    expect(await gated.say("alice", "/migrate-verify lint")).toEqual(["eyes", "+1"]);
    expect(gated.looks).toMatchObject([{ mode: "lint", head: gated.pull.head.sha }]);
    expect(gated.reviews).toEqual([]);
    expect(gated.answers[0]).toContain("## ❌ Migration checklist: 1 error");
    expect(gated.answers[0]?.length).toBeLessThan(65_536);
    expect(gated.comment.body).toBe(body);
  });

  it.each([
    ["an hour after it was pushed", -3600, true],
    ["in the second in which it was pushed", 0, true],
    ["an hour before it was pushed", 3600, false],
  ])("given %s, runs the head that was current then", async (_, seconds, isNewest) => {
    await using gated = await GatedPull.open();
    const old = gated.pull.head.sha;
    const head = gated.person("alice").push(gated.repository, gated.pull, { x: "x" });
    const [opened, pushed] = gated.repository.activity;
    if (opened === undefined || pushed === undefined) throw new Error("nothing was pushed");
    opened.timestamp = "2026-01-01T00:00:00Z";
    pushed.timestamp = new Date(Date.now() + seconds * 1000).toISOString().replace(/\.\d+/, "");
    expect(await gated.say("alice", "/migrate-verify")).toEqual(["eyes", "+1"]);
    expect(gated.reviews.map((job) => job.head)).toEqual(isNewest ? [head] : []);
    expect(gated.looks.map((job) => job.head)).toEqual(isNewest ? [] : [old]);
  });

  it("runs the newest head where GitHub does not tell of pushes", async () => {
    await using gated = await GatedPull.open();
    gated.peer.fault({ method: "GET", path: /\/activity/, status: 404 });
    expect(await gated.say("alice", "/migrate-verify")).toEqual(["eyes", "+1"]);
    expect(gated.reviews).toMatchObject([{ head: gated.pull.head.sha }]);
  });

  it("tells of a head that was pushed over since in an answer", async () => {
    await using gated = await GatedPull.open();
    const old = gated.pull.head.sha;
    const head = gated.person("alice").push(gated.repository, gated.pull, { x: "x" });
    expect(await gated.say("alice", "/migrate-verify", { head: old })).toEqual(["eyes", "+1"]);
    expect(gated.looks).toMatchObject([{ head: old, mode: "check" }]);
    expect(gated.reviews).toEqual([]);
    expect(gated.answers[0]).toContain(`Of \`${old.slice(0, 7)}\`, as asked:`);
    expect(gated.answers[0]).toContain(`The head is \`${head.slice(0, 7)}\` by now`);
  });

  it("says so when the head moves meanwhile", async () => {
    await using gated = await GatedPull.open();
    gated.superseded = true;
    expect(await gated.say("alice", "/migrate-verify")).toEqual(["eyes", "-1"]);
    expect(gated.answers[0]).toContain("is the head no more");
  });

  it("of a head that is none is refused", async () => {
    await using gated = await GatedPull.open();
    expect(await gated.say("alice", "/migrate-verify 0123456")).toEqual(["eyes", "-1"]);
    expect(gated.answers[0]).toContain("`0123456` is not the head: that is `");
    const sha = gated.pull.head.sha.slice(0, 8);
    expect(await gated.say("alice", `/migrate-verify ${sha}`)).toEqual(["eyes", "+1"]);
  });

  it("on a pull request that is closed is refused", async () => {
    await using gated = await GatedPull.open();
    gated.person("alice").close(gated.repository, gated.pull);
    expect(await gated.say("alice", "/migrate-verify")).toEqual(["eyes", "-1"]);
    expect(gated.answers[0]).toContain("not open");
  });
});
