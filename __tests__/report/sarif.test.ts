import { createRequire } from "node:module";
import { describe, expect, it } from "@jest/globals";
import { Ajv } from "ajv";
import addFormats from "ajv-formats";
import * as fc from "fast-check";
import type { Finding } from "../../src/core/finding.ts";
import { renderSarif, sarifLog } from "../../src/report/sarif.ts";
import { cleanReview, finding, input, ORDERS_UP, review, reviewWith, RULES } from "./review.ts";
import { reviews } from "./untrusted.ts";

const require = createRequire(import.meta.url);
// It is written for draft 4, of which it uses nothing but the names of these two.
const {
  $schema: _,
  id: __,
  ...official
} = require("@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json") as {
  $schema: string;
  id: string;
};
const ajv = new Ajv({ strict: false, unicodeRegExp: false });
addFormats.default(ajv);
const validate = ajv.compile(official);

const options = { version: "0.1.0" };

function faults(log: string): unknown {
  return validate(JSON.parse(log)) ? [] : validate.errors;
}

function results(findings: readonly Finding[], texts = (): string => ORDERS_UP) {
  const log = sarifLog({ review: reviewWith(findings), rules: RULES, texts }, options);
  return log.runs[0]?.results ?? [];
}

/** The fingerprint of a finding at a stretch of a text. */
function fingerprint(text: string, sql: string, occurrence = 0): string | undefined {
  const findings = text.split("\n").flatMap((line, index) => {
    const column = line.indexOf(sql) + 1;
    const endColumn = column + sql.length;
    return column === 0
      ? []
      : [finding({ line: index + 1, endLine: index + 1, column, endColumn })];
  });
  return results(findings, () => text)[occurrence]?.partialFingerprints["migrateVerify/v1"];
}

describe("the SARIF log", () => {
  it.each([
    ["a review that fails", review()],
    ["a clean one", cleanReview()],
    ["one of an unknown rule", reviewWith([finding({ rule: "no-such-rule" })])],
  ])("of %s is what the official schema says", (_name, one) => {
    expect(faults(renderSarif(input(one), options))).toEqual([]);
  });

  it("would not be valid with another level", () => {
    expect(faults(renderSarif(input(), options).replace('"warning"', '"grave"'))).not.toEqual([]);
  });

  it("describes rules, and refers to them", () => {
    const run = sarifLog(input(), {
      ...options,
      rulePage: (rule) => `https://rules.example/${rule}`,
    }).runs[0];
    const [first] = run?.tool.driver.rules ?? [];
    expect(first).toMatchObject({
      id: "require-concurrent-index",
      shortDescription: { text: "Create indexes concurrently on tables that already exist" },
      helpUri: "https://rules.example/require-concurrent-index",
      defaultConfiguration: { level: "error" },
      properties: { tags: ["database", "migration", "blocking-lock"], precision: "very-high" },
    });
    for (const { ruleId, ruleIndex } of run?.results.map((one) => ({ ruleIndex: -1, ...one })) ??
      []) {
      expect(run?.tool.driver.rules[ruleIndex]?.id).toBe(ruleId);
    }
  });

  it("holds suppressed findings as suppressed, and failed steps as results", () => {
    const all = sarifLog(input(), options).runs[0]?.results ?? [];
    expect(all.map(({ ruleId }) => ruleId)).toEqual([
      "no-drop-column",
      "require-concurrent-index",
      "prefer-text",
      "verify-down",
      "verify-up",
    ]);
    expect(all[2]).toMatchObject({
      suppressions: [{ kind: "inSource", justification: "the API's limit" }],
    });
  });

  it("says that a run with something unverified was not successful", () => {
    expect(sarifLog(input(), options).runs[0]?.invocations).toEqual([
      {
        executionSuccessful: false,
        toolExecutionNotifications: [
          expect.objectContaining({
            level: "error",
            message: { text: "Not verified: the extension postgis is not available" },
          }),
        ],
      },
    ]);
    expect(sarifLog(input(cleanReview()), options).runs[0]?.invocations[0]).toMatchObject({
      executionSuccessful: true,
    });
  });

  it.each([
    ["db/a b.sql", "db/a%20b.sql"],
    ["größe/#1?.sql", "gr%C3%B6%C3%9Fe/%231%3F.sql"],
    ["c:/a.sql", "c%3A/a.sql"],
    ["half\u{d800}.sql", "half%EF%BF%BD.sql"],
  ])("writes the path %j as %j", (name, uri) => {
    expect(JSON.stringify(results([finding({ path: name })])[0])).toContain(`"uri":"${uri}"`);
  });

  it("makes no link of what a message holds", () => {
    expect(JSON.stringify(results([finding({ message: "[x](https://evil.example)" })]))).toContain(
      "[x] (https://evil.example)",
    );
  });
});

describe("a fingerprint", () => {
  const sql = "DROP TABLE a";

  it.each([
    ["lines before it", `\n\n-- more\n${sql}`],
    ["another indent", `    ${sql}`],
  ])("stays with %s", (_name, text) => {
    expect(fingerprint(text, sql)).toBe(fingerprint(sql, sql));
  });

  it("stays with other white space", () => {
    const place = { line: 1, column: 1, endColumn: 3 };
    const one = results([finding({ ...place, endLine: 2 })], () => "DROP TABLE\n a");
    const other = results([finding({ ...place, endLine: 3 })], () => "DROP TABLE\r\n\r\n\ta ");
    expect(one[0]?.partialFingerprints).toEqual(other[0]?.partialFingerprints);
  });

  it("stays with another message", () => {
    const [one] = results([finding()]);
    const [other] = results([finding({ message: "Reworded." })]);
    expect(one?.partialFingerprints).toEqual(other?.partialFingerprints);
  });

  it("differs for other SQL, another rule, and the same SQL a second time", () => {
    const twice = `${sql};\n${sql};`;
    const all = [
      fingerprint(sql, sql),
      fingerprint("DROP TABLE b", "DROP TABLE b"),
      results([finding({ rule: "no-drop-column" })])[0]?.partialFingerprints["migrateVerify/v1"],
      fingerprint(twice, sql, 1),
    ];
    expect(new Set(all).size).toBe(all.length);
    expect(fingerprint(twice, sql, 0)).toBe(fingerprint(sql, sql));
  });
});

describe("untrusted text in the SARIF log", () => {
  it("keeps it valid, whatever it is", () => {
    fc.assert(
      fc.property(reviews, (one) => {
        expect(faults(renderSarif(input(one), options))).toEqual([]);
      }),
      { numRuns: 100 },
    );
  });
});
