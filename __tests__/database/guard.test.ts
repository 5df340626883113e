import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { describe, expect, it } from "@jest/globals";

const ROOT = join(import.meta.dirname, "..", "..");

describe("a guarded process", () => {
  const output = execFileSync(
    process.execPath,
    [
      "--disallow-code-generation-from-strings",
      "--import=tsx",
      "__tests__/fixtures/database/guarded.ts",
    ],
    { cwd: ROOT, encoding: "utf8" },
  );
  const { outcomes, left, environment } = JSON.parse(output) as {
    outcomes: Record<string, string>;
    left: string[];
    environment: string[];
  };

  it("compiles modules of the list and nothing else", () => {
    expect(outcomes).toEqual({
      "a listed module": "done",
      "a listed module, seen from a larger buffer": "done",
      "an unlisted module": "refused",
      "an unlisted module, as a plain buffer": "refused",
      "an unlisted module, by the constructor of another": "refused",
      "an unlisted module, by Reflect": "refused",
      "WebAssembly.compile": "refused",
      "WebAssembly.instantiate": "refused",
      "WebAssembly.validate": "refused",
      "another WebAssembly.Module": "refused",
      eval: "refused",
      Function: "refused",
    });
  });

  it("has nothing left that reaches outside", () => {
    expect(left).toEqual([]);
    expect(environment).toEqual([]);
  });
});
