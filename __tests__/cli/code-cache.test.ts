import { readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "@jest/globals";
import { migrateVerifyWith, TemporaryFolder } from "./program.ts";

describe("the compiled code of the program", () => {
  it("is kept in the user's own cache folder, and used again", () => {
    using folder = new TemporaryFolder();
    expect(run(folder.path)).toEqual({ status: 0, stderr: "" });
    const kept = keptIn(folder.path);
    expect(kept.length).toBeGreaterThan(0);
    expect(run(folder.path)).toEqual({ status: 0, stderr: "" });
    expect(keptIn(folder.path)).toEqual(kept);
  });

  it.each([
    ["cut short", (bytes: Buffer) => bytes.subarray(0, bytes.length / 2)],
    ["empty", () => Buffer.alloc(0)],
    ["of something else", (bytes: Buffer) => Buffer.from(bytes).fill(7, 0, 32)],
  ])("is made anew where a file of it is %s", (_, spoil) => {
    using folder = new TemporaryFolder();
    run(folder.path);
    for (const { path } of keptIn(folder.path)) writeFileSync(path, spoil(readFileSync(path)));
    expect(run(folder.path)).toEqual({ status: 0, stderr: "" });
  });

  it("is compiled each time where nothing can be kept", () => {
    using folder = new TemporaryFolder({ file: "" });
    expect(run(join(folder.path, "file", "below"))).toEqual({ status: 0, stderr: "" });
  });

  const hasProc = process.platform === "linux" ? it : it.skip;
  hasProc("is compiled each time where no folder can ever be made", () => {
    expect(run("/proc/none")).toEqual({ status: 0, stderr: "" });
  });

  it("is not that of a project's own rules", () => {
    using folder = new TemporaryFolder({
      "001_a.sql": "CREATE TABLE a (id bigint PRIMARY KEY);",
      "rules.cjs": 'require("./shout.cjs"); module.exports = { rules: [] };',
      "shout.cjs": 'process.stderr.write("shouted\\n");',
    });
    const lint = ["lint", "--all", "--rules", "rules.cjs", folder.path];
    const { stderr } = migrateVerifyWith({ XDG_CACHE_HOME: folder.path }, folder.path, ...lint);
    expect(stderr).toContain("shouted");
    const names = keptIn(folder.path).map(({ path }) => path);
    expect(names.filter((name) => name.includes("shout"))).toEqual([]);
  });
});

function run(caches: string): { readonly status: number | null; readonly stderr: string } {
  const { status, stderr } = migrateVerifyWith({ XDG_CACHE_HOME: caches }, "/", "rules");
  return { status, stderr };
}

interface Kept {
  readonly path: string;
  readonly changedMs: number;
}

/** The files below a cache folder. */
function keptIn(folder: string): Kept[] {
  return readdirSync(join(folder, "migrate-verify"), { recursive: true, encoding: "utf8" })
    .map((name) => join(folder, "migrate-verify", name))
    .filter((path) => statSync(path).isFile())
    .toSorted()
    .map((path) => ({ path, changedMs: statSync(path).mtimeMs }));
}
