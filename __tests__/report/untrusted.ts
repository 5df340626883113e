import * as fc from "fast-check";
import type { Finding } from "../../src/core/finding.ts";
import type { Review, ReviewedMigration } from "../../src/core/review.ts";
import type { DownVerdict } from "../../src/core/verification.ts";
import { finding, ORDERS, review, VERIFICATION } from "./review.ts";

/* Reviews of which every text is what an attacker would like it to be. */

const part = fc.constantFrom(
  "`",
  "```",
  "`````",
  "~~~",
  "|",
  "<!--",
  "-->",
  "<details>",
  "</details>",
  "</summary>",
  "<img src=x onerror=alert(1)>",
  "@everyone",
  "a@b.example",
  "#1",
  "GH-1",
  "owner/repo#2",
  "https://evil.example/x",
  "www.evil.example",
  "[x](javascript:alert(1))",
  "![x](//evil.example/p.png)",
  "](",
  "\n",
  "\r",
  "\r\n",
  "\n\n# title\n",
  "\n---\n",
  "\n    code",
  "- [ ] item",
  "1. item",
  "> [!NOTE]",
  "\\",
  "$x$",
  "$$",
  "&lt;",
  "&#64;x",
  "*",
  "_",
  "~~",
  "\u{202e}",
  "\u{200b}",
  "\u{1b}[31m",
  "\u{0}",
  "\u{2028}",
  "\u{d800}",
  "😀",
  "::error::x",
  "##[error]x",
  "%0A",
  "%",
  ",",
  ":",
  " ",
  "a",
  "orders",
  "password='x'",
);
export const hostile = fc
  .oneof(fc.array(part, { maxLength: 8 }), fc.array(fc.string({ unit: "binary", maxLength: 4 })))
  .map((parts) => parts.join(""));

const findings: fc.Arbitrary<Finding> = fc
  .record({
    rule: fc.oneof(hostile, fc.constant("require-concurrent-index")),
    message: hostile,
    path: hostile,
    table: hostile,
    severity: fc.constantFrom("error" as const, "warning" as const, "info" as const),
    line: fc.integer({ min: 1, max: 5 }),
    text: hostile,
  })
  .map(({ text, line, ...rest }) =>
    finding({
      ...rest,
      line,
      endLine: line,
      evidence: { verdict: "confirmed", text },
      fix: { title: text, edits: [{ span: { start: 0, end: 1 }, text }] },
      also: [
        finding({ ...rest, line: 2, uses: { places: [{ path: text, line: 1 }], more: 1 } }),
        finding({ ...rest, sql: text }),
      ],
    }),
  );

const verifications = fc
  .record({
    text: hostile,
    name: hostile,
    verdict: fc.constantFrom<DownVerdict>("partial", "fails", "schema-only", "missing", "exact"),
    outcome: fc.constantFrom("passed" as const, "failed" as const),
  })
  .map(({ text, name, verdict, outcome }): ReviewedMigration["verification"] => {
    const error = { message: text, code: text, detail: text, hint: text, line: 1 };
    const difference = [
      { change: "changed", object: "column", name, before: text, after: text, weight: "semantic" },
      { change: "added", object: "constraint", name: `a on ${name}`, weight: "semantic" },
      { change: "removed", object: text, name, before: text, weight: "semantic" },
    ] as const;
    return {
      up: { outcome, error, difference },
      down: { verdict, difference, error, reason: text },
      upAgain: { outcome: "not-run", reason: text, difference },
      rows: [{ table: name, before: 1, after: 1, changedColumns: [text] }],
      statements: VERIFICATION.statements.map((statement) => ({
        ...statement,
        sql: text,
        locks: [...statement.locks, { object: name, mode: text }],
        rewrites: [name],
      })),
    };
  });

const migrations: fc.Arbitrary<ReviewedMigration> = fc
  .record({
    id: hostile,
    path: hostile,
    downPath: hostile,
    findings: fc.array(findings, { maxLength: 3 }),
    reason: hostile,
    verification: verifications,
  })
  .map(({ reason, verification, ...rest }) => ({
    ...ORDERS,
    ...rest,
    suppressed: rest.findings.map((one) => ({ finding: one, reason })),
    ...(verification === undefined ? {} : { verification }),
  }));

export const reviews: fc.Arbitrary<Review> = fc
  .record({
    migrations: fc.array(migrations, { maxLength: 3 }),
    root: hostile,
    since: hostile,
    limit: hostile,
    unverified: fc.array(fc.record({ path: hostile, reason: hostile }), { maxLength: 3 }),
    rule: hostile,
    reason: hostile,
  })
  .map(({ migrations: some, root, since, limit, unverified, rule, reason }) => {
    const [project] = review().projects;
    return review({
      projects: project === undefined ? [] : [{ ...project, root, migrations: some }],
      scope: { lint: true, verify: true, since },
      engine: { name: "pglite", version: "18.6", limits: [limit] },
      unverified,
      leftAlone: unverified,
      settings: { failOn: "error", rules: [{ rule, severity: "off", reason }] },
    });
  });
