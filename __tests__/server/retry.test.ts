import { describe, expect, it } from "@jest/globals";
import { UserError } from "../../src/core/user-error.ts";
import { ATTEMPTS, retryDelayMs } from "../../src/server/retry.ts";

const NOW = 1_700_000_000_000;

function answer(
  status: number,
  headers: Record<string, string> = {},
  message = "GitHub said no",
): Error {
  return Object.assign(new Error(message), { status, response: { status, headers } });
}

describe("the pause before another attempt", () => {
  it.each([
    ["a dropped connection", new Error("other side closed"), 1, 5_000],
    ["the third failure in a row", new Error("other side closed"), 3, 45_000],
    ["a late failure", new Error("other side closed"), 5, 405_000],
    ["500", answer(500), 1, 5_000],
    ["502", answer(502), 2, 15_000],
    ["429 with retry-after", answer(429, { "retry-after": "37" }), 1, 37_000],
    ["403 with retry-after", answer(403, { "retry-after": "60" }), 4, 60_000],
    [
      "403 with no requests left",
      answer(403, { "x-ratelimit-remaining": "0", "x-ratelimit-reset": String(NOW / 1000 + 600) }),
      1,
      601_000,
    ],
    [
      "a limit that is over already",
      answer(403, { "x-ratelimit-remaining": "0", "x-ratelimit-reset": String(NOW / 1000 - 60) }),
      1,
      1_000,
    ],
    ["a retry-after of a year", answer(429, { "retry-after": "31536000" }), 1, 3_900_000],
    [
      "403 for a secondary limit without a header",
      answer(403, {}, "You have exceeded a secondary rate limit. Please wait"),
      1,
      60_000,
    ],
    ["503 that says when", answer(503, { "retry-after": "0" }), 1, 1_000],
  ])("after %s", (_name, error, attempt, delay) => {
    expect(retryDelayMs(error, attempt, NOW)).toBe(delay);
  });

  it.each([
    ["400", answer(400)],
    ["401", answer(401)],
    ["403 without a limit", answer(403, { "x-ratelimit-remaining": "4999" })],
    ["404", answer(404)],
    ["410", answer(410)],
    ["422", answer(422)],
    ["451", answer(451)],
    ["what the user can mend", new UserError("migrate-verify.yml:3: no")],
  ])("is none after %s", (_name, error) => {
    expect(retryDelayMs(error, 1, NOW)).toBeUndefined();
  });

  it("is none after the last attempt", () => {
    expect(retryDelayMs(answer(500), ATTEMPTS, NOW)).toBeUndefined();
    expect(retryDelayMs(answer(429, { "retry-after": "1" }), ATTEMPTS, NOW)).toBeUndefined();
  });

  it.each([undefined, null, "text", 7, { status: "500" }])(
    "stands what was thrown as %p",
    (thrown) => {
      expect(retryDelayMs(thrown, 1, NOW)).toBe(5_000);
    },
  );
});
