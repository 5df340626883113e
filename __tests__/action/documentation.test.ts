import { readFileSync } from "node:fs";
import { describe, expect, it } from "@jest/globals";
import { parse } from "yaml";
import { readInputs } from "../../src/action/inputs.ts";

const ACTION = parse(readFileSync("action.yml", "utf8")) as {
  readonly inputs: Readonly<Record<string, { readonly description: string }>>;
  readonly outputs: Readonly<Record<string, { readonly description: string }>>;
};
const PAGE = readFileSync("docs/github-action.md", "utf8");

/** The names in code in the first column of the table under a heading. */
function namedUnder(heading: string): string[] {
  const [, section = ""] = PAGE.split(`\n## ${heading}\n`);
  const [table = ""] = section.split("\n\n").filter((block) => block.trim().startsWith("|"));
  return table
    .split("\n")
    .flatMap((row) =>
      [...(row.split("|")[1] ?? "").matchAll(/`([\w-]+)`/g)].map(([, name = ""]) => name),
    );
}

describe("the Action's inputs", () => {
  it("are what it reads, and each stands in the documentation", () => {
    const names = new Set<string>();
    readInputs(
      new Proxy<NodeJS.ProcessEnv>(
        {},
        {
          get: (_, name) => {
            names.add(
              String(name)
                .replace(/^INPUT_/, "")
                .toLowerCase(),
            );
            return undefined;
          },
        },
      ),
    );
    const inputs = Object.keys(ACTION.inputs);
    expect([...names].toSorted()).toEqual(inputs.toSorted());
    expect(namedUnder("Inputs").toSorted()).toEqual(inputs.toSorted());
  });
});

describe("the Action's outputs", () => {
  it("stand in the documentation", () => {
    expect(namedUnder("Outputs").toSorted()).toEqual(Object.keys(ACTION.outputs).toSorted());
  });
});
