import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "@jest/globals";
import { HAS_GIT, migrateVerify, TemporaryFolder } from "./program.ts";

const KEY =
  "ALTER TABLE orders ADD CONSTRAINT orders_self FOREIGN KEY (parent) REFERENCES orders (id)";
const FILES = {
  "migrate-verify.yml": "rules: { require-lock-timeout: info }\n",
  "db/migrations/1_orders.up.sql": "CREATE TABLE orders (id bigint PRIMARY KEY, parent bigint);\n",
  "db/migrations/1_orders.down.sql": "DROP TABLE orders;\n",
  "db/migrations/2_key.up.sql": `\uFEFF${KEY};\r\n`,
  "db/migrations/2_key.down.sql": "ALTER TABLE orders DROP CONSTRAINT orders_self;\n",
};
const NAMED = ["db/migrations/2_key.up.sql", "db/migrations/2_key.down.sql"];

describe("lint --fix", () => {
  it("writes the files, keeps their marks and line ends, and reports what is left", () => {
    using folder = new TemporaryFolder(FILES);
    const { status, stdout, stderr } = migrateVerify(folder.path, "lint", "--fix", ...NAMED);
    const read = (name: string): string =>
      readFileSync(join(folder.path, "db/migrations", name), "utf8");
    expect(read("2_key.up.sql")).toBe(`\uFEFFSET lock_timeout = '5s';\n${KEY} NOT VALID;\r\n`);
    expect(read("3_validate_orders_self.up.sql")).toBe(
      "ALTER TABLE orders VALIDATE CONSTRAINT orders_self;\n",
    );
    expect(stderr).toContain("added db/migrations/3_validate_orders_self.up.sql");
    expect(stderr).toContain("(require-not-valid-foreign-key)");
    expect(stdout).not.toContain("require-not-valid-foreign-key");
    expect(status).toBe(0);
  });

  it("shows a diff that Git applies, and writes nothing, with --dry-run", () => {
    using folder = new TemporaryFolder(FILES);
    const before = readdirSync(join(folder.path, "db/migrations"));
    const { stdout } = migrateVerify(folder.path, "lint", "--fix", "--dry-run", ...NAMED);
    expect(readdirSync(join(folder.path, "db/migrations"))).toEqual(before);
    expect(stdout).toContain("+++ b/db/migrations/3_validate_orders_self.up.sql");
    expect(stdout).toContain(` NOT VALID;`);
    if (!HAS_GIT) return;
    folder.write("fix.diff", stdout.replaceAll("\r", ""));
    folder.write("db/migrations/2_key.up.sql", `${KEY};\n`);
    expect(folder.git("apply", "--check", "--ignore-whitespace", "fix.diff")).toBe("");
  });

  it("writes nothing where a file to add is there already", () => {
    if (!HAS_GIT) return;
    using folder = new TemporaryFolder({ ...FILES, ".gitignore": "*_validate_*\n2_key*\n" });
    folder.git("init", "-q", "-b", "main");
    folder.git("add", ".");
    folder.git("commit", "-q", "-m", "history");
    folder.git("checkout", "-q", "-b", "change");
    folder.write(".gitignore", "*_validate_*\n");
    folder.write("db/migrations/3_validate_orders_self.up.sql", "SELECT 1;\n");
    folder.write("db/migrations/2_key.up.sql", `${KEY};\n`);
    const { status, stderr } = migrateVerify(folder.path, "lint", "--fix");
    expect(stderr).toContain("is there already; nothing was fixed");
    expect(status).toBe(2);
    expect(readFileSync(join(folder.path, "db/migrations/2_key.up.sql"), "utf8")).toBe(`${KEY};\n`);
  });

  it.each([
    [["check", "--fix"], "--fix is for lint"],
    [["lint", "--dry-run"], "--dry-run shows what --fix would do"],
  ])("refuses %j", (args, message) => {
    using folder = new TemporaryFolder(FILES);
    const { status, stderr } = migrateVerify(folder.path, ...args);
    expect(stderr).toContain(message);
    expect(status).toBe(2);
  });
});
