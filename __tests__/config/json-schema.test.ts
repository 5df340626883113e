import { describe, expect, it } from "@jest/globals";
import { Ajv } from "ajv";
import { configJsonSchema } from "../../src/config/json-schema.ts";
import { RULES } from "./rules.ts";

const validate = new Ajv({ strict: false }).compile(configJsonSchema(RULES));

describe("the JSON schema for editors", () => {
  it.each([
    [{}, true],
    [{ postgres: 16, extends: "strict", baseline: "1" }, true],
    [{ postgres: [15, 17] }, true],
    [{ postgres: "16" }, false],
    [{ postgres: 99 }, false],
    [{ fail_on: "error" }, false],
    [{ gates: {} }, true],
    [{ gates: { backup: { who: ["@octocat", "@org/dba"], "not-author": true } } }, true],
    [{ gates: { backup: { who: "read" } } }, false],
    [{ gates: { "Back up": {} } }, false],
    [{ gates: { dba: { title: "Seen", when: ["no-drop-table", "data"] } } }, true],
    [{ gates: { dba: { title: "Seen", when: "no-drop-tabel" } } }, false],
    [{ checklist: { staging: { when: "never" } } }, true],
    [{ checklist: { staging: { who: "write" } } }, false],
    [{ rules: { "no-drop-table": "info" } }, true],
    [{ rules: { "need-lock-timeout": "info" } }, true],
    [{ rules: { "no-drop-tabel": "info" } }, false],
    [{ rules: { "no-drop-table": "off" } }, false],
    [{ rules: { "no-drop-table": { severity: "off" } } }, false],
    [{ rules: { "no-drop-table": { severity: "off", reason: "why" } } }, true],
    [{ rules: { "no-drop-table": { rows: 5 } } }, false],
    [{ rules: { "no-unbatched-backfill": { rows: 5 } } }, true],
    [{ rules: { "no-unbatched-backfill": { rows: "5" } } }, false],
    [{ projects: [{ path: "db", framework: "sql" }] }, true],
    [{ projects: [{ path: "../db", framework: "sql" }] }, false],
    [{ overrides: [{ files: "db/**", rules: { "no-drop-table": "info" } }] }, true],
    [{ verify: { limits: { statement: "10s" } } }, true],
    [{ verify: { limits: { statement: 10 } } }, false],
  ])("%j: %p", (config, valid) => {
    expect(validate(config)).toBe(valid);
  });

  it("tells what a rule is for", () => {
    expect(JSON.stringify(configJsonSchema(RULES))).toContain(
      '"description":"Change rows in batches"',
    );
  });
});
