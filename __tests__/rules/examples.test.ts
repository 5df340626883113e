import { describe, expect, it } from "@jest/globals";
import { rules } from "../../rules/index.ts";
import type { Rule } from "../../src/core/rule.ts";
import { examples, sideOf } from "./example.ts";
import { findings } from "./lint.ts";

/** A house's taste: what it asks for, another house's example need not have. */
const isTaste = ({ optIn, category }: Rule): boolean =>
  optIn === true && ["breaks-running-code", "design", "hygiene", "security"].includes(category);

describe.each(examples)("$title", ({ rule, example }) => {
  const others = rules.filter((other) => other === rule || !isTaste(other));

  it("finds the bad migration, and nothing else in it", () => {
    const found = findings({ ...sideOf(example, "bad"), rules: others }).map(
      (finding) => finding.rule,
    );
    expect(found).toContain(rule.id);
    // A bad example leaves the timeout out, to stay short.
    expect(found.filter((id) => id !== rule.id && id !== "require-lock-timeout")).toEqual([]);
  });

  it("finds nothing in the good migration", () => {
    expect(findings({ ...sideOf(example, "good"), rules: others })).toEqual([]);
  });
});
