import { describe, expect, it } from "@jest/globals";
import * as fc from "fast-check";
import { plainBlock, plainLine, shortened } from "../../src/report/plain.ts";

describe("plainLine", () => {
  it.each([
    ["orders", "orders"],
    ["größe 名前 👍", "größe 名前 👍"],
    ["a\r\n  b\n\nc", "a b c"],
    ["\u{1b}[31mred\u{1b}[0m", "\\u{1b}[31mred\\u{1b}[0m"],
    ["\u{9b}31m", "\\u{9b}31m"],
    ["a\u{7}b\0c", "a\\u{7}b\\u{0}c"],
    ["user\u{202e}nimda", "user\\u{202e}nimda"],
    ["a\u{200b}b\u{2060}c\u{feff}", "a\\u{200b}b\\u{2060}c\\u{feff}"],
    ["a\u{2028}b\u{2029}c", "a\\u{2028}b\\u{2029}c"],
    ["tag\u{e0041}", "tag\\u{e0041}"],
    ["half\u{d83d}", "half\\u{d83d}"],
    ["filler\u{3164}", "filler\\u{3164}"],
    ["❤\u{fe0f}", "❤\u{fe0f}"],
    ["a\tb", "a b"],
  ])("%j becomes %j", (text, plain) => {
    expect(plainLine(text)).toBe(plain);
  });

  it("leaves nothing that acts, whatever it is given", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        expect(plainLine(text)).toMatch(/^[^\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]*$/u);
        expect(plainBlock(text)).toMatch(/^(?:[^\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]|[\n\t])*$/u);
      }),
    );
  });
});

describe("shortened", () => {
  it.each([
    ["abcd", 4, "abcd"],
    ["abcde", 4, "abc…"],
    ["ab😀d", 4, "ab…"],
    ["abc😀", 4, "abc…"],
  ])("%j in %p is %j", (text, length, expected) => {
    expect(shortened(text, length)).toBe(expected);
  });
});
