import { describe, expect, it } from "@jest/globals";
import * as fc from "fast-check";
import { fixedFolder, matchesGlob } from "../../src/config/glob.ts";

describe("matchesGlob", () => {
  it.each([
    ["db/archive/**", "db/archive/1.sql", true],
    ["db/archive/**", "db/archive/2020/1.sql", true],
    ["db/archive/**", "db/archived/1.sql", false],
    ["db/archive/", "db/archive/2020/1.sql", true],
    ["db/archive/", "db/archive.sql", false],
    ["db/*.sql", "db/1.sql", true],
    ["db/*.sql", "db/a/1.sql", false],
    ["db/*.sql", "db/.sql", true],
    ["**/*.sql", "1.sql", true],
    ["**/*.sql", "a/b/1.sql", true],
    ["**/*.sql", "a/b/1.sq", false],
    ["a/**/z", "a/z", true],
    ["a/**/z", "a/b/c/z", true],
    ["a/**/z", "a/b/c/z/y", false],
    ["a/**/b/**/c", "a/b/x/b/y/c", true],
    ["**", "a/b", true],
    ["*", "a", true],
    ["*", "a/b", false],
    ["000?_x.sql", "0001_x.sql", true],
    ["000?_x.sql", "000_x.sql", false],
    ["?", "😀", true],
    ["a*b*c", "a-b-b-c", true],
    ["a*b*c", "a-b-c-d", false],
    ["a**b", "axxb", true],
    ["a.sql", "a_sql", false],
    ["", "a", false],
  ])("%j and %j: %p", (glob, path, expected) => {
    expect(matchesGlob(path, glob)).toBe(expected);
  });

  it("agrees with a pattern of its own making", () => {
    const parts = fc.array(fc.constantFrom("a", "b", "*", "?", "/", "**", "/**/"), {
      maxLength: 8,
    });
    fc.assert(
      fc.property(
        parts,
        fc.string({ unit: fc.constantFrom("a", "b", "/"), maxLength: 8 }),
        (glob, path) => {
          const text = glob
            .join("")
            .replace(/\*{3,}/g, "**")
            .replace(/\/$/, "/a");
          expect(matchesGlob(path, text)).toBe(slowly(text.split("/"), path.split("/")));
        },
      ),
      { numRuns: 3000 },
    );
  });

  it.each([
    ["db/seed/*.sql", "db/seed"],
    ["db/seed/", "db/seed"],
    ["db/*/seed/a.sql", "db"],
    ["seed.sql", ""],
    ["**/seed.sql", ""],
    ["db/a?c/x.sql", "db"],
  ])("%j matches in %j alone", (glob, folder) => {
    expect(fixedFolder(glob)).toBe(folder);
  });

  it("is not slow for the worst of globs", () => {
    expect(matchesGlob("a".repeat(5000), "*a".repeat(500) + "b")).toBe(false);
    expect(matchesGlob("a/".repeat(2000), "**/a/".repeat(200) + "b")).toBe(false);
  });
});

/** The definition, tried every way. */
function slowly(glob: readonly string[], path: readonly string[]): boolean {
  const [first, ...rest] = glob;
  if (first === undefined) return path.length === 0;
  if (first === "**")
    return path.some((_, index) => slowly(rest, path.slice(index))) || slowly(rest, []);
  const [segment, ...others] = path;
  if (segment === undefined) return false;
  const pattern = first.replaceAll("*", "[^/]*").replaceAll("?", "[^/]");
  return new RegExp(`^${pattern}$`).test(segment) && slowly(rest, others);
}
