import { describe, expect, it } from "@jest/globals";
import { namedFiles } from "../../src/git/named-files.ts";
import { loadSettings } from "../../src/review/load-settings.ts";
import { TemporaryFolder } from "../git/temporary-folder.ts";

describe("verify.seed, when files are named", () => {
  it("finds its files in folders that the named file does not bring", async () => {
    using folder = new TemporaryFolder();
    folder
      .write("migrate-verify.yml", "verify: { seed: [db/seed/*.sql] }\n")
      .write("db/seed/rows.sql", "SELECT 1;")
      .write("db/migrations/1_a.up.sql", "SELECT 1;");
    const { files } = namedFiles(["db/migrations/1_a.up.sql"], folder.root);
    expect(files.paths).not.toContain("db/seed/rows.sql");
    const { seed } = await loadSettings(files, [], {});
    expect(seed).toEqual([{ path: "db/seed/rows.sql", text: "SELECT 1;" }]);
  });

  it("still refuses a glob that names none", async () => {
    using folder = new TemporaryFolder();
    folder
      .write("migrate-verify.yml", "verify: { seed: [db/other/*.sql] }\n")
      .write("db/migrations/1_a.up.sql", "SELECT 1;");
    const { files } = namedFiles(["db/migrations/1_a.up.sql"], folder.root);
    await expect(loadSettings(files, [], {})).rejects.toThrow("db/other/*.sql names no file");
  });
});
