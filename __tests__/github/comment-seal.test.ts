import { describe, expect, it } from "@jest/globals";
import * as fc from "fast-check";
import {
  COMMENT_MARKER,
  seal,
  unsealed,
  type CommentPlace,
} from "../../src/github/comment-seal.ts";
import {
  stateBlock,
  stateOf,
  withoutState,
  type CommentState,
} from "../../src/github/comment-state.ts";

const APP: CommentPlace = { repository: "acme/shop", pull: 7, key: "a secret" };
const ACTION: CommentPlace = { repository: "acme/shop", pull: 7 };
const BODY = "## title\n\n- [ ] **Backup** <!-- gate:backup -->\n- [x] done\n\nend\n";

describe("the seal of the checklist comment", () => {
  it.each([APP, ACTION])("opens what it closed: %j", (place) => {
    expect(seal(BODY, place).startsWith(COMMENT_MARKER)).toBe(true);
    expect(unsealed(seal(BODY, place), place)).toBe(BODY);
  });

  it.each([
    ["a tick", (text: string) => text.replace("- [ ] **", "- [x] **")],
    ["a browser's line ends", (text: string) => text.replaceAll("\n", "\r\n")],
    ["white space at the end", (text: string) => text.trimEnd()],
  ])("is not broken by %s", (_, edit) => {
    expect(unsealed(edit(seal(BODY, APP)), APP)).toBe(edit(BODY));
  });

  it.each([
    ["another word", (text: string) => text.replace("end", "END")],
    ["a line more", (text: string) => `${text}more\n`],
    ["another box", (text: string) => text.replace("- [x] done", "- [ ] done")],
    ["another label", (text: string) => text.replace("Backup", "Nothing")],
    ["another item", (text: string) => text.replace("gate:backup", "gate:other")],
    ["a line before it", (text: string) => `\n${text}`],
    ["no seal", (text: string) => text.slice(text.indexOf("\n") + 1)],
    ["an empty seal", (text: string) => text.replace(/verify [\w-]+ /, "verify  ")],
    ["a seal without the secret", () => seal(BODY, ACTION)],
    ["a seal with another", () => seal(BODY, { ...APP, key: "another" })],
    ["a seal of another pull request", () => seal(BODY, { ...APP, pull: 8 })],
    ["a seal of another repository", () => seal(BODY, { ...APP, repository: "acme/shop2" })],
  ])("is broken by %s", (_, edit) => {
    expect(unsealed(edit(seal(BODY, APP)), APP)).toBeUndefined();
  });

  it("holds for any text, and no other text", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), fc.string({ unit: "binary" }), (a, b) => {
        expect(unsealed(seal(a, APP), APP)).toBe(a);
        fc.pre(
          a
            .split(/\r\n?|\n/)
            .join("\n")
            .trim() !==
            b
              .split(/\r\n?|\n/)
              .join("\n")
              .trim(),
        );
        expect(unsealed(seal(a, APP).slice(0, -a.length || undefined) + b, APP)).toBeUndefined();
      }),
    );
  });
});

const STATE: CommentState = {
  head: "3f9c2e1",
  machine: { verdict: "pass", headline: "nothing found in 1 migration" },
  gates: [
    {
      item: "backup",
      rule: { who: ["write", "@org/dba"], notAuthor: true },
      content: "c",
      since: "2026-11-27T13:00:00.000Z",
    },
  ],
  confirmations: [
    {
      item: "backup",
      by: "maintainer",
      at: "2026-11-27T14:02:31.000Z",
      reason: "snapshot ✓ --> <!--",
      content: "c",
      alone: true,
    },
  ],
  notes: ["a note"],
  run: 42,
};

/** A block of anything, as somebody could write it. */
function blockOf(value: unknown): string {
  return `<!-- migrate-verify-state ${Buffer.from(JSON.stringify(value)).toString("base64url")} -->`;
}

describe("the state at the end of the comment", () => {
  it("comes back as it was, and shows nothing", () => {
    const body = `${BODY}\n${stateBlock(STATE)}\n`;
    expect(stateOf(body)).toEqual(STATE);
    expect(stateOf(body.replaceAll("\n", "\r\n"))).toEqual(STATE);
    expect(withoutState(body)).toBe(BODY.trimEnd());
    expect(stateBlock(STATE)).toMatch(/^<!-- migrate-verify-state [\w-]+ -->$/);
    expect(() => stateBlock({ ...STATE, notes: ["x".repeat(1000)] })).toThrow("notes");
  });

  it.each([
    ["no state", BODY],
    ["one that something follows", `${stateBlock(STATE)}\nx`],
    ["one that is empty", "<!-- migrate-verify-state  -->"],
    ["one that is no JSON", "<!-- migrate-verify-state abc -->"],
    ["one of another form", blockOf({ ...STATE, head: "main" })],
    [
      "one with an item that is none",
      blockOf({
        ...STATE,
        confirmations: [{ item: "-->", by: "x", at: "2026-11-27T14:02:31Z", content: "c" }],
      }),
    ],
    ["one that is too long", `<!-- migrate-verify-state ${"A".repeat(70_000)} -->`],
  ])("is none: %s", (_, body) => {
    expect(stateOf(body)).toBeUndefined();
  });
});
