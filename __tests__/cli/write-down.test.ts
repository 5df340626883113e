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

  it("is in the comment too, for every migration that lacks a down, with its place", () => {
    const M = "prisma/migrations";
    using folder = new TemporaryFolder({
      [`${M}/migration_lock.toml`]: 'provider = "postgresql"\n',
      [`${M}/20260101000000_a/migration.sql`]: "CREATE TABLE orders (id int PRIMARY KEY);\n",
      [`${M}/20260102000000_b/migration.sql`]: "ALTER TABLE orders ADD COLUMN paid boolean;\n",
      [`${M}/20260103000000_c/migration.sql`]: "UPDATE orders SET paid = true;\n",
    });
    const { stdout } = migrateVerify(folder.path, "verify", "--all", ".", "--format", "markdown");
    expect(stdout).toContain("<b>A down script for</b> 20260101000000\\_a");
    expect(stdout).toContain(`Its place: \`${M}/20260102000000_b/down.sql\``);
    expect(stdout).toContain('ALTER TABLE "public"."orders" DROP COLUMN "paid";');
    expect(stdout).toContain("was run after it, and is **exact**");
    expect(stdout).toContain("No down script can be derived for `20260103000000_c`");
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
