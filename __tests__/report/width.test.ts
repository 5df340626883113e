import { describe, expect, it } from "@jest/globals";
import { fitted, textWidth, wrapped } from "../../src/report/width.ts";

describe("textWidth", () => {
  it.each([
    ["abc", 3],
    ["名前", 4],
    ["e\u{301}", 1],
    ["👍", 2],
    ["│✓", 2],
    ["ｶ", 1],
  ])("of %j is %p", (text, width) => {
    expect(textWidth(text)).toBe(width);
  });
});

describe("wrapped", () => {
  it.each([
    ["one two three", 8, ["one two", "three"]],
    ["abcdefghij", 4, ["abcd", "efgh", "ij"]],
    ["a 名前名前 b", 5, ["a", "名前", "名前", "b"]],
    ["", 5, [""]],
  ])("%j in %p columns", (text, columns, lines) => {
    expect(wrapped(text, columns)).toEqual(lines);
  });
});

describe("fitted", () => {
  it.each([
    ["abcdef", 6, "abcdef"],
    ["abcdefg", 6, "abcde…"],
    ["名前名前", 5, "名前…"],
  ])("%j in %p columns is %j", (text, columns, expected) => {
    expect(fitted(text, columns)).toBe(expected);
  });
});
