import { describe, expect, it } from "@jest/globals";
import * as fc from "fast-check";
import { readEdit } from "../../src/github/tick.ts";
import { renderMarkdown } from "../../src/report/markdown.ts";
import { input } from "../report/review.ts";
import { hostile } from "../report/untrusted.ts";

const gates = ["backup", "destructive"].map((item) => ({
  item,
  label: `**${item}**`,
  rule: { who: ["write"], notAuthor: true },
  content: "c",
  since: "2026-11-27T13:00:00Z",
}));
const BEFORE = renderMarkdown(input(), { gates: { gates, notes: [] } });

/** The comment with a box ticked, as GitHub does it. */
function ticked(text: string, item: string): string {
  return text.replace(new RegExp(`- \\[ \\] (.* <!-- gate:${item} -->)`), "- [x] $1");
}

const BACKUP = ticked(BEFORE, "backup");

describe("an edit of the checklist comment", () => {
  it.each([
    ["nothing", BEFORE, BEFORE, [], false],
    ["a tick", BEFORE, BACKUP, [{ item: "backup", ticked: true }], false],
    ["an empty box", BACKUP, BEFORE, [{ item: "backup", ticked: false }], false],
    [
      "a tick with a browser's line ends",
      BEFORE,
      BACKUP.replaceAll("\n", "\r\n"),
      [{ item: "backup", ticked: true }],
      false,
    ],
    [
      "two ticks",
      BEFORE,
      ticked(BACKUP, "destructive"),
      [
        { item: "backup", ticked: true },
        { item: "destructive", ticked: true },
      ],
      false,
    ],
    ["a large X", BEFORE, BACKUP.replace("[x]", "[X]"), [{ item: "backup", ticked: true }], false],
    [
      "a tick and a word",
      BEFORE,
      BACKUP.replace("orders", "nothing"),
      [{ item: "backup", ticked: true }],
      true,
    ],
    ["a word", BEFORE, BEFORE.replace("orders", "nothing"), [], true],
    ["everything taken away", BEFORE, "", [], true],
    [
      "a box taken away",
      BEFORE,
      BEFORE.replace("- [ ] **backup** <!-- gate:backup -->\n", ""),
      [],
      true,
    ],
    ["a box of one's own", BEFORE, `${BEFORE}\n- [x] mine <!-- gate:mine -->`, [], true],
    ["a second box of the item", BEFORE, `${BEFORE}\n- [x] mine <!-- gate:backup -->`, [], true],
    ["another list's box", BEFORE, `${BEFORE}\n- [x] done`, [], true],
    [
      "another label",
      BEFORE,
      BACKUP.replace("**backup**", "**nothing**"),
      [{ item: "backup", ticked: true }],
      true,
    ],
  ])("%s", (_, before, after, flips, other) => {
    expect(readEdit(before, after)).toEqual({ flips, other });
  });

  it("tells of any other text that nothing was ticked, or that more was changed", () => {
    fc.assert(
      fc.property(hostile, hostile, fc.nat(BEFORE.length), (a, b, at) => {
        const text = BEFORE.slice(0, at) + a + BEFORE.slice(at);
        const { flips, other } = readEdit(BEFORE, text);
        expect(other || flips.length === 0).toBe(true);
        expect(() => readEdit(a, b)).not.toThrow();
      }),
    );
  });
});
