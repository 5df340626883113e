import { describe, expect, it } from "@jest/globals";
import { HAS_GIT, migrateVerify, TemporaryFolder } from "./program.ts";

const TABLE = "CREATE TABLE t (id int);\n";
const CHANGE = "ALTER TABLE t ADD COLUMN a int;\n";

interface Case {
  readonly files?: Record<string, string | Uint8Array>;
  readonly args: readonly string[];
  readonly status: number;
  /** In what is printed, on either stream. */
  readonly says: RegExp;
}

/** Every one of these is a clear message and the right exit status: never a stack trace, never green. */
const CASES: Record<string, Case> = {
  "no command": { args: [], status: 2, says: /^Usage$/m },
  "a command that is not there": { args: ["chek"], status: 2, says: /Did you mean check\?/ },
  "an option that is not there": {
    args: ["check", "--sinse", "main"],
    status: 2,
    says: /Did you mean --since\?/,
  },
  "an option without its value": { args: ["check", "--since"], status: 2, says: /--since/ },
  "a format that is not there": { args: ["check", "--format", "xml"], status: 2, says: /Use text/ },
  "an operand too many": { args: ["rules", "extra"], status: 2, says: /does not take extra/ },
  "a version that nobody runs": {
    args: ["check", "--postgres-version", "15,99"],
    status: 2,
    says: /does not know 99/,
  },
  "a version that is none": {
    args: ["check", "--postgres-version", "new"],
    status: 2,
    says: /--postgres-version does not know new/,
  },
  "--all with --since": {
    args: ["check", "--all", "--since", "main"],
    status: 2,
    says: /cannot be used together/,
  },
  "a file that is not there": {
    args: ["check", "no.sql"],
    status: 2,
    says: /There is no file no.sql/,
  },
  "init in a folder that is not there": {
    args: ["init", "no/such/folder"],
    status: 2,
    says: /There is no folder .*folder\./,
  },
  "a baseline that names no migration": {
    files: { "migrations/1_a.sql": TABLE, "migrate-verify.yml": "baseline: 2_b\n" },
    args: ["lint", "--all"],
    status: 2,
    says: /“2_b” is the id or version of no migration[^]*“1_a”/,
  },
  "a migration in another language": {
    files: { "migrations/20240101_x.ts": "export const up = () => {};\n" },
    args: ["check", "--all"],
    status: 3,
    says: /20240101_x\.ts[^]*TypeScript are not read/,
  },
  "a folder and a file": {
    files: { "migrations/1_a.sql": TABLE },
    args: ["check", "migrations", "migrations/1_a.sql"],
    status: 2,
    says: /cannot be named together/,
  },
  "no repository": {
    files: { "migrations/1_a.sql": TABLE },
    args: ["check"],
    status: 2,
    says: /is not in a Git repository[^]*--all/,
  },
  "an empty folder": { args: ["check", "--all"], status: 2, says: /No migrations were found/ },
  "a folder without migrations": {
    files: { "notes/readme.txt": "hello" },
    args: ["lint", "--all", "notes"],
    status: 2,
    says: /No migrations were found/,
  },
  "a rule that is not there": {
    args: ["explain", "require-concurent-index"],
    status: 2,
    says: /Did you mean require-concurrent-index\?/,
  },
  "explain without a rule": { args: ["explain"], status: 2, says: /needs the name of a rule/ },
  "a configuration with a mistyped rule": {
    files: {
      "migrations/1_a.sql": TABLE,
      "migrate-verify.yml": "rules:\n  require-lok-timeout: error\n",
    },
    args: ["lint", "--all"],
    status: 2,
    says: /migrate-verify\.yml:2.*require-lok-timeout.*did you mean "require-lock-timeout"/,
  },
  "a configuration with a mistyped key": {
    files: { "migrations/1_a.sql": TABLE, "migrate-verify.yml": "fail_on: error\n" },
    args: ["lint", "--all"],
    status: 2,
    says: /fail_on.*did you mean "fail-on"/,
  },
  "a configuration that is not YAML": {
    files: { "migrations/1_a.sql": TABLE, "migrate-verify.yml": "rules: [\n" },
    args: ["lint", "--all"],
    status: 2,
    says: /migrate-verify\.yml/,
  },
  "a configuration under a name that would be overlooked": {
    files: { "migrations/1_a.sql": TABLE, "migrate-verify.yaml": "postgres: 16\n" },
    args: ["lint", "--all"],
    status: 2,
    says: /git mv/,
  },
  "a configuration that is named and not there": {
    files: { "migrations/1_a.sql": TABLE },
    args: ["lint", "--all", "--config", "other.yml"],
    status: 2,
    says: /other\.yml cannot be read/,
  },
  "a project that is configured and not there": {
    files: {
      "migrations/1_a.sql": TABLE,
      "migrate-verify.yml": "projects:\n  - path: nowhere\n    framework: goose\n",
    },
    args: ["lint", "--all"],
    status: 2,
    says: /nowhere/,
  },
  "SQL to run before that is not there": {
    files: { "migrations/1_a.sql": TABLE, "migrate-verify.yml": "verify:\n  before: roles.sql\n" },
    args: ["check", "--all"],
    status: 2,
    says: /roles\.sql cannot be read/,
  },
  "a table statistics file that is none": {
    files: {
      "migrations/1_a.sql": TABLE,
      "stats.json": "[1]",
      "migrate-verify.yml": "tables: stats.json\n",
    },
    args: ["lint", "--all"],
    status: 2,
    says: /stats\.json is not a table statistics file/,
  },
  "a file that is not UTF-8": {
    files: {
      "migrations/1_a.sql": TABLE,
      "migrations/2_b.sql": new Uint8Array([0x53, 0xff, 0xfe]),
    },
    args: ["lint", "migrations/2_b.sql"],
    status: 3,
    says: /2_b\.sql: it is not UTF-8/,
  },
  "a history that is not UTF-8": {
    files: {
      "migrations/1_a.sql": new Uint8Array([0x53, 0xff, 0xfe]),
      "migrations/2_b.sql": CHANGE,
    },
    args: ["lint", "--all"],
    status: 3,
    says: /1_a\.sql: it is not UTF-8/,
  },
  "a file with a NUL byte": {
    files: { "migrations/1_a.sql": `${TABLE}\0DROP TABLE t;` },
    args: ["lint", "migrations/1_a.sql"],
    status: 3,
    says: /NUL/,
  },
  "a file of 11 MB": {
    files: { "migrations/1_a.sql": " ".repeat(11 * 1024 * 1024) },
    args: ["lint", "migrations/1_a.sql"],
    status: 3,
    says: /larger than 10 MB/,
  },
  "a file of 3 MB": {
    files: { "migrations/1_a.sql": `SELECT 1;${" ".repeat(3 * 1024 * 1024)}SELECT 2;` },
    args: ["lint", "migrations/1_a.sql"],
    status: 1,
    says: /larger than 2 MB/,
  },
  "two migrations of one version": {
    files: { "migrations/000001_a.up.sql": TABLE, "migrations/000001_b.up.sql": CHANGE },
    args: ["lint", "--all"],
    status: 1,
    says: /no-duplicate-version/,
  },
  "a missing down that is required": {
    files: {
      "migrations/000001_a.up.sql": TABLE,
      "migrations/000001_a.down.sql": "DROP TABLE t;",
      "migrations/000002_b.up.sql": CHANGE,
      "migrate-verify.yml": "verify: { down: required }\nfail-on: error\n",
    },
    args: ["verify", "--all"],
    status: 1,
    says: /missing/,
  },
  "SQL that does not parse": {
    files: { "migrations/1_a.sql": "CREATE TABEL t (id int);\n" },
    args: ["lint", "--all"],
    status: 1,
    says: /no-unparsed-statement/,
  },
  "a template instead of SQL": {
    files: { "migrations/1_a.sql": "CREATE TABLE {{ prefix }}_t (id int);\n" },
    args: ["lint", "--all"],
    status: 1,
    says: /no-unparsed-statement/,
  },
  "a history that does not apply": {
    files: {
      "migrations/1_a.sql": "CREATE TABLE t (id nonsense);\n",
      "migrations/2_b.sql": CHANGE,
    },
    args: ["verify", "migrations/2_b.sql"],
    status: 3,
    says: /1_a\.sql/,
  },
};

