import { describe, expect, it } from "@jest/globals";
import { rules } from "../../rules/index.ts";
import { customRule } from "../../src/core/custom-rule.ts";
import { parseConfig } from "../../src/config/parse-config.ts";
import { findings, type LintCase } from "../rules/lint.ts";
import { POLICIES } from "../../scripts/policies.ts";

function ruleOf(yaml: string) {
  const indented = yaml.replaceAll(/^/gm, "    ");
  const { custom } = parseConfig(
    `custom:\n  own-rule:\n${indented}\n`,
    "migrate-verify.yml",
    rules,
  );
  return custom.map(customRule);
}

/** What a rule of the configuration says of a migration: line and message. */
function said(yaml: string, migration: LintCase): string[] {
  return findings({ ...migration, rules: ruleOf(yaml) }).map(
    ({ line, severity, message }) => `${line} ${severity} ${message}`,
  );
}

describe("forbid", () => {
  it("finds a kind of operation", () => {
    expect(
      said("forbid: create-enum\nmessage: Use a lookup table.\nseverity: error", {
        migration: "SELECT 1;\nCREATE TYPE a AS ENUM ('b');\nCREATE TABLE t (id int);",
      }),
    ).toEqual(["2 error Use a lookup table."]);
  });

  it("has a sentence of its own", () => {
    expect(said("forbid: create-view", { migration: "CREATE VIEW v AS SELECT 1 AS a;" })).toEqual([
      "1 warning This project allows no such create view.",
    ]);
  });

  it("counts, where some are allowed", () => {
    expect(
      said("forbid: any\nat-most: 1", { migration: "DROP TABLE a;\nDROP TABLE b;\nDROP TABLE c;" }),
    ).toEqual([
      "2 warning This project allows no more than 1 such statement in a migration.",
      "3 warning This project allows no more than 1 such statement in a migration.",
    ]);
  });

  it.each([
    ["a pattern", "where: { table: audit_* }", ["DROP TABLE audit_log;"], ["DROP TABLE log;"]],
    [
      "a list of patterns",
      "where: { table: [a, b] }",
      ["DROP TABLE a;", "DROP TABLE public.b;"],
      ["DROP TABLE c;"],
    ],
    ["not", "where: { table: { not: '*_old' } }", ["DROP TABLE a;"], ["DROP TABLE a_old;"]],
    ["a yes or no", "where: { if-exists: false }", ["DROP TABLE a;"], ["DROP TABLE IF EXISTS a;"]],
    [
      "the name of another schema",
      "where: { table: 'billing.*' }",
      ["DROP TABLE billing.a;"],
      ["DROP TABLE a;"],
    ],
  ])("knows %s", (_, where, bad, good) => {
    const yaml = `forbid: drop-table\n${where}`;
    for (const migration of bad) expect(said(yaml, { migration })).toHaveLength(1);
    for (const migration of good) expect(said(yaml, { migration })).toEqual([]);
  });

  it("finds columns and constraints wherever they are written", () => {
    const yaml = "forbid: new-column\nwhere: { type: varchar, length: { more-than: 100 } }";
    const before = ["CREATE TABLE t (id int);"];
    expect(said(yaml, { before, migration: "ALTER TABLE t ADD a varchar(200);" })).toHaveLength(1);
    expect(
      said(yaml, { migration: "CREATE TABLE u (a varchar(200), b varchar(50));" }),
    ).toHaveLength(1);
    const keys = "forbid: new-constraint\nwhere: { type: foreign-key, on-delete: cascade }";
    const cascade = "REFERENCES t ON DELETE CASCADE";
    expect(said(keys, { before, migration: `ALTER TABLE t ADD p int ${cascade};` })).toHaveLength(
      1,
    );
    expect(said(keys, { before, migration: `CREATE TABLE u (a int ${cascade});` })).toHaveLength(1);
    expect(
      said(keys, { before, migration: `ALTER TABLE t ADD FOREIGN KEY (id) REFERENCES t;` }),
    ).toEqual([]);
  });

  it("looks at the down script where it is told to", () => {
    const yaml = "forbid: drop-table\nwhere: { if-exists: false }\ndirection: down";
    const migration = { migration: "DROP TABLE a;", down: "DROP TABLE b;" };
    expect(said(yaml, migration)).toEqual(["1 warning This project allows no such drop table."]);
  });

  it("is taken back by a comment", () => {
    expect(
      said("forbid: drop-table", {
        migration: "-- migrate-verify-ignore own-rule we agreed\nDROP TABLE a;",
      }),
    ).toEqual([]);
  });
});

describe("require", () => {
  const yaml = "require: set-setting\nwhere: { setting: application_name }";

  it("finds a migration without it", () => {
    expect(said(yaml, { migration: "SELECT 1;" })).toEqual([
      "1 warning This project requires such a set setting in every migration.",
    ]);
  });

  it("is content with one", () => {
    expect(said(yaml, { migration: "SET application_name = 'deploy'; SELECT 1;" })).toEqual([]);
    expect(said(yaml, { migration: "-- nothing" })).toEqual([]);
  });
});

