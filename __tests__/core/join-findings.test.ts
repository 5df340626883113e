import { describe, expect, it } from "@jest/globals";
import type { Finding } from "../../src/core/finding.ts";
import { allPlaces, joinFindings } from "../../src/core/join-findings.ts";
import { finding } from "../report/review.ts";

const at = (line: number, part: Partial<Finding> = {}): Finding =>
  finding({ line, endLine: line, ...part });
const lines = (findings: readonly Finding[]): number[][] =>
  joinFindings(findings).map((one) => allPlaces(one).map(({ line }) => line));

describe("findings of one migration", () => {
  it("are one for a rule and a table, in the order of their first places", () => {
    expect(lines([at(1), at(2, { table: "customers" }), at(3), at(4)])).toEqual([[1, 3, 4], [2]]);
  });

  it("keep what each says", () => {
    const [joined] = joinFindings([at(1), at(2, { message: "another" })]);
    expect(joined).toMatchObject({ line: 1, also: [{ line: 2, message: "another" }] });
  });

  it.each<[string, Partial<Finding>]>([
    ["another rule", { rule: "no-drop-column" }],
    ["another table", { table: "customers" }],
    ["another severity", { severity: "info" }],
    ["another file", { path: "down.sql" }],
    ["other evidence", { evidence: { verdict: "contradicted", text: "no lock was seen" } }],
  ])("stay apart: %s", (_, part) => {
    expect(lines([at(1), at(2, part)])).toEqual([[1], [2]]);
  });

  it("without a table are joined where they say the same", () => {
    const { table: _, ...bare } = at(1);
    expect(lines([bare, { ...bare, line: 2 }, { ...bare, line: 3, message: "else" }])).toEqual([
      [1, 2],
      [3],
    ]);
  });
});
