import { describe, expect, it } from "@jest/globals";

import { isIrreversible } from "../../src/core/irreversible.ts";
import { downToRun } from "../../src/verify/not-run.ts";
import { scriptRun } from "./scripts.ts";

/** What is said of the down of a migration with this up script; undefined when it is run. */
function reasonFor(up: string): string | undefined {
  const down = scriptRun("SELECT 1");
  const what = downToRun({ id: "1", up: scriptRun(up), down }, "expected");
  return "verdict" in what ? what.reason : undefined;
}

describe("the comment that a migration cannot be undone", () => {
  it.each([
    ["-- migrate-verify: irreversible the rows are gone", "the rows are gone"],
    ["  --migrate-verify:irreversible `note` is gone\r\nSELECT 1", "`note` is gone"],
    ["/* migrate-verify: irreversible: no way back */ SELECT 1", "no way back"],
    ["-- migrate-verify: irreversible - no way back", "no way back"],
  ])("is read with its reason: %j", (up, reason) => {
    expect(reasonFor(up)).toBe(`the file says that it is irreversible: ${reason}`);
    expect(isIrreversible(up)).toBe(true);
  });

  it.each([
    "-- migrate-verify: irreversible",
    "-- migrate-verify: irreversible:  \nSELECT 1",
    "/* migrate-verify: irreversible */ SELECT 1",
    "-- migrate-verify: irreversible-ish thing",
    "SELECT 1; -- migrate-verify: irreversible it stands behind a statement",
    "-- see migrate-verify: irreversible in the manual",
  ])("is none: %j", (up) => {
    expect(reasonFor(up)).toBeUndefined();
    expect(isIrreversible(up)).toBe(false);
  });

  it("is none in a string", () => {
    expect(reasonFor("SELECT '\n-- migrate-verify: irreversible in a string\n'")).toBeUndefined();
  });
});
