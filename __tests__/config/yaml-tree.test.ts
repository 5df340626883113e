import { describe, expect, it } from "@jest/globals";
import { UserError } from "../../src/core/user-error.ts";
import { readYaml } from "../../src/config/yaml-tree.ts";

function faultOf(text: string): string {
  try {
    readYaml(text, "f.yml");
  } catch (error) {
    if (error instanceof UserError) return error.message;
    throw error;
  }
  throw new Error("the text was accepted");
}

const bomb = "abcdefghijk"
  .split("")
  .map((name, index) =>
    index === 0
      ? "a: &a [x, x, x]"
      : `${name}: &${name} [${`*${"abcdefghij"[index - 1]}, `.repeat(9)}]`,
  );

describe("what is refused", () => {
  it.each([
    ["a sequence that does not end", "a: [", "f.yml:1: Flow sequence"],
    ["a tab as indentation", "a:\n\tb: 1", "f.yml:2: Tabs are not allowed as indentation"],
    ["a duplicate key", "a: 1\nb: 2\na: 3", 'f.yml:3: the key "a" is there twice'],
    ["a duplicate key far down", "x:\n  - {a: 1, 'a': 2}", 'f.yml:2: the key "a" is there twice'],
    ["a key that is a list", "? [a]\n: 1", "f.yml:1: a key that is not a plain text"],
    ["two documents", "a: 1\n---\nb: 2", "f.yml:2: a second document; one is read"],
    ["another version of YAML", "%YAML 1.1\n---\na: no", "f.yml:1: YAML 1.2 is read"],
    ["a tag", "a: !!js/function x", "f.yml:1: Unresolved tag: tag:yaml.org,2002:js/function"],
    ["an alias of nothing", "a: *b", "f.yml:1: no anchor &b stands before it"],
    ["aliases of aliases", bomb.join("\n"), "f.yml:2: an alias inside of what an anchor names"],
    ["an alias of itself", "a: &a [*a]", "f.yml:1: an alias inside of what an anchor names"],
    ["many aliases", `a: &a 1\nb: [${"*a, ".repeat(101)}]`, "f.yml:2: more than 100 aliases"],
    ["a long text", "a".repeat(300_000), "f.yml: longer than 262144 characters"],
    ["open brackets", "[".repeat(60_000), "f.yml:1: nested deeper than 32 levels"],
    ["brackets", `${"[".repeat(30_000)}${"]".repeat(30_000)}`, "f.yml:1: nested deeper than 32"],
    ["maps in maps", "{a: ".repeat(15_000), "f.yml:1: nested deeper than 32 levels"],
    ["lists in lists", "- ".repeat(30_000), "f.yml:1: nested deeper than 32 levels"],
    ["keys of keys", "? ".repeat(30_000), "f.yml:1: nested deeper than 32 levels"],
    ["values of values", "a: ".repeat(20_000), "f.yml:1: nested deeper than 32 levels"],
  ])("%s", (_, text, message) => {
    expect(faultOf(text)).toContain(message);
  });
});

describe("what is read", () => {
  it.each([
    ["", null],
    ["a: off\nb: yes\nc: 0o17\nd: ~", { a: "off", b: "yes", c: 15, d: null }],
    ["a: &x 1\nb: *x", { a: 1, b: 1 }],
    ["a: &x { p: 1 }\nb: { <<: 2 }", { a: { p: 1 }, b: { "<<": 2 } }],
    ["\u{feff}a: 1", { a: 1 }],
  ])("%j", (text, value) => {
    expect(readYaml(text, "f.yml").value).toEqual(value);
  });

  it("keeps a key of Object.prototype a key", () => {
    const { value } = readYaml("__proto__: { a: 1 }", "f.yml");
    expect(Object.keys(value as object)).toEqual(["__proto__"]);
  });

  it("reads many keys in no time that anyone notices", () => {
    const text = Array.from({ length: 20_000 }, (_, index) => `k${index}: 1`).join("\n");
    expect(Object.keys(readYaml(text, "f.yml").value as object)).toHaveLength(20_000);
  });

  it("tells places", () => {
    const tree = readYaml("a:\n  b:\n    - 1\n    - 007\nc: 'x'\n", "f.yml");
    expect(tree.lineOf(["a", "b", 1])).toBe(4);
    expect(tree.lineOf(["a", "b", 9])).toBe(3);
    expect(tree.lineOf(["missing"])).toBe(1);
    expect(tree.lineOfKey(["a"], "b")).toBe(2);
    expect(tree.lineOfKey([], "c")).toBe(5);
    expect(tree.sourceOf(["a", "b", 1])).toBe("007");
    expect(tree.sourceOf(["a"])).toBeUndefined();
  });
});
