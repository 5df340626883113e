import { afterEach, beforeEach, expect, it, jest } from "@jest/globals";
import { ProgressLine } from "../../src/cli/progress.ts";

beforeEach(() => {
  jest.useFakeTimers();
});
afterEach(() => {
  jest.useRealTimers();
});

/** What a progress line writes that says this, waits so long and ends. */
function written(text: string, { isTTY = true, TERM = "xterm", ms = 2000 } = {}): string[] {
  const told: string[] = [];
  const stream = { isTTY, columns: 12, write: (one: string) => told.push(one) };
  using line = new ProgressLine(stream, { TERM });
  line.say(text);
  jest.advanceTimersByTime(ms);
  line.say(text);
  return told;
}

it("says what is done, on one line that is taken back", () => {
  expect(written("up 1_a")).toEqual(["\r\u001b[Kup 1_a", "\r\u001b[Kup 1_a", "\r\u001b[K"]);
});

it.each([
  ["no terminal", { isTTY: false }],
  ["a dumb one", { TERM: "dumb" }],
  ["a run that is over soon", { ms: 10 }],
])("says nothing on %s", (_, options) => {
  expect(written("up 1_a", options)).toEqual([]);
});

it("is no longer than the terminal is wide, and moves no cursor", () => {
  expect(written("up \u001b[2J and more")[0]).toBe("\r\u001b[Kup ?[2J and");
});
