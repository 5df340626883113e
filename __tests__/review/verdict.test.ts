import { describe, expect, it } from "@jest/globals";

import type { Finding } from "../../src/core/finding.ts";
import type {
  ReviewedMigration,
  ReviewedProject,
  ReviewVerdict,
  Unverified,
} from "../../src/core/review.ts";
import { DEFAULT_SETTINGS, type Settings } from "../../src/core/settings.ts";
import type { Verification } from "../../src/core/verification.ts";
import { decide } from "../../src/review/verdict.ts";

const PASSED = { outcome: "passed", difference: [] } as const;
const EXACT: Verification = {
  up: PASSED,
  down: { verdict: "exact", difference: [] },
  upAgain: PASSED,
  rows: [],
  statements: [],
};
const NO_OP: Verification = { ...EXACT, down: { verdict: "no-op", difference: [] } };
const LEFT: readonly Unverified[] = [{ path: "2.sql", reason: "not verified" }];

function migration(severity?: Finding["severity"], verification?: Verification): ReviewedMigration {
  const finding: Omit<Finding, "severity"> = {
    rule: "require-down",
    confidence: "high",
    message: "no down script",
    path: "1.sql",
    line: 1,
    column: 1,
    endLine: 1,
    endColumn: 2,
  };
  return {
    id: "1",
    path: "1.sql",
    change: "added",
    class: "schema",
    destructive: false,
    findings: severity === undefined ? [] : [{ ...finding, severity }],
    suppressed: [],
    ...(verification === undefined ? {} : { verification }),
  };
}

function projectOf(one: ReviewedMigration): ReviewedProject {
  return {
    root: "db",
    framework: "golang-migrate",
    dialect: "postgresql",
    history: 0,
    migrations: [one],
  };
}

describe("the verdict", () => {
  it.each<
    [
      string,
      Settings["failOn"],
      Finding["severity"] | undefined,
      Verification,
      readonly Unverified[],
      ReviewVerdict,
    ]
  >([
    ["an error", "error", "error", EXACT, [], "fail"],
    ["an error that nothing fails on", "never", "error", EXACT, [], "pass"],
    ["a warning", "error", "warning", EXACT, [], "pass"],
    ["a warning that fails", "warning", "warning", EXACT, LEFT, "fail"],
    ["a down that failed", "error", undefined, NO_OP, [], "fail"],
    ["a down that failed, with findings that do not", "never", "error", NO_OP, LEFT, "fail"],
    ["something that was not run", "never", "error", EXACT, LEFT, "unverified"],
    ["something that was not run, beside an error", "error", "error", EXACT, LEFT, "fail"],
    ["nothing at all", "error", undefined, EXACT, [], "pass"],
  ])("on %s with --fail-on %s", (_, failOn, severity, verification, unverified, verdict) => {
    const settings = { ...DEFAULT_SETTINGS, failOn };
    const project = projectOf(migration(severity, verification));
    expect(decide([project], unverified, settings).verdict).toBe(verdict);
  });

  it.each<[Settings["failOn"], string, ReviewVerdict]>([
    ["error", "ALTER TABLE t ADD COLUMN a text;", "pass"],
    ["warning", "ALTER TABLE t ADD COLUMN a text;", "fail"],
    ["warning", "", "pass"],
  ])("with --fail-on %s on models that need %j", (failOn, sql, verdict) => {
    const drift = { paths: ["schema.prisma"], sql };
    const project = { ...projectOf(migration(undefined, EXACT)), drift };
    expect(decide([project], [], { ...DEFAULT_SETTINGS, failOn }).verdict).toBe(verdict);
  });
});
