import { describe, expect, it } from "@jest/globals";
import { HAZARDS } from "../../scripts/hazards.ts";
import { labelledCases } from "./labelled.ts";
import { judge, toldByRules } from "./told.ts";

const cases = labelledCases();

describe("the labelled set", () => {
  it("holds at least 300 cases, each with a title of its own", () => {
    expect(cases.length).toBeGreaterThanOrEqual(300);
    expect(new Set(cases.map(({ title }) => title)).size).toBe(cases.length);
  });

  it("names hazards that are known", () => {
    const known = new Set(HAZARDS.map(({ id }) => id));
    const named = cases.flatMap(({ must, may }) => [...must, ...may]);
    expect(named.filter((hazard) => !known.has(hazard))).toEqual([]);
  });
});

it.each(cases)("$title", (labelled) => {
  expect(judge(labelled, toldByRules(labelled))).toEqual({ missed: [], wrong: [] });
});
