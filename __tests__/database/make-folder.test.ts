import { chmodSync, mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";

import { makeFolder } from "../../src/database/make-folder.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "migrate-verify-test-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

describe("a folder is made", () => {
  it("with those that it lies in, which others may not read then", () => {
    chmodSync(folder, 0o755);
    makeFolder(join(folder, "a", "b"), 0o700);
    const modes = ["", "a", join("a", "b")].map(
      (name) => statSync(join(folder, name)).mode & 0o777,
    );
    expect(modes).toEqual([0o755, 0o700, 0o700]);
  });

  it("once", () => {
    makeFolder(join(folder, "a"));
    expect(() => makeFolder(join(folder, "a"))).not.toThrow();
  });

  it("not within a file", () => {
    writeFileSync(join(folder, "file"), "");
    expect(() => makeFolder(join(folder, "file", "a"))).toThrow("ENOTDIR");
  });

  const onLinux = process.platform === "linux" ? it : it.skip;
  onLinux("not where the system says that there is no such folder", () => {
    expect(() => makeFolder("/proc/none/a")).toThrow("ENOENT");
  });
});
