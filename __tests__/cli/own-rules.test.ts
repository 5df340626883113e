import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "@jest/globals";
import { PGlite } from "@electric-sql/pglite";
import { parseTableStatistics } from "../../src/config/table-statistics.ts";
import { migrateVerify, TemporaryFolder } from "./program.ts";

/* The examples of docs/rules.md, run as they stand there. */

const PAGE = readFileSync(join(import.meta.dirname, "../../docs/rules.md"), "utf8");
const blocks = (language: string): readonly string[] =>
  [...PAGE.matchAll(/^```(\w+)\n([\s\S]*?)^```/gm)].flatMap(([, name, text = ""]) =>
    name === language ? [text] : [],
  );
const [MODULE = ""] = blocks("js");

const FILES = {
  "db/migrations/1_users.up.sql": "CREATE TABLE users (id bigint PRIMARY KEY);\n",
  "db/migrations/1_users.down.sql": "DROP TABLE users;\n",
  "db/migrations/2_orders.up.sql": "CREATE TABLE orders (id bigint PRIMARY KEY, shop_id bigint);\n",
  "db/migrations/2_orders.down.sql": "DROP TABLE orders;\n",
};
const CHANGE = "db/migrations/2_orders.up.sql";

describe("--rules", () => {
  it("finds what the module's rule says, with its title in every format", () => {
    using folder = new TemporaryFolder({ ...FILES, "db/rules.mjs": MODULE });
    const text = migrateVerify(folder.path, "lint", "--rules", "db/rules.mjs", CHANGE);
    expect(text.stdout).toContain("error require-tenant-column");
    expect(text.stdout).toContain("`orders` has no `tenant_id`. Add it.");
    expect(text.status).toBe(1);
    const markdown = ["--format", "markdown"];
    expect(
      migrateVerify(folder.path, "lint", "--rules", "db/rules.mjs", ...markdown, CHANGE).stdout,
    ).toContain("Give every table the column tenant\\_id");
  });

  it("says nothing of it without", () => {
    using folder = new TemporaryFolder({ ...FILES, "db/rules.mjs": MODULE });
    expect(migrateVerify(folder.path, "lint", CHANGE)).toMatchObject({ status: 0 });
  });

  it("takes its settings from the configuration, and a comment that ignores it", () => {
    using folder = new TemporaryFolder({
      ...FILES,
      "db/rules.mjs": MODULE,
      "migrate-verify.yml": "rules:\n  require-tenant-column: { column: shop_id }\n",
    });
    const run = () => migrateVerify(folder.path, "lint", "--rules", "db/rules.mjs", CHANGE);
    expect(run()).toMatchObject({ status: 0 });
    folder.write("migrate-verify.yml", "rules:\n  require-tenant-column: warning\n");
    expect(run().stdout).toContain("warning require-tenant-column");
    folder.write(CHANGE, `-- migrate-verify-ignore require-tenant-column a list\n${FILES[CHANGE]}`);
    expect(run().stdout).not.toContain("has no `tenant_id`");
  });

  it("does not let a configuration name a module", () => {
    using folder = new TemporaryFolder({ ...FILES, "migrate-verify.yml": "rules: db/rules.mjs\n" });
    expect(migrateVerify(folder.path, "lint", CHANGE).status).toBe(2);
  });

  it.each([
    ["no file", undefined, /cannot be loaded/],
    ["no JavaScript", "export default {", /cannot be loaded/],
    ["nothing exported", "const a = 1;", /exports no rules/],
    ["no rule", "export default [1];", /rule 1 is none/],
    [
      "a check that is no function",
      'export default {id: "a-b", summary: "x", severity: "error", checks: {a: 1}};',
      /at checks\.a/,
    ],
    [
      "a severity that is none",
      'export default {id: "a-b", summary: "x", severity: "bad", checks: {}};',
      /at severity/,
    ],
    [
      "a key that is none",
      'export default {id: "a-b", summary: "x", severity: "info", checks: {}, colour: 1};',
      /colour/,
    ],
    [
      "a rule that there is",
      'export default {id: "no-drop-table", summary: "x", severity: "info", checks: {}};',
      /a rule no-drop-table already/,
    ],
  ])("refuses %s", (_, text, message) => {
    using folder = new TemporaryFolder(FILES);
    if (text !== undefined) folder.write("db/rules.mjs", text);
    const { status, stderr } = migrateVerify(
      folder.path,
      "lint",
      "--rules",
      "db/rules.mjs",
      CHANGE,
    );
    expect(stderr).toMatch(message);
    expect(stderr).not.toMatch(/\n +at /);
    expect(status).toBe(2);
  });

  it("fails where its rule throws, and says whose it is", () => {
    const text =
      'export default {id: "a-b", summary: "x", severity: "info", checks: {"create-table"() { throw new Error("mine"); }}};';
    using folder = new TemporaryFolder({ ...FILES, "r.mjs": text });
    const { status, stderr, stdout } = migrateVerify(
      folder.path,
      "lint",
      "--rules",
      "r.mjs",
      CHANGE,
    );
    expect(stderr).toContain("It comes from r.mjs");
    expect(stderr).not.toContain("report it");
    expect(stdout).toContain("a bug of r.mjs");
    expect(status).toBe(3);
  });
});

describe("docs/rules.md", () => {
  it("shows configurations that are valid", () => {
    using folder = new TemporaryFolder({ ...FILES, "db/table-sizes.json": '{"users": 5}' });
    for (const yaml of blocks("yaml")) {
      folder.write("migrate-verify.yml", yaml);
      expect(migrateVerify(folder.path, "lint", CHANGE).stderr).toBe("");
    }
  });

  it("shows a query whose answer is a table statistics file", async () => {
    const database = await PGlite.create();
    await database.exec(`CREATE TABLE orders (id int); INSERT INTO orders SELECT generate_series(1, 500);
      CREATE SCHEMA billing; CREATE TABLE billing.invoices (id int); ANALYZE;`);
    const [query = ""] = blocks("sql");
    const { rows } = await database.query<{ json_object_agg: unknown }>(query);
    await database.close();
    const sizes = parseTableStatistics(JSON.stringify(rows[0]?.json_object_agg), "sizes.json");
    expect(sizes({ schema: "public", name: "orders" })).toBe(500);
    expect(sizes({ schema: "billing", name: "invoices" })).toBe(0);
  });
});
