import { describe, expect, it } from "@jest/globals";
import * as fc from "fast-check";
import { DEFAULT_CHECKLIST } from "../../src/core/checklist-items.ts";
import { DEFAULT_SETTINGS } from "../../src/core/settings.ts";
import { UserError } from "../../src/core/user-error.ts";
import { parseConfig } from "../../src/config/parse-config.ts";
import { RULES } from "./rules.ts";

const parse = (text: string) => parseConfig(text, "migrate-verify.yml", RULES);

function faultOf(text: string): string {
  try {
    parse(text);
  } catch (error) {
    if (error instanceof UserError) return error.message;
    throw error;
  }
  throw new Error("the configuration was accepted");
}

describe("a configuration that is right", () => {
  it.each(["", "\n", "# nothing but a comment\n", "{}"])("%j holds the defaults", (text) => {
    expect(parse(text)).toEqual(DEFAULT_SETTINGS);
  });

  it("gives every setting of the file", () => {
    expect(
      parse(`
postgres: [15, 17]
extends: strict
projects:
  - path: ./services/shop/db/
    framework: flyway
    placeholders: { schema: shop }
baseline: "000040"
fail-on: warning
rules:
  require-lock-timeout: { severity: off, reason: "the runner sets it" }
  no-unbatched-backfill: { rows: 50000, unit: rows }
  require-concurrent-index: warning
overrides:
  - files: "db/archive/**"
    rules: { no-drop-table: info }
  - files: [a.sql, b/*.sql]
    rules: { no-drop-table: { severity: off, reason: "history" } }
tables: ./db/table-sizes.json
verify:
  engine: pglite
  before: db/roles.sql
  extensions: [pg_trgm, uuid-ossp]
  down: required
  limits: { statement: 500ms, migration: 1.5m, total: 1h }
  rows: 3
  seed: [db/seed/*.sql]
compat: { prisma: off, queries: ["queries/**/*.sql"], statements: ./db/statements.json }
django:
  command: uv run  manage.py
  environment: { SECRET_KEY: "1" }
  fields: { shop.fields.MoneyField: "numeric(12, 2)" }
`),
    ).toEqual({
      postgres: [15, 17],
      preset: "strict",
      custom: [],
      django: {
        command: ["uv", "run", "manage.py"],
        environment: { SECRET_KEY: "1" },
        fields: { "shop.fields.MoneyField": "numeric(12, 2)" },
      },
      compat: {
        prisma: false,
        queries: ["queries/**/*.sql"],
        statements: "db/statements.json",
      },
      projects: [
        { path: "services/shop/db", framework: "flyway", placeholders: { schema: "shop" } },
      ],
      baseline: "000040",
      failOn: "warning",
      rules: {
        "require-lock-timeout": { severity: "off", reason: "the runner sets it", options: {} },
        "no-unbatched-backfill": { options: { rows: 50_000, unit: "rows" } },
        "require-concurrent-index": { severity: "warning", options: {} },
      },
      overrides: [
        {
          files: ["db/archive/**"],
          rules: { "no-drop-table": { severity: "info", options: {} } },
        },
        {
          files: ["a.sql", "b/*.sql"],
          rules: { "no-drop-table": { severity: "off", reason: "history", options: {} } },
        },
      ],
      tables: "db/table-sizes.json",
      verify: {
        engine: "pglite",
        before: "db/roles.sql",
        extensions: ["pg_trgm", "uuid-ossp"],
        down: "required",
        drift: true,
        limits: { statementMs: 500, migrationMs: 90_000, totalMs: 3_600_000 },
        rows: 3,
        seed: ["db/seed/*.sql"],
      },
      checklist: DEFAULT_CHECKLIST,
    });
  });

  it.each([
    ["one version", "postgres: 16", { postgres: [16] }],
    ["the root as a project", "projects: [{ path: ., framework: sql }]", undefined],
    ["anchors", "overrides:\n  - &a { files: x, rules: {} }\n  - *a", undefined],
    ["a key in quotes", '"fail-on": never', { failOn: "never" }],
    ["CRLF", "fail-on: never\r\nextends: strict\r\n", { failOn: "never", preset: "strict" }],
  ])("takes %s", (_, text, part) => {
    expect(parse(text)).toMatchObject(part ?? {});
  });

  it("files a rule under its id when an earlier id is used", () => {
    expect(parse("rules: { need-lock-timeout: info }").rules).toEqual({
      "require-lock-timeout": { severity: "info", options: {} },
    });
  });
});

