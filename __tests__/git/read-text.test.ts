import { spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, symlinkSync, truncateSync } from "node:fs";
import { afterAll, describe, expect, it } from "@jest/globals";
import { DiskFiles } from "../../src/git/disk-files.ts";
import { readText } from "../../src/git/read-text.ts";
import { TemporaryFolder } from "./temporary-folder.ts";

const folder = new TemporaryFolder();
afterAll(() => folder[Symbol.dispose]());

describe("a file that is text", () => {
  it.each([
    ["empty", "", ""],
    ["UTF-8", "é😀", "é😀"],
    ["a byte order mark is taken off", "\uFEFFSELECT 1;", "SELECT 1;"],
    ["only the first one", "\uFEFF\uFEFFa", "\uFEFFa"],
    ["CRLF stays", "a\r\nb\r\n", "a\r\nb\r\n"],
  ])("%s", (name, content, text) => {
    folder.write(name, content);
    expect(readText(folder.root, folder.path(name))).toEqual({ text });
  });
});

describe("a file that is not", () => {
  it.each([
    ["latin1.sql", Buffer.from([0x63, 0xe9, 0x0a]), "not-utf8", /not UTF-8/],
    ["cut.sql", Buffer.from([0xf0, 0x9f, 0x98]), "not-utf8", /not UTF-8/],
    ["utf16.sql", Buffer.from("\uFEFFSELECT 1;", "utf16le"), "not-utf8", /UTF-16/],
    ["nul.sql", "SELECT 1;\0DROP TABLE a;", "nul-byte", /NUL/],
  ])("%s", (name, content, unreadable, reason) => {
    folder.write(name, content);
    expect(readText(folder.root, folder.path(name))).toEqual({
      unreadable,
      reason: expect.stringMatching(reason),
    });
  });

  it("is named by its size, without loading it", () => {
    folder.write("large.sql", "");
    truncateSync(folder.path("large.sql"), 10 * 1024 * 1024 + 1);
    expect(readText(folder.root, folder.path("large.sql"))).toEqual({
      unreadable: "too-large",
      reason: "it is larger than 10 MB",
    });
    truncateSync(folder.path("large.sql"), 10 * 1024 * 1024);
    expect(readText(folder.root, folder.path("large.sql"))).toHaveProperty(
      "unreadable",
      "nul-byte",
    );
  });

  it("may not be there, or be a folder", () => {
    mkdirSync(folder.path("folder.sql"));
    const kinds = ["nothing.sql", "latin1.sql/x.sql", "folder.sql"].map((name) =>
      readText(folder.root, folder.path(name)),
    );
    expect(kinds).toEqual([
      { unreadable: "missing", reason: "it does not exist" },
      { unreadable: "missing", reason: "it does not exist" },
      { unreadable: "denied", reason: "it is not a regular file" },
    ]);
  });
});

/** Runs something as a user that files do not belong to; root may read everything. */
function asNobody<Result>(run: () => Result): Result {
  const isRoot = process.geteuid?.() === 0;
  if (isRoot) process.seteuid?.(65_534);
  try {
    return run();
  } finally {
    if (isRoot) process.seteuid?.(0);
  }
}

(process.platform === "win32" ? describe.skip : describe)("a file of others", () => {
  it("is not read", () => {
    chmodSync(folder.root, 0o755);
    folder.write("secret.sql", "x");
    chmodSync(folder.path("secret.sql"), 0);
    expect(asNobody(() => readText(folder.root, folder.path("secret.sql")))).toEqual({
      unreadable: "denied",
      reason: "reading it is not permitted",
    });
  });
});

const madePipe = spawnSync("sh", ["-c", `mkfifo "$0"`, folder.path("pipe.sql")]).status === 0;
(madePipe ? describe : describe.skip)("a pipe (needs mkfifo)", () => {
  it("is not waited for", () => {
    expect(readText(folder.root, folder.path("pipe.sql"))).toHaveProperty("unreadable", "denied");
  });
});

const canLink = process.platform !== "win32";
(canLink ? describe : describe.skip)("a symbolic link (needs links)", () => {
  it("is followed inside of the repository only", () => {
    using outside = new TemporaryFolder();
    outside.write("passwd", "root");
    folder.write("real.sql", "SELECT 1;");
    symlinkSync("real.sql", folder.path("inside.sql"));
    symlinkSync(outside.path("passwd"), folder.path("outside.sql"));
    symlinkSync("../".repeat(20) + outside.path("passwd").slice(1), folder.path("dots.sql"));
    symlinkSync("nowhere", folder.path("broken.sql"));
    const files = new DiskFiles(folder.root, ["inside.sql"]);
    expect(files.text("inside.sql")).toEqual({ text: "SELECT 1;" });
    const denied = { unreadable: "denied", reason: "it is a link that leaves the repository" };
    expect(files.text("outside.sql")).toEqual(denied);
    expect(files.text("dots.sql")).toEqual(denied);
    expect(files.text("broken.sql")).toHaveProperty("unreadable", "missing");
  });
});