describe("name", () => {
  it("finds a name in another style, with the table's and the columns' in the pattern", () => {
    const yaml = "name: [index, unique-index]\nlike: '{table}_{columns}_idx'";
    const before = ["CREATE TABLE t (a int, b int);"];
    expect(said(yaml, { before, migration: "CREATE INDEX t_a_b_idx ON t (a, b);" })).toEqual([]);
    expect(said(yaml, { before, migration: "CREATE INDEX ix ON t (a, b);" })).toEqual([
      "1 warning The name `ix` of this index is not as this project agreed: `t_a_b_idx`.",
    ]);
  });

  it.each([
    ["table", "CREATE TABLE x_a (id int);", "CREATE TABLE a (id int);"],
    ["column", "CREATE TABLE a (x_a int);", "ALTER TABLE t RENAME COLUMN x_a TO a;"],
    [
      "foreign-key",
      "ALTER TABLE t ADD CONSTRAINT x_a FOREIGN KEY (x_a) REFERENCES t;",
      "ALTER TABLE t ADD CONSTRAINT a FOREIGN KEY (x_a) REFERENCES t;",
    ],
    ["view", "CREATE VIEW x_v AS SELECT 1 AS a;", "CREATE VIEW v AS SELECT 1 AS a;"],
    ["type", "CREATE TYPE x_t AS ENUM ();", "CREATE TYPE y AS ENUM ();"],
    [
      "function",
      "CREATE FUNCTION x_f() RETURNS int LANGUAGE sql AS 'SELECT 1';",
      "CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1';",
    ],
    ["sequence", "CREATE SEQUENCE x_s;", "CREATE SEQUENCE s;"],
    ["schema", "CREATE SCHEMA x_s;", "CREATE SCHEMA s;"],
    ["policy", "CREATE POLICY x_p ON t;", "CREATE POLICY p ON t;"],
    [
      "trigger",
      "CREATE TRIGGER x_t AFTER INSERT ON t EXECUTE FUNCTION f();",
      "CREATE TRIGGER t AFTER INSERT ON t EXECUTE FUNCTION f();",
    ],
  ])("knows the name of a %s", (kind, good, bad) => {
    const before = ["CREATE TABLE t (x_a int PRIMARY KEY);"];
    const yaml = `name: ${kind}\nlike: x_*`;
    expect(said(yaml, { before, migration: good })).toEqual([]);
    expect(said(yaml, { before, migration: bad })).toHaveLength(1);
  });
});

describe("comment", () => {
  it("finds a migration without it", () => {
    const yaml = "comment: '*SHOP-*'";
    expect(said(yaml, { migration: "-- SHOP-12: a table\nCREATE TABLE t (id int);" })).toEqual([]);
    expect(said(yaml, { migration: "-- a table\nCREATE TABLE t (id int);" })).toEqual([
      "2 warning This project requires a comment such as `*SHOP-*` in every migration.",
    ]);
  });
});

describe("the configuration of a project's own rules", () => {
  it.each([
    ["custom: { a: { forbid: drop-tabel } }", /did you mean "drop-table"/],
    [
      "custom: { a: { forbid: drop-table, where: { tabel: x } } }",
      /unknown fact "tabel"; did you mean "table"/,
    ],
    [
      "custom: { a: { forbid: any, name: table, like: x } }",
      /one of forbid, require, name and comment/,
    ],
    ["custom: { a: { name: table } }", /name and like belong together/],
    ["custom: { a: { comment: x, at-most: 2 } }", /where and at-most say/],
    ["custom: { A: { forbid: any } }", /an id in lower case/],
    ["custom: { no-drop-table: { forbid: drop-table } }", /no-drop-table is the name of a rule/],
  ])("refuses %s", (text, message) => {
    expect(() => parseConfig(text, "migrate-verify.yml", rules)).toThrow(message);
  });

  it("lets overrides name them", () => {
    const text =
      "custom: { a: { forbid: any } }\noverrides: [{ files: x/**, rules: { a: error } }]";
    const { overrides } = parseConfig(text, "migrate-verify.yml", rules);
    expect(overrides[0]?.rules).toEqual({ a: { severity: "error", options: {} } });
  });
});

/** The policies that scripts/hazards.ts refers to: each finds its bad migration and leaves its good one alone. */
describe.each(Object.entries(POLICIES))("policy %s", (_, { yaml, bad, good, before, down }) => {
  const project = { before: before === undefined ? [] : [before] };
  const scripts = (sql: string): LintCase =>
    down === true
      ? { ...project, migration: "SELECT 1;", down: sql }
      : { ...project, migration: sql };

  it("finds the bad migration", () => {
    expect(said(yaml, scripts(bad)).length).toBeGreaterThan(0);
  });

  it("leaves the good one alone", () => {
    expect(said(yaml, scripts(good))).toEqual([]);
  });
});
