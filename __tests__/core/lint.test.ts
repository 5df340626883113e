import { describe, expect, it } from "@jest/globals";
import { rules } from "../../rules/index.ts";
import { lintProject, type LintInput, type ReadMigration } from "../../src/core/lint.ts";
import type { Change, MigrationScript } from "../../src/core/migration.ts";
import type { Rule } from "../../src/core/rule.ts";
import { loadParser } from "../../src/parser/parse-script.ts";

const parser = await loadParser();

function script(path: string, text: string): MigrationScript {
  const execution = { transaction: true, sends: "statements" } as const;
  return { path, text, span: { start: 0, end: text.length }, execution };
}

function migration(id: string, change: Change, up: string, down?: string): ReadMigration {
  const upScript = script(`${id}.up.sql`, up);
  const downScript = down === undefined ? undefined : script(`${id}.down.sql`, down);
  return {
    migration: { id, version: id, up: upScript, down: downScript ?? "missing" },
    change,
    up: parser.parse(up),
    ...(down === undefined ? {} : { down: parser.parse(down) }),
    faults: [],
  };
}

function lint(migrations: readonly ReadMigration[], options: Partial<LintInput> = {}) {
  const result = lintProject({
    framework: "golang-migrate",
    migrations,
    rules: rules.filter(
      ({ id }) => id === "require-concurrent-index" || id === "no-unused-suppression",
    ),
    preset: "recommended",
    postgres: [],
    settingsOf: () => () => undefined,
    rows: () => undefined,
    ...options,
  });
  const said = result.migrations.flatMap(({ findings }) =>
    findings.map(({ rule, severity, path, line }) => `${severity} ${rule} ${path}:${line}`),
  );
  return { ...result, said };
}

const onlyInSecond: LintInput["settingsOf"] = (path) => () => ({
  severity: path.startsWith("2") ? "info" : "off",
  options: {},
});

const TABLE = "CREATE TABLE t (id int);";
const INDEX = "CREATE INDEX i ON t (id);";

