import { describe, expect, it } from "@jest/globals";
import { examples, sideOf } from "./example.ts";
import { findings } from "./lint.ts";

describe.each(examples)("$title", ({ rule, example }) => {
  it("finds the bad migration, and nothing else in it", () => {
    const found = findings(sideOf(example, "bad")).map((finding) => finding.rule);
    expect(found).toContain(rule.id);
    // A bad example leaves the timeout out, to stay short.
    expect(found.filter((id) => id !== rule.id && id !== "require-lock-timeout")).toEqual([]);
  });

  it("finds nothing in the good migration", () => {
    expect(findings(sideOf(example, "good"))).toEqual([]);
  });
});
