import { describe, expect, it } from "@jest/globals";
import { findConfig } from "../../src/config/find-config.ts";

const find = (...paths: string[]) => findConfig((path) => paths.includes(path));

describe("findConfig", () => {
  it.each([
    [[], undefined],
    [["migrate-verify.yml"], "migrate-verify.yml"],
    [[".github/migrate-verify.yml"], ".github/migrate-verify.yml"],
  ])("among %j is %j", (paths, found) => {
    expect(find(...paths)).toBe(found);
  });

  it.each([
    [["migrate-verify.yml", ".github/migrate-verify.yml"], "There are two configurations"],
    [
      ["migrate-verify.yaml"],
      "migrate-verify.yaml is not read: the configuration's name is migrate-verify.yml.",
    ],
    [[".github/migrate-verify.yaml"], "the configuration's name is .github/migrate-verify.yml."],
    [["migrate-verify.yml", ".migrate-verify.yml"], ".migrate-verify.yml is not read"],
  ])("refuses %j", (paths, message) => {
    expect(() => find(...paths)).toThrow(message);
  });
});