describe("lintProject", () => {
  it("knows the history, and says nothing of it", () => {
    expect(lint([migration("1", "unchanged", `${TABLE}${INDEX}`)]).said).toEqual([]);
    const history = migration("1", "unchanged", TABLE);
    expect(lint([history, migration("2", "added", INDEX)]).said).toEqual([
      "error require-concurrent-index 2.up.sql:1",
    ]);
  });

  it("takes a table made by the migrations under review for new, also in a later one", () => {
    expect(lint([migration("1", "added", TABLE), migration("2", "added", INDEX)]).said).toEqual([]);
  });

  it("warns at most in a down script, and knows what its up did", () => {
    const history = migration("1", "unchanged", TABLE);
    const up = "CREATE TABLE u (id int);";
    const down = `CREATE INDEX j ON u (id);\n${INDEX}`;
    expect(lint([history, migration("2", "added", up, down)]).said).toEqual([
      "warning require-concurrent-index 2.down.sql:2",
    ]);
  });

  it("replays down scripts on a copy", () => {
    const history = migration("1", "unchanged", TABLE);
    const dropped = migration("2", "added", "SELECT 1;", "DROP TABLE t;");
    expect(lint([history, dropped, migration("3", "added", INDEX)]).said).toEqual([
      "error require-concurrent-index 3.up.sql:1",
    ]);
  });

  it("looks at the down script alone where only that was edited", () => {
    const history = migration("1", "unchanged", TABLE);
    const edited = migration("2", "down-modified", INDEX, "CREATE INDEX k ON t (id);");
    expect(lint([history, edited]).said).toEqual(["warning require-concurrent-index 2.down.sql:1"]);
  });

  it("lets the configuration set the severity, for a file too", () => {
    const history = migration("1", "unchanged", TABLE);
    const changed = [history, migration("2", "added", INDEX), migration("3", "added", INDEX)];
    expect(lint(changed, { settingsOf: onlyInSecond }).said).toEqual([
      "info require-concurrent-index 2.up.sql:1",
    ]);
  });

  it("keeps suppressed findings with their reasons, and reports comments that hide nothing", () => {
    const history = migration("1", "unchanged", TABLE);
    const ignored = `-- migrate-verify-ignore require-concurrent-index forty rows\n${INDEX}\n-- migrate-verify-ignore require-concurrent-index\nSELECT 1;`;
    const result = lint([history, migration("2", "added", ignored)]);
    expect(result.said).toEqual(["warning no-unused-suppression 2.up.sql:3"]);
    expect(result.migrations[0]?.suppressed).toMatchObject([
      { reason: "forty rows", finding: { rule: "require-concurrent-index", line: 2 } },
    ]);
  });

  it("tells of a rule that throws, and goes on", () => {
    const [first] = rules;
    if (first === undefined) throw new Error("there are no rules");
    const broken: Rule = {
      ...first,
      id: "no-broken",
      checks: {
        "create-index": () => {
          throw new Error("broken");
        },
      },
    };
    const history = migration("1", "unchanged", TABLE);
    const changed = migration("2", "added", `SELECT 1;\n${INDEX}`);
    const index = rules.filter(({ id }) => id === "require-concurrent-index");
    const result = lint([history, changed], { rules: [broken, ...index] });
    expect(result.crashes).toMatchObject([{ rule: "no-broken", path: "2.up.sql", line: 2 }]);
    expect(result.said).toEqual(["error require-concurrent-index 2.up.sql:2"]);
  });

  it("classes a migration, and tells what no down brings back", () => {
    const history = migration("1", "unchanged", `${TABLE} CREATE TABLE u (a int, b int);`);
    const classes = lint([
      history,
      migration("2", "added", "ALTER TABLE u DROP COLUMN b;"),
      migration("3", "added", "UPDATE u SET a = 1;"),
      migration("4", "added", "CREATE TABLE v (a int); INSERT INTO v VALUES (1); DROP TABLE v;"),
      migration("5", "added", "SELECT 1;"),
      migration("6", "added", "SELECT 1; SELEKT 2;"),
      migration("7", "added", "DO $$ BEGIN EXECUTE format('DROP TABLE %I', 'u'); END $$;"),
    ]).migrations.map((one) => `${one.class}${one.destructive ? ", destructive" : ""}`);
    expect(classes).toEqual([
      "schema, destructive",
      "data",
      "schema-and-data",
      "nothing",
      "unknown",
      "unknown",
    ]);
  });

  it("begins every script in a session of its own", () => {
    const temporary = migration(
      "1",
      "unchanged",
      "CREATE TEMP TABLE t (id int); SET search_path = x;",
    );
    const changed = migration("3", "added", INDEX);
    expect(lint([temporary, migration("2", "unchanged", TABLE), changed]).said).toEqual([
      "error require-concurrent-index 3.up.sql:1",
    ]);
  });

  it("decides once for a file with both halves whether a comment for the file hides something", () => {
    const text = `-- migrate-verify-ignore-file require-concurrent-index small\n-- up\n${INDEX}\n-- down\nSELECT 1;`;
    const middle = text.indexOf("-- down");
    const half = (start: number, end: number) => ({
      source: { ...script("2.sql", text), span: { start, end } },
      read: parser.parse(text, { span: { start, end } }),
    });
    const up = half(text.indexOf("-- up"), middle);
    const down = half(middle, text.length);
    const both: ReadMigration = {
      migration: { id: "2", version: "2", up: up.source, down: down.source },
      change: "added",
      up: up.read,
      down: down.read,
      faults: [],
    };
    const result = lint([migration("1", "unchanged", TABLE), both]);
    expect(result.said).toEqual([]);
    expect(result.migrations[0]?.suppressed).toHaveLength(1);
    const idle = { ...both, up: down.read, migration: { ...both.migration, up: down.source } };
    expect(lint([migration("1", "unchanged", TABLE), idle]).said).toEqual([
      "warning no-unused-suppression 2.sql:1",
    ]);
  });

  it("does not take a down script that was not read for less than an error", () => {
    const unread = rules.filter(({ id }) => id === "no-unparsed-statement");
    const changed = migration("2", "added", "SELECT 1;", "DROP TABEL t;");
    expect(lint([changed], { rules: unread }).said).toEqual([
      "error no-unparsed-statement 2.down.sql:1",
    ]);
  });
});
