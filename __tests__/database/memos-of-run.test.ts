import { appendFileSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { memosOfRun } from "../../src/database/memos-of-run.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "migrate-verify-test-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

const MEMO = { models: new Map([["shop.item", { price: 12n, names: ["a", undefined] }]]) };

function memosOf({ env = {}, name = "cli.js", text = "" } = {}): ReturnType<typeof memosOfRun> {
  const program = join(folder, name);
  writeFileSync(program, text);
  const kept = join(folder, "kept");
  return memosOfRun({ env: { MIGRATE_VERIFY_CACHE: kept, ...env }, root: "/shop", program });
}

describe("what runs keep for the next one", () => {
  it("is found under its name, by the same program", async () => {
    memosOf()?.keep("one", MEMO);
    await Promise.resolve();
    expect(memosOf()?.find("one")).toEqual(MEMO);
    expect(memosOf()?.find("other")).toBeUndefined();
    expect(memosOf({ text: "another version" })?.find("one")).toBeUndefined();
  });

  it("is not there when it is damaged", async () => {
    memosOf()?.keep("one", MEMO);
    await Promise.resolve();
    const [file = ""] = readdirSync(join(folder, "kept"));
    appendFileSync(join(folder, "kept", file), "x");
    expect(memosOf()?.find("one")).toBeUndefined();
  });

  it("is left alone by a run for a pull request", async () => {
    memosOf({ env: { GITHUB_EVENT_NAME: "pull_request" } })?.keep("one", MEMO);
    await Promise.resolve();
    expect(memosOf()?.find("one")).toBeUndefined();
  });

  it("is nothing where that is switched off, and for a program that was not built", () => {
    expect(memosOf({ env: { MIGRATE_VERIFY_CACHE: "off" } })).toBeUndefined();
    expect(memosOf({ name: "cli.ts" })).toBeUndefined();
  });
});
