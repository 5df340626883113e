import { describe, expect, it } from "@jest/globals";

import type { PartialFailure } from "../../src/core/partial-failure.ts";
import { isStuck, partialWords } from "../../src/report/partial-words.ts";

const PASSED = { outcome: "passed", difference: [] } as const;
const FAILED = {
  outcome: "failed",
  difference: [],
  error: { message: 'column "a" already exists', code: "42701" },
} as const;
const INVALID = {
  outcome: "failed",
  difference: [
    { change: "changed", object: "index", name: "users_age on users", weight: "semantic" },
    { change: "changed", object: "column order", name: "users", weight: "cosmetic" },
  ],
} as const;

describe("what can be done after a stop half way", () => {
  it.each<[string, PartialFailure, boolean]>([
    [
      "stopped after line 3, up again works; down works",
      { line: 3, stopped: "after", upAgain: PASSED, down: PASSED },
      false,
    ],
    [
      'stopped after line 3, up again fails: column "a" already exists',
      { line: 3, stopped: "after", upAgain: FAILED },
      true,
    ],
    [
      "stopped in the middle of line 1, up again runs and does not mend index users_age on users; down works",
      { line: 1, stopped: "within", upAgain: INVALID, down: PASSED },
      true,
    ],
  ])("%s", (words, failure, stuck) => {
    expect(partialWords(failure)).toBe(words);
    expect(isStuck(failure)).toBe(stuck);
  });
});
