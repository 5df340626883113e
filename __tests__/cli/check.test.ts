import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "@jest/globals";
import { Ajv2020 } from "ajv/dist/2020.js";
import { ROOT } from "../build-cache.ts";
import { HAS_GIT, migrateVerify, TemporaryFolder, type Ended } from "./program.ts";

interface Document {
  readonly verdict: string;
  readonly projects: readonly {
    readonly framework: string;
    readonly migrations: readonly {
      readonly id: string;
      readonly change: string;
      readonly findings: readonly { readonly rule: string; readonly line: number }[];
      readonly verification?: {
        readonly up: { readonly outcome: string };
        readonly down: { readonly verdict: string };
        readonly upAgain: { readonly outcome: string };
      };
    }[];
  }[];
  readonly unverified: readonly { readonly path: string }[];
}

const schema: unknown = JSON.parse(readFileSync(join(ROOT, "report.schema.json"), "utf8"));
const validate = new Ajv2020({ strict: false }).compile(schema as object);

function documentOf(ended: Ended): Document {
  const document: unknown = JSON.parse(ended.stdout);
  validate(document);
  expect(validate.errors ?? []).toEqual([]);
  return document as Document;
}

function json(cwd: string, ...args: readonly string[]): Document & { status: number | null } {
  const ended = migrateVerify(cwd, ...args, "--format", "json");
  return { ...documentOf(ended), status: ended.status };
}

describe("the examples", () => {
  it("finds nothing wrong with the shop", () => {
    const { verdict, status, projects } = json(ROOT, "check", "--all", "examples/shop");
    expect(projects.flatMap(({ migrations }) => migrations.flatMap((one) => one.findings))).toEqual(
      [],
    );
    expect({ verdict, status }).toEqual({ verdict: "pass", status: 0 });
  });

  it("gives every verdict on the broken downs", () => {
    const { projects, status } = json(ROOT, "verify", "--all", "examples/broken");
    const verdicts = projects.flatMap(({ migrations }) =>
      migrations.map(({ id, verification }) => [
        id,
        verification?.up.outcome,
        verification?.down.verdict,
        verification?.upAgain.outcome,
      ]),
    );
    expect(verdicts).toEqual([
      ["0001_tickets", "passed", "exact", "passed"],
      ["0002_cosmetic", "passed", "cosmetic", "passed"],
      ["0003_partial", "passed", "partial", "failed"],
      ["0004_no_op", "passed", "no-op", "failed"],
      ["0005_fails", "passed", "fails", "not-run"],
      ["0006_missing", "passed", "missing", "not-run"],
      ["0007_schema_only", "passed", "schema-only", "passed"],
      ["0008_exact", "passed", "exact", "passed"],
      ["0009_does_not_parse", "failed", "not-run", "not-run"],
    ]);
    expect(status).toBe(1);
  });

  it("reads the blog's history for its last migration", () => {
    const path = "examples/blog/prisma/migrations/20260301080000_post_views/migration.sql";
    const { projects, status } = json(ROOT, "lint", path);
    expect(projects.map(({ framework }) => framework)).toEqual(["prisma"]);
    const rules = projects[0]?.migrations[0]?.findings.map(({ rule, line }) => `${rule}:${line}`);
    expect(rules).toEqual(
      expect.arrayContaining(["no-set-not-null-scan:9", "require-concurrent-index:12"]),
    );
    expect(status).toBe(1);
  });
});

