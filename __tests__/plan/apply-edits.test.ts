import { describe, expect, it } from "@jest/globals";
import { array, assert, option, property, record, string } from "fast-check";
import type { Edit } from "../../src/core/fix.ts";
import { applyEdits, grownSpan, movedSpan, overlap } from "../../src/plan/apply-edits.ts";
import { nextVersion } from "../../src/plan/next-version.ts";

/** A text cut into pieces, of which some are replaced. */
const pieces = array(record({ text: string({ maxLength: 5 }), replacement: option(string()) }), {
  maxLength: 8,
});

function cut(parts: readonly { text: string; replacement: string | null }[]): {
  text: string;
  edits: Edit[];
  spans: { start: number; end: number; kept: boolean; text: string }[];
} {
  let text = "";
  const edits: Edit[] = [];
  const spans = [];
  for (const { text: piece, replacement } of parts) {
    const span = { start: text.length, end: text.length + piece.length };
    // Two edits at one place have no order.
    const kept = replacement === null || piece === "";
    if (!kept) edits.push({ span, text: replacement });
    spans.push({ ...span, kept, text: piece });
    text += piece;
  }
  return { text, edits, spans };
}

describe("edits of a text", () => {
  it("replace their stretches and nothing else, in any order", () => {
    assert(
      property(pieces, (parts) => {
        const { text, edits } = cut(parts);
        const expected = parts
          .map(({ text: piece, replacement }) =>
            replacement === null || piece === "" ? piece : replacement,
          )
          .join("");
        expect(applyEdits(text, edits)).toBe(expected);
        expect(applyEdits(text, edits.toReversed())).toBe(expected);
      }),
    );
  });

  it("move what they do not touch", () => {
    assert(
      property(pieces, (parts) => {
        const { text, edits, spans } = cut(parts);
        const after = applyEdits(text, edits);
        for (const span of spans.filter(({ kept, text: piece }) => kept && piece !== "")) {
          const { start, end } = movedSpan(span, edits);
          expect(after.slice(start, end)).toBe(span.text);
        }
      }),
    );
  });

  it("grow the stretch that they are in, at its very ends too", () => {
    const text = "ab|cde|fg";
    const span = { start: 3, end: 6 };
    const edits: Edit[] = [
      { span: { start: 0, end: 1 }, text: "AA" },
      { span: { start: 3, end: 3 }, text: "<" },
      { span: { start: 4, end: 5 }, text: "DDD" },
      { span: { start: 6, end: 6 }, text: ">" },
      { span: { start: 8, end: 9 }, text: "" },
    ];
    const { start, end } = grownSpan(span, edits);
    expect(applyEdits(text, edits).slice(start, end)).toBe("<cDDDe>");
  });

  it("do not overlap", () => {
    const edits: Edit[] = [
      { span: { start: 0, end: 2 }, text: "" },
      { span: { start: 1, end: 3 }, text: "" },
    ];
    expect(overlap(edits)).toBe(true);
    expect(() => applyEdits("abc", edits)).toThrow("overlaps");
    expect(() => applyEdits("a", [{ span: { start: 0, end: 2 }, text: "" }])).toThrow("not in");
  });
});

describe("the next version", () => {
  it.each([
    ["1", "2"],
    ["9", "10"],
    ["0009", "0010"],
    ["000999", "001000"],
    ["20260131235959", "20260201000000"],
    ["20281231235959", "20290101000000"],
    ["20240228235959", "20240229000000"],
    // No time has a month 13: a number like any other.
    ["20261331235959", "20261331235960"],
    ["99999999999999999999", "100000000000000000000"],
  ])("of %s is %s", (version, next) => {
    expect(nextVersion(version)).toBe(next);
  });

  it("is not known of what is no number", () => {
    expect(nextVersion("1a")).toBeUndefined();
    expect(nextVersion("")).toBeUndefined();
  });
});
