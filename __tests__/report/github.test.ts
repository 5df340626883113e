import { describe, expect, it } from "@jest/globals";
import * as fc from "fast-check";
import { renderAnnotations } from "../../src/report/github.ts";
import { finding, review, reviewWith } from "./review.ts";
import { reviews } from "./untrusted.ts";

const lines = (one = review()): string[] =>
  renderAnnotations({ review: one }).trimEnd().split("\n");

describe("workflow annotations", () => {
  it("stand on the lines, gravest first, with a notice that sums up", () => {
    expect(lines()).toMatchSnapshot();
  });

  it.each([
    ["100% of rows\nwait", "title=r::100%25 of rows wait"],
    ["a: b, c", "::a: b, c"],
  ])("writes the message %j as %j", (message, written) => {
    expect(lines(reviewWith([finding({ rule: "r", message })]))).toContainEqual(
      expect.stringContaining(written),
    );
  });

  it.each([
    ["a,b:c%.sql", "file=a%2Cb%3Ac%25.sql,"],
    ["a\n::error::b.sql", "file=a%0A%3A%3Aerror%3A%3Ab.sql,"],
  ])("writes the path %j as %j", (path, written) => {
    expect(lines(reviewWith([finding({ path })]))).toContainEqual(expect.stringContaining(written));
  });

  it("gives columns only within a line", () => {
    const [one] = lines(reviewWith([finding({ line: 3, endLine: 5 })], {})).filter((line) =>
      line.includes("endLine=5"),
    );
    expect(one).not.toContain("col=");
  });

  it("shows ten of each and counts the rest", () => {
    const many = [
      ...Array.from({ length: 30 }, () => finding({ severity: "warning" })),
      ...Array.from({ length: 30 }, () => finding({ severity: "info" })),
      ...Array.from({ length: 30 }, () => finding()),
    ];
    const all = lines(reviewWith(many));
    const count = (level: string): number =>
      all.filter((line) => line.startsWith(`::${level} `)).length;
    expect([count("error"), count("warning"), count("notice")]).toEqual([10, 10, 10]);
    // One unverified file and one failed down stand before the findings.
    expect(all.at(-1)).toContain(". 63 more are in the report");
  });

  it("are nothing but commands of ours, whatever the texts are", () => {
    fc.assert(
      fc.property(reviews, (one) => {
        for (const line of lines(one)) {
          expect(line).toMatch(
            /^::(?:error|warning|notice) (?:file=[^:,]*,)?[\w=,]*title=[^:,]*::[^\n\r]*$/,
          );
        }
      }),
      { numRuns: 300 },
    );
  });
});
