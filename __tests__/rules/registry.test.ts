import { readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "@jest/globals";
import { rules } from "../../rules/index.ts";
import type { Rule } from "../../src/core/rule.ts";

const FOLDER = join(import.meta.dirname, "../../rules");

describe("rules/index.ts", () => {
  it("holds every file of the folder, in the order of the alphabet", () => {
    const files = readdirSync(FOLDER)
      .filter((name) => name.endsWith(".ts") && name !== "index.ts")
      .map((name) => name.slice(0, -".ts".length))
      .toSorted();
    expect(rules.map(({ id }) => id)).toEqual(files);
  });

  it("gives no name to two rules", () => {
    const names = rules.flatMap(({ id, aliases = [] }) => [id, ...aliases]);
    expect(names).toHaveLength(new Set(names).size);
  });
});

describe.each(rules.map((rule): [string, Rule] => [rule.id, rule]))("%s", (_, rule) => {
  it("begins with require-, no- or prefer-", () => {
    expect(rule.id).toMatch(/^(require|no|prefer)(-[a-z]+)+$/);
  });

  it("has a summary that begins like a command and has no full stop", () => {
    expect(rule.summary).toMatch(/^[A-Z].*[^.]$/);
  });

  it("ends its sentences", () => {
    for (const text of [rule.condition, rule.effect, rule.instead]) {
      expect(text).toMatch(/^[A-Z].*[.)]$/s);
    }
  });

  it("names PostgreSQL's documentation", () => {
    expect(rule.references).not.toEqual([]);
    for (const url of rule.references) expect(url).toMatch(/^https:\/\//);
  });

  it("shows at least one example, each with a title of its own", () => {
    const titles = rule.examples.map(({ title }) => title);
    expect(titles).not.toEqual([]);
    expect(new Set(titles).size).toBe(titles.length);
  });

  it("looks at something, but for the rule that the engine itself reports under", () => {
    expect(Object.keys(rule.checks).length > 0).toBe(rule.id !== "no-unused-suppression");
  });
});
