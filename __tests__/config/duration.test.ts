import { describe, expect, it } from "@jest/globals";
import { parseDuration } from "../../src/config/duration.ts";

describe("parseDuration", () => {
  it.each([
    ["500ms", 500],
    ["10s", 10_000],
    ["1.5m", 90_000],
    ["24h", 86_400_000],
    ["0.001s", 1],
    ["0ms", undefined],
    ["25h", undefined],
    ["10", undefined],
    ["10 s", undefined],
    ["-1s", undefined],
    ["1d", undefined],
    ["1e3s", undefined],
    ["s", undefined],
  ])("%j is %p ms", (text, ms) => {
    expect(parseDuration(text)).toBe(ms);
  });
});
