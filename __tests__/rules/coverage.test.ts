import { describe, expect, it } from "@jest/globals";
import { rules } from "../../rules/index.ts";
import { renderCoverage } from "../../scripts/coverage.ts";
import { HAZARDS } from "../../scripts/hazards.ts";
import { POLICIES } from "../../scripts/policies.ts";
import { labelledCases } from "../labelled/labelled.ts";
import { HAZARD_CASES } from "./hazard-cases.ts";
import { findings } from "./lint.ts";

const named = new Set(rules.flatMap(({ hazards = [] }) => hazards));

describe("scripts/hazards.ts", () => {
  it("holds every hazard once", () => {
    const ids = HAZARDS.map(({ id }) => id);
    expect(ids.length).toBeGreaterThan(290);
    expect(ids).toHaveLength(new Set(ids).size);
  });

  it("gives a reason for every hazard that no rule names, and for no other", () => {
    const unexplained = HAZARDS.filter(({ id, reason }) => !named.has(id) && reason === undefined);
    const covered = HAZARDS.filter(({ id, reason }) => named.has(id) && reason !== undefined);
    expect({ unexplained, covered }).toEqual({ unexplained: [], covered: [] });
  });

  it("holds every hazard that a rule names", () => {
    const known = new Set(HAZARDS.map(({ id }) => id));
    expect([...named].filter((id) => !known.has(id))).toEqual([]);
  });
});

/** Hazards that a test of another kind shows: what reads the repository's other files. */
const ELSEWHERE = new Set(["app-code-still-references-object"]);

const LABELLED = new Set(labelledCases().flatMap(({ must }) => must));

/** The rule's own example, which the tests run, can only be about this one. */
function isItsExample(id: string): boolean {
  return rules.some(({ hazards = [] }) => hazards.length === 1 && hazards[0] === id);
}

describe("every hazard that a rule names", () => {
  it("is shown by a migration", () => {
    const shown = [...LABELLED, ...Object.keys(HAZARD_CASES), ...ELSEWHERE];
    const others = [...named].filter((id) => !shown.includes(id));
    expect(others.filter((id) => !isItsExample(id))).toEqual([]);
  });

  it.each(Object.entries(HAZARD_CASES))("is told: %s", (id, { says, ...migration }) => {
    const own = rules.filter(({ hazards }) => hazards?.includes(id)).map((rule) => rule.id);
    const told = findings(migration).filter(({ rule }) => own.includes(rule));
    expect(told.map(({ message }) => message)).toContainEqual(expect.stringMatching(says));
  });
});

describe("rules/coverage.md", () => {
  it("links a hazard to its rules, and says why another has none", () => {
    const page = renderCoverage(
      [
        { id: "drop-table", theme: "Loss" },
        { id: "unused-index", theme: "Indexes", reason: "needs a live server" },
      ],
      rules,
    );
    expect(page).toContain("Rules find 1 of the 2 known hazards");
    expect(page).toContain("| drop-table | [`no-drop-table`](no-drop-table.md) |");
    expect(page).toContain("| unused-index | needs a live server |");
  });
});

describe("scripts/policies.ts", () => {
  it("states every hazard that is a house's policy, and no other", () => {
    const policies = HAZARDS.filter(({ reason }) => reason?.includes("policy")).map(({ id }) => id);
    expect(policies.toSorted()).toEqual(Object.keys(POLICIES).toSorted());
  });
});