describe("a configuration that is wrong names file, line, key and what is near", () => {
  it.each([
    ["fail_on: x", '1: unknown key "fail_on"; did you mean "fail-on"?'],
    ["\n\nfoo: 1", '3: unknown key "foo"; known are postgres, extends, projects, baseline, '],
    ["fail-on: errors", '1: fail-on: expected error, warning or never; found "errors"; did you'],
    ["postgres: 9.6", "1: postgres: expected a major version of PostgreSQL from 10 to 18, for"],
    ['postgres: "16"', "1: postgres: expected a major version of PostgreSQL from 10 to 18, for"],
    ["postgres:\n  - 15\n  - 99", "3: postgres.1: expected a major version of PostgreSQL from 10"],
    ["postgres: []", "1: postgres: expected a major version"],
    [
      "extends: strickt",
      '1: extends: expected recommended or strict; found "strickt"; did you mean',
    ],
    ["rules: 5", "1: rules: expected rules with their settings; found 5"],
    [
      "rules:\n  require-concurent-index: error",
      '2: rules: unknown rule "require-concurent-index"; did you mean "require-concurrent-index"?',
    ],
    [
      "rules:\n  no-drop-table: of",
      "2: rules.no-drop-table: expected error, warning, info or off;",
    ],
    ["rules:\n  no-drop-table: off", "2: rules.no-drop-table: a rule that is off states why"],
    [
      "rules:\n  no-drop-table: { severity: off }",
      "2: rules.no-drop-table: a rule that is off states why",
    ],
    [
      'rules:\n  no-drop-table: { severity: off, reason: " " }',
      '2: rules.no-drop-table.reason: expected a reason in words; found " "',
    ],
    [
      "rules:\n  no-drop-table:\n    severity: of",
      '3: rules.no-drop-table.severity: expected error, warning, info or off; found "of"; did you',
    ],
    [
      "rules:\n  no-drop-table: { rows: 3 }",
      '2: rules.no-drop-table: unknown key "rows"; known are severity or reason',
    ],
    [
      "rules:\n  no-unbatched-backfill: { row: 3 }",
      '2: rules.no-unbatched-backfill: unknown key "row"; did you mean "rows"?',
    ],
    [
      "rules:\n  no-unbatched-backfill: { unit: row }",
      '2: rules.no-unbatched-backfill.unit: expected rows or pages; found "row"; did you mean "rows"?',
    ],
    [
      "rules:\n  no-unbatched-backfill: { rows: many }",
      '2: rules.no-unbatched-backfill.rows: expected a number; found "many"',
    ],
    [
      "rules:\n  no-unbatched-backfill: { rows: -1 }",
      "2: rules.no-unbatched-backfill.rows: expected a number from 0; found -1",
    ],
    [
      "rules:\n  no-unbatched-backfill: { rows: .inf }",
      "2: rules.no-unbatched-backfill.rows: expected a number",
    ],
    [
      "rules:\n  need-lock-timeout: info\n  require-lock-timeout: error",
      "2: need-lock-timeout is an earlier name of require-lock-timeout, which is set too",
    ],
    ["baseline: 000040", '1: baseline: expected a version in quotes; found 40; write "000040"'],
    ["projects:\n  - path: a", "2: projects.0.framework: missing; expected prisma, django, "],
    ["projects: [{ path: ../a, framework: sql }]", "1: projects.0.path: expected a path from the"],
    ["projects: [{ path: /a, framework: sql }]", "1: projects.0.path: expected a path from the"],
    ["projects: [{ path: 'a\\b', framework: sql }]", "1: projects.0.path: expected a path from"],
    [
      "projects: [{ path: a, framework: golang-migrat }]",
      '1: projects.0.framework: expected prisma, django, golang-migrate, dbmate, goose, diesel, sqlx, flyway, node-pg-migrate, supabase, drizzle or sql; found "golang-migrat"; did you mean "golang-migrate"?',
    ],
    ["overrides:\n  - files: []\n    rules: {}", "2: overrides.0.files: expected a glob of paths"],
    ["overrides:\n  - files: 'a[b]'\n    rules: {}", "2: overrides.0.files: expected a glob of"],
    ["verify: { engine: pg }", '1: verify.engine: expected auto, pglite or postgres; found "pg"'],
    ["verify: { extensions: ['a\"b'] }", "1: verify.extensions.0: expected the name of an ext"],
    ["verify:\n  limits: { statment: 1s }", '2: verify.limits: unknown key "statment"; did you'],
    ["verify:\n  limits: { total: 10 }", "2: verify.limits.total: expected a duration with its un"],
    ["verify:\n  limits: { total: 0s }", "2: verify.limits.total: expected a duration between 1ms"],
    ["[1, 2]", "1: expected keys with their settings; found [1,2]"],
  ])("%j", (text, message) => {
    expect(faultOf(text)).toContain(`migrate-verify.yml:${message}`);
    expect(faultOf(text)).not.toContain("\n");
  });

  it.each([
    ['django: { command: "a; b" }', "1: django.command: expected words with blanks between them"],
    ["verify:\n  rows: -1", "2: verify.rows: expected a number of rows from 0 to 10000; found -1"],
    ["verify:\n  seed: a.sql", "2: verify.seed: expected a list of globs of SQL files"],
    ["extends: ./base.yml", '1: extends: extending a file ("./base.yml") is not supported yet'],
  ])("%j is for a later version", (text, message) => {
    expect(faultOf(text)).toContain(`migrate-verify.yml:${message}`);
  });

  it("names the first fault of the file, not the first of the schema", () => {
    expect(faultOf("verify: { down: x }\npostgres: x")).toContain(
      "migrate-verify.yml:1: verify.down",
    );
  });
});

describe("any text", () => {
  const line = fc.tuple(
    fc.constantFrom("", "  ", "- ", "    ", "&a ", "? "),
    fc.constantFrom("rules", "verify", "fail-on", "overrides", "files", "__proto__", "postgres"),
    fc.constantFrom(":", ": ", ": [", ": {", ": *a", ": &a", ": |", ": off", ": 16", ": !!set"),
  );
  const yamlish = fc
    .array(line, { maxLength: 8 })
    .map((lines) => lines.map((l) => l.join("")).join("\n"));

  it("is settings or one UserError of one line without control characters", () => {
    fc.assert(
      fc.property(fc.oneof(yamlish, fc.string({ unit: "binary", maxLength: 60 })), (text) => {
        expect(outcomeOf(text)).toMatch(/^(auto|pglite|migrate-verify\.yml(:\d+)?: \P{Cc}+)$/u);
      }),
      { numRuns: 2000 },
    );
  });
});

/** The engine that a configuration sets, or the message that refuses it. */
function outcomeOf(text: string): string {
  try {
    return parse(text).verify.engine;
  } catch (error) {
    if (error instanceof UserError) return error.message;
    throw error;
  }
}
