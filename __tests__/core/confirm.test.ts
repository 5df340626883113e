import { describe, expect, it } from "@jest/globals";
import type { Access } from "../../src/core/checklist.ts";
import { mayConfirm, whoWords, type Person } from "../../src/core/confirm.ts";

function person(access: Access, part: Partial<Person> = {}): Person {
  return { login: "octocat", access, teams: [], isAuthor: false, ...part };
}

const alone = async (): Promise<boolean> => true;
const asked = async (): Promise<boolean> => {
  throw new Error("asked");
};
const author = { isAuthor: true };
const team = { teams: ["@Org/DBA"] };

describe("whose word counts", () => {
  it.each<[who: readonly string[], Person, counts: boolean]>([
    [["write"], person("none"), false],
    [["write"], person("read"), false],
    [["write"], person("triage"), false],
    [["write"], person("write"), true],
    [["write"], person("maintain"), true],
    [["write"], person("admin"), true],
    [["maintain"], person("write"), false],
    [["admin"], person("maintain"), false],
    [["admin"], person("admin"), true],
    [["@octocat"], person("none"), true],
    [["@OctoCat"], person("none"), true],
    [["@octo"], person("admin"), false],
    [["@org/dba"], person("read", team), true],
    [["@org/dba"], person("admin"), false],
    [["@org/dba", "admin"], person("admin"), true],
    [[], person("admin"), false],
    [["write"], person("admin", author), false],
    [["@octocat"], person("admin", author), false],
  ])("of %j: %j %p", async (who, somebody, counts) => {
    const permission = await mayConfirm({ who, notAuthor: true }, somebody, async () => false);
    expect(permission.allowed).toBe(counts);
  });

  it("takes the author's word where nobody else could give it, and says so", async () => {
    const rule = { who: ["write"], notAuthor: true };
    expect(await mayConfirm(rule, person("write", author), alone)).toEqual({
      allowed: true,
      alone: true,
    });
    expect(await mayConfirm(rule, person("read", author), alone)).toMatchObject({ allowed: false });
  });

  it("takes the author's word where the configuration does, and asks nobody who else could", async () => {
    const rule = { who: ["write"], notAuthor: false };
    expect(await mayConfirm(rule, person("write", author), asked)).toEqual({ allowed: true });
    expect(await mayConfirm({ ...rule, notAuthor: true }, person("write"), asked)).toEqual({
      allowed: true,
    });
  });
});

describe("whose word it is, in words", () => {
  it.each([
    [["write"], "write access"],
    [["admin", "@octocat"], "admin access or octocat"],
    [["@a", "@b/c", "maintain"], "a, b/c or maintain access"],
  ])("%j: %s", (who, words) => {
    expect(whoWords({ who, notAuthor: true })).toBe(words);
  });
});
