import { describe, expect, it } from "@jest/globals";

import { Clock, OutOfTime } from "../../src/verify/clock.ts";

function clockAt(): { clock: Clock; pass: (ms: number) => void } {
  let now = 1_000;
  const limits = { statementMs: 10, migrationMs: 60, totalMs: 180 };
  return { clock: new Clock(limits, () => now), pass: (ms) => (now += ms) };
}

describe("the clock", () => {
  it("gives a statement the shortest of what is left, by name", () => {
    const { clock, pass } = clockAt();
    expect(clock.forStatement()).toEqual({ ms: 10, limit: "statementMs" });
    pass(55);
    expect(clock.forStatement()).toEqual({ ms: 5, limit: "migrationMs" });
    clock.startMigration();
    expect(clock.forStatement()).toEqual({ ms: 10, limit: "statementMs" });
    pass(50);
    clock.startMigration();
    pass(50);
    clock.startMigration();
    pass(20);
    expect(clock.forStatement()).toEqual({ ms: 5, limit: "totalMs" });
  });

  it("gives a script of the history the time of a migration", () => {
    const { clock, pass } = clockAt();
    expect(clock.forScript()).toEqual({ ms: 60, limit: "migrationMs" });
    pass(150);
    expect(clock.forScript()).toEqual({ ms: 30, limit: "totalMs" });
  });

  it("ends the run", () => {
    const { clock, pass } = clockAt();
    expect(() => clock.check()).not.toThrow();
    pass(180);
    expect(() => clock.check()).toThrow(OutOfTime);
    expect(clock.exceeded("totalMs")).toBe(
      "it ran past the limit of 0.18 s for the whole run (`verify.limits.total`)",
    );
  });
});
