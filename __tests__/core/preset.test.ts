import { describe, expect, it } from "@jest/globals";
import { rules } from "../../rules/index.ts";
import { findings, type LintCase } from "../rules/lint.ts";

const TABLE = 'CREATE TABLE "User" ("id" SERIAL PRIMARY KEY, "at" TIMESTAMP(3) NOT NULL);';
const HABITS = ["no-quoted-name", "prefer-identity", "prefer-timestamptz", "require-schema-name"];

function habits(part: Partial<LintCase>): string[] {
  const found = new Set(findings({ migration: TABLE, ...part }).map(({ rule }) => rule));
  return HABITS.filter((rule) => found.has(rule));
}

describe("what a framework's generator writes", () => {
  it("is none of the recommended rules' business", () => {
    expect(habits({ preset: "recommended" })).toEqual([]);
  });

  it("is asked for by strict where people write the SQL", () => {
    expect(habits({ framework: "golang-migrate" })).toEqual(HABITS);
  });

  it("is not asked for by strict where it is the generator's", () => {
    expect(habits({ framework: "prisma" })).toEqual([]);
  });

  it("is asked for where the configuration names the rule", () => {
    const [rule] = rules.filter(({ id }) => id === "prefer-timestamptz");
    expect(rule?.generatedBy).toContain("prisma");
    expect(
      rules.filter(({ generatedBy, optIn }) => generatedBy !== undefined && optIn !== true),
    ).toEqual([]);
  });
});