describe("the formats", () => {
  it.each([
    ["text", /✗ failed: /],
    ["markdown", /^## ❌ Migration checklist/],
    ["github", /^::error file=/m],
    ["sarif", /"version": "2\.1\.0"/],
  ])("%s", (format, says) => {
    using folder = new TemporaryFolder({
      "migrations/000001_t.up.sql": "CREATE TABLE t (id int);",
      "migrations/000002_i.up.sql": "CREATE INDEX i ON t (id);",
    });
    const ended = migrateVerify(
      folder.path,
      "lint",
      "migrations/000002_i.up.sql",
      "--format",
      format,
    );
    expect(ended.stdout).toMatch(says);
    expect(ended.stderr).toBe("");
    expect(ended.status).toBe(1);
  });
});

describe("thresholds and settings", () => {
  const files = {
    "migrations/000001_t.up.sql": "CREATE TABLE t (id int);",
    "migrations/000001_t.down.sql": "DROP TABLE t;",
    "migrations/000002_i.up.sql": "CREATE INDEX i ON t (id);",
    "migrations/000002_i.down.sql": "DROP INDEX CONCURRENTLY i;",
  };
  const lint = (config: string, ...args: string[]): number | null => {
    using folder = new TemporaryFolder({ ...files, "migrate-verify.yml": config });
    return migrateVerify(folder.path, "lint", ...args, "migrations/000002_i.up.sql").status;
  };

  it.each([
    ["fails on errors by default", "", [], 1],
    ["--fail-on never", "", ["--fail-on", "never"], 0],
    ["a weaker severity", "rules: { require-concurrent-index: warning }", [], 0],
    [
      "a weaker severity with --fail-on warning",
      "rules: { require-concurrent-index: warning }",
      ["--fail-on", "warning"],
      1,
    ],
    [
      "a rule that is off, with its reason",
      'rules: { require-concurrent-index: { severity: off, reason: "small" } }',
      [],
      0,
    ],
    [
      "an override for a file",
      "overrides: [{ files: 'migrations/*_i.*', rules: { require-concurrent-index: warning } }]",
      [],
      0,
    ],
    [
      "an override for other files",
      "overrides: [{ files: 'other/**', rules: { require-concurrent-index: warning } }]",
      [],
      1,
    ],
    ["a baseline", 'baseline: "2"', [], 0],
  ] as const)("%s", (_, config, args, status) => {
    expect(lint(config, ...args)).toBe(status);
  });

  it("keeps a rule's options where an override changes its severity", () => {
    using folder = new TemporaryFolder({
      "migrations/000001_t.up.sql": "CREATE TABLE t (id int, a int);",
      "migrations/000002_b.up.sql": "UPDATE t SET a = 1;",
      "stats.json": '{ "t": 10 }',
      "migrate-verify.yml":
        "tables: stats.json\nrules: { no-unbatched-backfill: { rows: 5 } }\noverrides: [{ files: '**', rules: { no-unbatched-backfill: info } }]\n",
    });
    const { projects } = json(folder.path, "lint", "migrations/000002_b.up.sql");
    expect(projects[0]?.migrations[0]?.findings.map(({ rule }) => rule)).toContain(
      "no-unbatched-backfill",
    );
  });

  it("shows the reason for a rule that an override switches off", () => {
    using folder = new TemporaryFolder({
      ...files,
      "migrate-verify.yml":
        'overrides: [{ files: "migrations/**", rules: { require-concurrent-index: { severity: off, reason: "forty rows" } } }]',
    });
    const { stdout } = migrateVerify(folder.path, "lint", "migrations/000002_i.up.sql");
    expect(stdout).toMatch(/require-concurrent-index is off in migrations\/\*\*: forty rows/);
  });

  it("shows the reason for a rule that is off", () => {
    using folder = new TemporaryFolder({
      ...files,
      "migrate-verify.yml":
        'rules: { require-concurrent-index: { severity: off, reason: "forty rows" } }',
    });
    const { stdout } = migrateVerify(folder.path, "lint", "migrations/000002_i.up.sql");
    expect(stdout).toMatch(/require-concurrent-index[^]*forty rows/);
  });

  it("runs SQL that production ran by hand first", () => {
    using folder = new TemporaryFolder({
      "migrations/000001_t.up.sql": "CREATE TABLE t (m mood);",
      "migrations/000001_t.down.sql": "DROP TABLE t;",
      "before.sql": "CREATE TYPE mood AS ENUM ('calm');",
      "migrate-verify.yml": "verify: { before: before.sql }",
    });
    const { status, projects } = json(folder.path, "verify", "--all");
    expect(projects[0]?.migrations[0]?.verification?.down.verdict).toBe("exact");
    expect(status).toBe(0);
  });
});

function repository(): TemporaryFolder {
  const folder = new TemporaryFolder({
    "db/migrations/000001_t.up.sql": "CREATE TABLE t (id int);\n",
    "db/migrations/000001_t.down.sql": "DROP TABLE t;\n",
  });
  folder.git("init", "-q", "-b", "main");
  folder.git("add", ".");
  folder.git("commit", "-q", "-m", "history");
  folder.git("checkout", "-q", "-b", "change");
  return folder;
}
const changed = (folder: TemporaryFolder, ...args: string[]): string[] =>
  json(folder.path, "lint", ...args).projects.flatMap(({ migrations }) =>
    migrations.map(({ id, change }) => `${id} ${change}`),
  );

(HAS_GIT ? describe : describe.skip)("what changed", () => {
  it("is nothing on a branch without changes", () => {
    using folder = repository();
    expect(changed(folder)).toEqual([]);
  });

  it("counts what is not committed and not even added", () => {
    using folder = repository();
    folder.write("db/migrations/000002_a.up.sql", "ALTER TABLE t ADD COLUMN a int;\n");
    folder.git("add", ".");
    folder.git("commit", "-q", "-m", "a");
    folder.write("db/migrations/000003_b.up.sql", "ALTER TABLE t ADD COLUMN b int;\n");
    folder.write("db/migrations/000001_t.down.sql", "DROP TABLE IF EXISTS t;\n");
    expect(changed(folder)).toEqual(["000001_t down-modified", "000002_a added", "000003_b added"]);
    expect(changed(folder, "--since", "HEAD")).toEqual([
      "000001_t down-modified",
      "000003_b added",
    ]);
  });

  it("knows an edited and a renamed migration", () => {
    using folder = repository();
    folder.write("db/migrations/000001_t.up.sql", "CREATE TABLE t (id bigint);\n");
    expect(changed(folder)).toEqual(["000001_t modified"]);
    folder.git("checkout", "-q", ".");
    folder.git("mv", "db/migrations/000001_t.up.sql", "db/migrations/000009_t.up.sql");
    expect(changed(folder)).toContain("000009_t renamed");
  });

  it.each(["x.txt", "db/migrations/000001_t.up.sql.bak", "db/other/000001_t.up.sql"])(
    "does not pass over a migration that is renamed to %s",
    (name) => {
      using folder = repository();
      folder.write("db/migrations/000002_a.up.sql", "ALTER TABLE t ADD COLUMN a int;\n");
      folder.git("add", ".");
      folder.git("commit", "-q", "-m", "a");
      folder.git("branch", "-f", "main");
      folder.write(name, "");
      folder.git("mv", "-f", "db/migrations/000001_t.up.sql", name);
      folder.git("commit", "-q", "-m", "rename");
      const { status, projects } = json(folder.path, "lint", "db", ".");
      expect(status).toBe(1);
      const deleted = projects.flatMap(({ migrations }) =>
        migrations.filter(({ change }) => change === "deleted"),
      );
      expect(deleted.map(({ id, findings }) => [id, findings.map(({ rule }) => rule)])).toEqual([
        ["000001_t", ["no-edited-migration"]],
      ]);
      for (const format of ["text", "markdown", "github", "sarif"]) {
        const { stdout, status: again } = migrateVerify(folder.path, "lint", "--format", format);
        // Markdown escapes what it might take for emphasis.
        expect(stdout.replaceAll("\\", "")).toContain("db/migrations/000001_t.up.sql was deleted");
        expect(again).toBe(1);
      }
    },
  );

  it("does not pass over a deleted migration", () => {
    using folder = repository();
    folder.git("rm", "-q", "db/migrations/000001_t.up.sql", "db/migrations/000001_t.down.sql");
    const { status, unverified } = json(folder.path, "lint");
    expect(status).toBe(3);
    expect(unverified.map(({ path }) => path)).toContain("db/migrations/000001_t.up.sql");
  });

  it("narrows to a folder, from any folder", () => {
    using folder = repository();
    folder.write("db/migrations/000002_a.up.sql", "ALTER TABLE t ADD COLUMN a int;\n");
    folder.write("other/migrations/000001_u.up.sql", "CREATE TABLE u (id int);\n");
    folder.write("other/migrations/000002_u.up.sql", "ALTER TABLE u ADD COLUMN a int;\n");
    expect(changed(folder)).toHaveLength(3);
    expect(changed(folder, "other")).toEqual(["000001_u added", "000002_u added"]);
    const elsewhere = migrateVerify("/", "lint", join(folder.path, "db"), "--format", "json");
    expect(documentOf(elsewhere).projects.flatMap(({ migrations }) => migrations)).toHaveLength(1);
  });
});