describe("bad input", () => {
  it.each(Object.entries(CASES))("%s", (_, { files, args, status, says }) => {
    using folder = new TemporaryFolder(files);
    const ended = migrateVerify(folder.path, ...args);
    const printed = ended.stdout + ended.stderr;
    expect(printed).toMatch(says);
    expect(printed).not.toMatch(/^\s+at /m);
    expect(ended.status).toBe(status);
  });

  (HAS_GIT ? describe : describe.skip)("with git", () => {
    it("says which command mends a shallow clone", () => {
      using origin = new TemporaryFolder({ "migrations/1_a.sql": TABLE });
      origin.git("init", "-q", "-b", "main");
      origin.git("add", ".");
      origin.git("commit", "-q", "-m", "one");
      origin.git("checkout", "-q", "-b", "change");
      origin.write("migrations/2_b.sql", CHANGE);
      origin.git("add", ".");
      origin.git("commit", "-q", "-m", "two");
      origin.git("checkout", "-q", "main");
      using clone = new TemporaryFolder();
      clone.git("clone", "-q", "--depth=1", "-b", "change", `file://${origin.path}`, "c");
      const ended = migrateVerify(`${clone.path}/c`, "check");
      expect(ended.stderr).toMatch(/shallow.*git fetch --unshallow/);
      expect(ended.status).toBe(3);
    });

    it("says that a commit is not there", () => {
      using folder = new TemporaryFolder({ "migrations/1_a.sql": TABLE });
      folder.git("init", "-q");
      folder.git("add", ".");
      folder.git("commit", "-q", "-m", "one");
      const ended = migrateVerify(folder.path, "check", "--since", "--output=x");
      expect(ended.status).toBe(2);
      const absent = migrateVerify(folder.path, "check", "--since", "nope");
      expect(absent.stderr).toMatch(/There is no commit nope/);
      expect(absent.status).toBe(2);
    });

    it("does not take a folder without migrations for one without changes", () => {
      using folder = new TemporaryFolder({ "db/migrations/1_a.sql": TABLE, "docs/a.md": "" });
      folder.git("init", "-q", "-b", "main");
      folder.git("add", ".");
      folder.git("commit", "-q", "-m", "one");
      folder.write("db/migrations/2_b.sql", CHANGE);
      const slip = migrateVerify(folder.path, "lint", "docs");
      expect(slip.stderr).toMatch(/No migrations were found in docs/);
      expect(slip.status).toBe(2);
      for (const path of ["db", "db/migrations", "."]) {
        expect(migrateVerify(folder.path, "lint", path).status).not.toBe(2);
      }
    });

    it("says that histories have nothing in common", () => {
      using folder = new TemporaryFolder({ "migrations/1_a.sql": TABLE });
      folder.git("init", "-q", "-b", "main");
      folder.git("add", ".");
      folder.git("commit", "-q", "-m", "one");
      folder.git("checkout", "-q", "--orphan", "other");
      folder.git("commit", "-q", "-m", "two");
      const ended = migrateVerify(folder.path, "lint");
      expect(ended.stderr).toMatch(/no common ancestor[^]*--since/);
      expect(ended.status).toBe(3);
    });
  });
});
