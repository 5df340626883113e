import { describe, expect, it } from "@jest/globals";
import { exampleText } from "../../src/report/example-text.ts";
import { explainRule } from "../../src/report/explain.ts";
import { renderRulePage } from "../../src/report/rule-page.ts";
import { renderRulesIndex } from "../../src/report/rules-index.ts";
import { finding, ORDERS_UP, RULES } from "./review.ts";

const [concurrent, dropColumn, preferText] = RULES;
if (concurrent === undefined || dropColumn === undefined || preferText === undefined) {
  throw new Error("the rules of the fixture are missing");
}

describe("the page of a rule", () => {
  it("tells the rule, and what came of its examples", () => {
    const table = { name: "orders" };
    const page = renderRulePage(concurrent, [
      {
        printed: exampleText([finding({ path: "migration.sql" })], () => ORDERS_UP),
        locks: {
          bad: [
            { table, mode: "SHARE", scans: true, rewrites: false },
            { table, mode: "ACCESS SHARE", scans: false, rewrites: false },
          ],
          good: [],
        },
      },
    ]);
    expect(page).toMatchSnapshot();
  });

  it("shows the options with their defaults", () => {
    expect(renderRulePage(dropColumn, [])).toContain("rules:\n  no-drop-column: { days: 7 }");
  });

  it("tells both halves, several migrations, and what PostgreSQL refuses", () => {
    const example = {
      title: "Both",
      before: "",
      bad: "SELECT 1;",
      good: "SELECT 1;\n---\nSELECT 2;",
      down: { bad: "", good: "SELECT 3;" },
      fails: "25001",
    };
    const page = renderRulePage({ ...concurrent, examples: [example] }, []);
    expect(page).toContain("with the down script\n\n```sql\n-- empty\n```");
    expect(page).toContain("PostgreSQL refuses it with SQLSTATE 25001.");
    expect(page).toContain(
      "Instead, in migrations of their own:\n\n```sql\nSELECT 1;\n```\n\n```sql\nSELECT 2;",
    );
    expect(page).not.toContain("After these migrations");
  });
});

describe("the index of rules", () => {
  it("has each rule once, under its category", () => {
    const index = renderRulesIndex(RULES);
    for (const { id } of RULES) expect(index.split(`](${id}.md)`)).toHaveLength(2);
    expect(index.indexOf("## data-loss")).toBeLessThan(index.indexOf("## blocking-lock"));
    expect(index).toContain(
      "| [`prefer-text`](prefer-text.md) | Use text instead of varchar | info, opt-in |",
    );
    expect(index).not.toContain("## security");
  });
});

describe("explain", () => {
  it("tells a rule on a terminal", () => {
    expect(explainRule(concurrent, { colour: false, width: 80 })).toMatchSnapshot();
  });

  it.each([
    [dropColumn, "days (default 7): Days between the two releases."],
    [preferText, "opt-in"],
  ])("tells what is out of the ordinary", (rule, words) => {
    expect(explainRule(rule, { colour: true })).toContain(words);
  });
});
