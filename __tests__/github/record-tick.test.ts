import { describe, expect, it, jest } from "@jest/globals";
import { stateBlock, stateOf } from "../../src/github/comment-state.ts";
import { seal, unsealed } from "../../src/github/comment-seal.ts";
import { recordTick } from "../../src/github/record-tick.ts";
import type { ChecklistItem } from "../../src/core/checklist.ts";
import { DEFAULT_CHECKLIST } from "../../src/core/checklist-items.ts";
import { HAS_GIT } from "../git/temporary-folder.ts";
import { GatedPull } from "./gated-pull.ts";

// The first use of GitHub's description compiles its schemas.
jest.setTimeout(60_000);

const describeWithGit = HAS_GIT ? describe : describe.skip;

const TIME = "27 Nov 2026 13:00 UTC";

describeWithGit.each([
  ["in the App", {}],
  ["in the Action", { action: true }],
] as const)("a tick of the checklist's box %s", (_, mode) => {
  it("is a word, when somebody with write access gives it, and opens the check with the last one", async () => {
    await using gated = await GatedPull.open(mode);
    expect(gated.comment.body).toContain("2 confirmations needed");
    await gated.tick("mia", "backup");
    expect(gated.box("backup")).toMatch(`[x] **Backup taken**`);
    expect(gated.box("backup")).toContain(`Confirmed by \`mia\`, ${TIME}`);
    expect(gated.box("destructive")).toMatch(/^- \[ \]/);
    expect(gated.comment.body).toContain("1 confirmation needed");
    expect(gated.settled.at(-1)).toMatchObject({
      head: gated.pull.head.sha,
      outcome: { conclusion: "failure", title: "Waiting for 1 confirmation: destructive" },
    });
    await gated.tick("mia", "destructive");
    expect(gated.comment.body).toMatch(/^<!-- .*\n## ✅ Migration checklist: nothing found/);
    expect(gated.settled.at(-1)?.outcome.conclusion).toBe("success");
    expect(gated.settled.map(({ run }) => run)).toEqual(
      "action" in mode ? [42, 42] : [undefined, undefined],
    );
    expect(gated.reviews).toEqual([]);
  });

  it.each(["tom", "outsider", "alice"])("of %s is put back, with a note", async (login) => {
    await using gated = await GatedPull.open(mode);
    const before = gated.comment.body;
    await gated.tick(login, "backup");
    expect(gated.box("backup")).toMatch(/^- \[ \]/);
    expect(gated.comment.body).toContain(`> Put back: ${login} ticked backup; it needs `);
    expect(gated.comment.body).not.toBe(before);
    expect(gated.settled).toEqual([]);
  });

  it("of the author counts where nobody else could give the word, and says so", async () => {
    await using gated = await GatedPull.open({ ...mode, roles: { alice: "admin", tom: "triage" } });
    await gated.tick("alice", "backup");
    expect(gated.box("backup")).toContain("Confirmed by `alice`, the author, as nobody else could");
  });

  it("of the author does not count where GitHub does not say who else there is", async () => {
    await using gated = await GatedPull.open({ ...mode, roles: { alice: "admin" } });
    gated.peer.fault({ method: "GET", path: /\/collaborators(?:\?|$)/, status: 403 });
    await gated.tick("alice", "backup");
    expect(gated.box("backup")).toMatch(/^- \[ \]/);
  });

  it("holds through other runs and pushes, and falls when the migration changes", async () => {
    await using gated = await GatedPull.open(mode);
    await gated.tick("mia", "backup");
    await gated.publish();
    expect(gated.box("backup")).toMatch(/^- \[x\]/);
    gated.text += "-- and another line\n";
    await gated.publish();
    expect(gated.box("backup")).toMatch(/^- \[ \]/);
    expect(gated.box("backup")).toContain("The migration changed since it was confirmed by `mia`");
    expect(gated.comment.body).toContain("2 confirmations needed");
    await gated.tick("mia", "backup");
    expect(gated.box("backup")).toContain("Confirmed by `mia`");
  });

  it("is taken back by an empty box, by who gave it and by who may give it", async () => {
    await using gated = await GatedPull.open({ ...mode, roles: { mia: "write", max: "write" } });
    await gated.tick("mia", "backup");
    await gated.tick("outsider", "backup", false);
    expect(gated.box("backup")).toMatch(/^- \[x\]/);
    expect(gated.comment.body).toContain("outsider emptied the box of backup");
    await gated.tick("max", "backup", false);
    expect(gated.box("backup")).toMatch(/^- \[ \]/);
    expect(gated.settled.at(-1)?.outcome.title).toContain("2 confirmations");
  });

  it("is lost by none of two that come at once, in whichever order they are heard of", async () => {
    await using gated = await GatedPull.open(mode);
    const { repository, comment } = gated;
    gated.person("mia").tick(repository, comment, "<!-- gate:backup -->");
    const first = gated.lastTick();
    gated.person("mia").tick(repository, comment, "<!-- gate:destructive -->");
    const second = gated.lastTick();
    await recordTick(gated.octokit, second, gated.deps);
    await recordTick(gated.octokit, first, gated.deps);
    expect(gated.box("backup")).toContain("Confirmed by `mia`");
    expect(gated.box("destructive")).toContain("Confirmed by `mia`");
    // Heard of again, as a job that is tried again: nothing changes but the time.
    await recordTick(gated.octokit, second, gated.deps);
    expect(gated.comment.body).toContain("## ✅");
  });

  it("gets its check settled also when the first attempt died before", async () => {
    await using gated = await GatedPull.open(mode);
    gated.person("mia").tick(gated.repository, gated.comment, "<!-- gate:backup -->");
    const job = gated.lastTick();
    const dies = { ...gated.deps, settle: () => Promise.reject(new Error("died")) };
    await expect(recordTick(gated.octokit, job, dies)).rejects.toThrow("died");
    await recordTick(gated.octokit, job, gated.deps);
    expect(gated.box("backup")).toContain("Confirmed by `mia`");
    expect(gated.settled).toHaveLength(1);
  });

  it("with an edit counts, and the edit is put back", async () => {
    await using gated = await GatedPull.open(mode);
    await gated.edit("mia", (body) =>
      body
        .replace("and restored once", "and not restored")
        .replace(/- \[ \] (.*gate:backup)/, "- [x] $1"),
    );
    expect(gated.box("backup")).toContain("and restored once");
    expect(gated.box("backup")).toContain("Confirmed by `mia`");
    expect(gated.comment.body).toContain("Put back: mia edited this comment by hand.");
  });

  it("is no word in a comment of somebody else's, whatever it looks like", async () => {
    await using gated = await GatedPull.open(mode);
    const copy = gated.person("eve").comment(gated.repository, gated.pull, gated.comment.body);
    gated.person("mia").tick(gated.repository, copy, "<!-- gate:backup -->");
    const before = gated.repository.commentsOn(gated.pull.number).map(({ body }) => body);
    await recordTick(gated.octokit, gated.lastTick(), gated.deps);
    expect(gated.repository.commentsOn(gated.pull.number).map(({ body }) => body)).toEqual(before);
    expect(gated.reviews).toEqual([]);
  });

  it("is nothing in a comment that is gone", async () => {
    await using gated = await GatedPull.open(mode);
    gated.person("mia").tick(gated.repository, gated.comment, "<!-- gate:backup -->");
    const job = gated.lastTick();
    gated.repository.comments.length = 0;
    await recordTick(gated.octokit, job, gated.deps);
    expect(gated.repository.comments).toEqual([]);
  });

  it("asks GitHub a handful of times", async () => {
    await using gated = await GatedPull.open(mode);
    gated.peer.forgetRequests();
    await gated.tick("mia", "backup");
    expect(gated.peer.requests.length).toBeLessThanOrEqual(4);
  });
});

/** The comment with a word that nobody gave, sealed as well as a person can. */
function forged(body: string): string {
  const place = { repository: "acme/shop", pull: 1 };
  const text = body.slice(body.indexOf("\n") + 1);
  const state = stateOf(text);
  if (state === undefined) throw new Error("no state");
  const confirmations = state.gates.map(({ item, content }) => ({
    item,
    by: "mia",
    at: "2026-11-27T12:00:00Z",
    content,
  }));
  const withWords = text.replace(/<!-- migrate-verify-state .*/, () =>
    stateBlock({ ...state, confirmations }),
  );
  return seal(withWords, place);
}

describeWithGit("a forged word", () => {
  it.each([
    ["in the App", {}],
    ["in the Action", { action: true }],
  ] as const)("is put back when the edit is heard of: %s", async (_, mode) => {
    await using gated = await GatedPull.open(mode);
    await gated.edit("alice", forged);
    expect(gated.comment.body).not.toContain("Confirmed by");
    expect(gated.comment.body).toContain("Put back: alice edited this comment by hand.");
    await gated.publish();
    expect(gated.box("backup")).toMatch(/^- \[ \]/);
    expect(gated.settled).toEqual([]);
  });

  it.each([
    ["in the App", {}, "This comment was edited by hand: earlier"],
    ["in the Action", { action: true }, "This comment was edited by alice, and nothing tells"],
  ] as const)("counts for nothing when the edit was not heard of: %s", async (_, mode, note) => {
    await using gated = await GatedPull.open(mode);
    await gated.tick("mia", "backup");
    gated.person("alice").edit(gated.repository, gated.comment, forged(gated.comment.body));
    await gated.publish();
    expect(gated.box("backup")).toMatch(/^- \[ \]/);
    expect(gated.comment.body).toContain(note);
    expect(gated.comment.body).not.toContain("Confirmed by");
  });

  it.each([
    ["in the App", {}],
    ["in the Action", { action: true }],
  ] as const)(
    "that was given once, taken back, and put back by hand does not count: %s",
    async (_, mode) => {
      await using gated = await GatedPull.open(mode);
      await gated.tick("mia", "backup");
      const { body } = gated.comment;
      await gated.tick("mia", "backup", false);
      await gated.edit("alice", () => body);
      expect(gated.box("backup")).toMatch(/^- \[ \]/);
      expect(gated.comment.body).not.toContain("Confirmed by");
      // Also when a tick comes with it, and is heard of first.
      gated.person("alice").edit(gated.repository, gated.comment, body);
      const edit = gated.lastTick();
      gated.person("mia").tick(gated.repository, gated.comment, "<!-- gate:destructive -->");
      const tick = gated.lastTick();
      await recordTick(gated.octokit, edit, gated.deps);
      await recordTick(gated.octokit, tick, gated.deps);
      expect(gated.box("backup")).toMatch(/^- \[ \]/);
      expect(gated.box("destructive")).toContain("Confirmed by `mia`");
    },
  );

  it("and a tick after it that is heard of first: the word goes when the edit is heard of", async () => {
    await using gated = await GatedPull.open({ action: true });
    gated.person("max").edit(gated.repository, gated.comment, forged(gated.comment.body));
    const edit = gated.lastTick();
    await gated.tick("mia", "destructive", false);
    await recordTick(gated.octokit, edit, gated.deps);
    expect(gated.box("backup")).toMatch(/^- \[ \]/);
    expect(gated.comment.body).not.toContain("Confirmed by");
    expect(gated.comment.body).toContain("Put back: max edited this comment by hand.");
    expect(gated.settled.at(-1)?.outcome.title).toContain("2 confirmations");
  });

  it("and a tick after it: what is not ours is not built upon", async () => {
    await using gated = await GatedPull.open();
    gated.person("alice").edit(gated.repository, gated.comment, forged(gated.comment.body));
    await gated.tick("mia", "backup");
    expect(gated.reviews).toHaveLength(1);
    expect(gated.comment.body).not.toContain("Confirmed by");
  });

  it("without its marks is put back", async () => {
    await using gated = await GatedPull.open();
    const { body } = gated.comment;
    await gated.edit("mia", () => "LGTM");
    expect(gated.comment.body).toContain("Put back: mia edited this comment by hand.");
    const place = { repository: "acme/shop", pull: 1, key: gated.key ?? "" };
    expect(stateOf(unsealed(gated.comment.body, place) ?? "")?.gates).toEqual(
      stateOf(unsealed(body, place) ?? "")?.gates,
    );
  });
});

const checklist = (who: readonly string[]): readonly ChecklistItem[] =>
  DEFAULT_CHECKLIST.map((item) =>
    item.id === "backup" ? { ...item, gate: { who, notAuthor: true } } : item,
  );

describeWithGit("whose word a gate needs", () => {
  it.each([
    [["admin"], "mia", false],
    [["@mia"], "mia", true],
    [["@tom"], "mia", false],
    [["@acme/dba"], "mia", false],
    [["@acme/dba"], "tom", true],
  ])("%j: %s %p", async (who, login, counts) => {
    await using gated = await GatedPull.open({
      checklist: checklist(who),
      permissions: { members: "read" },
    });
    gated.peer.state.teams.set("acme/dba", ["tom"]);
    await gated.tick(login, "backup");
    expect(gated.box("backup").startsWith("- [x]")).toBe(counts);
  });

  it("is not a team's that the App may not read", async () => {
    await using gated = await GatedPull.open({ checklist: checklist(["@acme/dba"]) });
    gated.peer.state.teams.set("acme/dba", ["tom"]);
    await gated.tick("tom", "backup");
    expect(gated.comment.body).toContain("tom ticked backup; it needs acme/dba.");
  });

  it("is the author's, of a team in which nobody else is", async () => {
    await using gated = await GatedPull.open({
      checklist: checklist(["@acme/dba"]),
      permissions: { members: "read" },
    });
    gated.peer.state.teams.set("acme/dba", ["alice"]);
    await gated.tick("alice", "backup");
    expect(gated.box("backup")).toContain("the author, as nobody else could");
  });
});
