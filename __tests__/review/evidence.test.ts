import { describe, expect, it } from "@jest/globals";

import { PROBES } from "../../src/core/observation.ts";
import type { Finding } from "../../src/core/finding.ts";
import type { ReviewedMigration } from "../../src/core/review.ts";
import type { EngineDescription, StatementRun } from "../../src/core/verification.ts";
import { withEvidence } from "../../src/review/evidence.ts";
import { rules } from "../../rules/index.ts";

const ENGINE: EngineDescription = { name: "postgres", version: "16.15", limits: [] };
const FINDING: Finding = {
  rule: "require-concurrent-index",
  severity: "error",
  confidence: "high",
  message: "Building it takes a SHARE lock on `orders`.",
  path: "1.up.sql",
  line: 3,
  column: 1,
  endLine: 3,
  endColumn: 40,
  table: "orders",
  prediction: { mode: "SHARE", scans: true, rewrites: false },
};
const { prediction: foretold, ...PLAIN } = FINDING;
const RUN: StatementRun = {
  direction: "up",
  line: 3,
  column: 1,
  sql: "CREATE INDEX ON orders (note)",
  durationMs: 10,
  watched: true,
  locks: [{ object: "orders", mode: "SHARE", heldMs: 12 }],
  rewrites: [],
  scans: [{ table: "orders", rows: 1000 }],
};

interface Case {
  /** Another rule, whose finding is not about a lock. */
  readonly rule?: string;
  readonly finding?: Partial<Finding>;
  readonly statements?: readonly StatementRun[];
  readonly error?: { readonly code: string; readonly message: string; readonly line: number };
  readonly production?: readonly number[];
}

function judged({
  rule,
  finding,
  statements = [RUN],
  error,
  production = [],
}: Case): Finding | undefined {
  const migration: ReviewedMigration = {
    id: "1",
    path: "1.up.sql",
    downPath: "1.down.sql",
    change: "added",
    class: "schema",
    destructive: false,
    findings: [rule === undefined ? { ...FINDING, ...finding } : { ...PLAIN, rule }],
    suppressed: [],
    verification: {
      up:
        error === undefined
          ? { outcome: "passed", difference: [] }
          : { outcome: "failed", difference: [], error },
      down: { verdict: "missing", difference: [] },
      upAgain: { outcome: "not-run", difference: [] },
      rows: [],
      statements,
    },
  };
  return withEvidence(migration, { rules, engine: ENGINE, production }).findings[0];
}

describe("a finding about a lock is", () => {
  it("confirmed by the lock that was seen, with what it did", () => {
    expect(judged({})?.evidence).toEqual({
      verdict: "confirmed",
      text: "PostgreSQL 16.15 held SHARE on `orders`, for 12 ms, read 1000 rows of it.",
    });
  });

  it("confirmed with what was seen to wait", () => {
    const waiting = [{ table: "orders", blocked: ["INSERT", "UPDATE", "DELETE"] as const }];
    const queue = [{ table: "orders", blocked: PROBES }];
    expect(judged({ statements: [{ ...RUN, waiting, queue }] })?.evidence?.text).toMatch(
      /second session INSERT, UPDATE and DELETE waited meanwhile.*one reader, every read and write waited behind it/,
    );
  });

  it("confirmed by a stronger lock of an earlier statement of the transaction", () => {
    const locks = [{ object: "orders", mode: "ACCESS EXCLUSIVE", heldMs: 30 }];
    const earlier = { ...RUN, line: 1, sql: "ALTER TABLE orders ADD a int", scans: [], locks };
    const { evidence } = judged({ statements: [earlier, { ...RUN, locks: [] }] }) ?? {};
    expect(evidence?.verdict).toBe("confirmed");
    expect(evidence?.text).toContain("ACCESS EXCLUSIVE on `orders`, since line 1, for 30 ms");
  });

  it("not held against a lock that a transaction before it held", () => {
    const locks = [{ object: "orders", mode: "ACCESS EXCLUSIVE", heldMs: 10 }];
    const earlier = { ...RUN, line: 1, locks };
    const { evidence } = judged({ statements: [earlier, { ...RUN, locks: [] }] }) ?? {};
    expect(evidence?.verdict).toBe("not-observed");
  });

  it.each<[string, Case]>([
    ["the statement did not run", { statements: [] }],
    ["nobody watched", { statements: [{ ...RUN, watched: false, locks: [] }] }],
    ["the table has another name", { statements: [{ ...RUN, locks: [] }] }],
    ["only the other half ran", { statements: [{ ...RUN, direction: "down" }] }],
  ])("not observed where %s", (_, one) => {
    expect(judged(one)?.evidence?.verdict).toBe("not-observed");
    expect(judged(one)?.severity).toBe("error");
  });

  it.each<[string, readonly number[], string]>([
    ["lowered where production runs the same version", [16], "info"],
    ["not lowered where production runs another", [13], "error"],
    ["not lowered where production runs others too", [13, 16], "error"],
    ["not lowered where it is not known what production runs", [], "error"],
  ])("contradicted by a weaker lock, and %s", (_, production, severity) => {
    const locks = [{ object: "orders", mode: "SHARE UPDATE EXCLUSIVE", heldMs: 12 }];
    const finding = judged({ statements: [{ ...RUN, locks }], production });
    expect(finding?.evidence?.verdict).toBe("contradicted");
    expect(finding?.evidence?.text).toContain("where SHARE was expected");
    expect(finding?.severity).toBe(severity);
    // What is not lowered says why.
    expect(finding?.evidence?.text.includes("The finding stands")).toBe(severity === "error");
  });

  it("contradicted where a rewrite was foretold and none was seen", () => {
    const prediction = { mode: "SHARE", scans: true, ...foretold, rewrites: true } as const;
    expect(judged({ finding: { prediction } })?.evidence?.verdict).toBe("contradicted");
    const rewrites = ["orders"];
    const seen = judged({ finding: { prediction }, statements: [{ ...RUN, rewrites }] });
    expect(seen?.evidence?.verdict).toBe("confirmed");
  });

  it("matched to its own statement of several in a line", () => {
    const other = { ...RUN, column: 40, sql: "DROP TABLE x", locks: [] };
    expect(judged({ statements: [RUN, other] })?.evidence?.verdict).toBe("confirmed");
    const finding = { column: 40 };
    expect(judged({ finding, statements: [RUN, other] })?.evidence?.verdict).not.toBe(
      "contradicted",
    );
  });
});

describe("a finding of another kind", () => {
  const rule = "no-concurrently-in-transaction";
  const [first] = rules.find(({ id }) => id === rule)?.examples ?? [];
  const code = first?.fails ?? "";

  it("is confirmed by the error that its rule foretells", () => {
    expect(code).toBe("25001");
    const error = { code, message: "cannot run inside a transaction block", line: 3 };
    expect(judged({ rule, error })?.evidence).toEqual({
      verdict: "confirmed",
      text: "PostgreSQL 16.15 refused it (25001): cannot run inside a transaction block",
    });
  });

  it("has no evidence without one", () => {
    expect(judged({ rule })?.evidence).toBeUndefined();
    const elsewhere = { code, message: "x", line: 4 };
    expect(judged({ rule, error: elsewhere })?.evidence).toBeUndefined();
  });
});
