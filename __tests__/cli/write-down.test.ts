import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "@jest/globals";
import { migrateVerify, TemporaryFolder } from "./program.ts";

const FILES = {
  "db/migrations/000001_orders.up.sql": "CREATE TABLE orders (id int PRIMARY KEY, note text);\n",
  "db/migrations/000001_orders.down.sql": "DROP TABLE orders;\n",
  "db/migrations/000002_note.up.sql": "ALTER TABLE orders DROP note;\n",
};
const UP = "db/migrations/000002_note.up.sql";

describe("--write-down", () => {
  it("writes a down script that was run, and what it does not bring back", () => {
    using folder = new TemporaryFolder(FILES);
    const { stderr } = migrateVerify(folder.path, "verify", UP, "--write-down", "down.sql");
    expect(stderr).toContain("Wrote down.sql: it was run, and is schema-only.");
    expect(readFileSync(join(folder.path, "down.sql"), "utf8")).toBe(
      '-- Not brought back: orders has other values in note.\nALTER TABLE "public"."orders" ADD COLUMN "note" text;\n',
    );
  });

  it("keeps a file that is there", () => {
    using folder = new TemporaryFolder({ ...FILES, "down.sql": "mine" });
    const ended = migrateVerify(folder.path, "verify", UP, "--write-down", "down.sql");
    expect(ended.status).toBe(2);
    expect(ended.stderr).toContain("down.sql cannot be written (EEXIST).");
    expect(readFileSync(join(folder.path, "down.sql"), "utf8")).toBe("mine");
  });

  it("writes nothing where the down restores everything", () => {
    using folder = new TemporaryFolder(FILES);
    const up = "db/migrations/000001_orders.up.sql";
    const { stderr } = migrateVerify(folder.path, "verify", up, "--write-down", "down.sql");
    expect(stderr).toContain("down.sql was not written: the down is exact.");
    expect(existsSync(join(folder.path, "down.sql"))).toBe(false);
  });

  it("takes one migration", () => {
    using folder = new TemporaryFolder(FILES);
    const ended = migrateVerify(folder.path, "verify", "--all", "db", "--write-down", "down.sql");
    expect(ended.status).toBe(2);
    expect(ended.stderr).toContain("--write-down takes one migration, and 2 changed.");
  });

  it("does not go with lint", () => {
    using folder = new TemporaryFolder(FILES);
    const ended = migrateVerify(folder.path, "lint", UP, "--write-down", "down.sql");
    expect(ended.status).toBe(2);
  });
});
