import { describe, expect, it } from "@jest/globals";
import { rules } from "../../rules/index.ts";
import type { Rule } from "../../src/core/rule.ts";
import { djangoExamples, djangoFiles, djangoFindings } from "./django.ts";

const isTaste = ({ optIn, category }: Rule): boolean =>
  optIn === true && ["breaks-running-code", "design", "hygiene", "security"].includes(category);

describe.each(djangoExamples)("$title", ({ rule, example }) => {
  const others = rules.filter((other) => other === rule || !isTaste(other));

  it("finds the bad migration, and nothing else in it", () => {
    const files = djangoFiles(example.before, example.bad);
    const found = djangoFindings(files, { rules: others }).map((finding) => finding.rule);
    expect(found).toContain(rule.id);
    expect(found.filter((id) => id !== rule.id && id !== "require-lock-timeout")).toEqual([]);
  });

  it("finds nothing in the good migration", () => {
    const files = djangoFiles(example.before, example.good);
    const found = djangoFindings(files, { rules: others });
    // Django's own migrations set no timeout.
    expect(found.filter((finding) => finding.rule !== "require-lock-timeout")).toEqual([]);
  });
});
