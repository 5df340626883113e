import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "@jest/globals";
import { Ajv2020 } from "ajv/dist/2020.js";
import { renderAnnotations } from "../../src/report/github.ts";
import { renderJson } from "../../src/report/json.ts";
import { renderMarkdown } from "../../src/report/markdown.ts";
import { sarifLog } from "../../src/report/sarif.ts";
import { renderText } from "../../src/report/text.ts";
import { finding, reviewWith, RULES } from "./review.ts";

const schema = JSON.parse(
  readFileSync(join(import.meta.dirname, "../../report.schema.json"), "utf8"),
) as object;

/* A finding that stands for three: where the others are, and what is lost there, is told by every report. */

const SQL = ["a", "b", "c"].map((name) => `ALTER TABLE orders DROP COLUMN ${name};`).join("\n");
const drop = (line: number) =>
  finding({
    rule: "no-drop-column",
    message: `The value of \`${"abc".charAt(line - 1)}\` is lost.`,
    line,
    column: 20,
    endLine: line,
    endColumn: 33,
  });
const uses = { places: [{ path: "src/orders.ts", line: 8 }], more: 0 };
const one = { ...drop(1), also: [{ ...drop(2), uses }, drop(3)] };
const review = reviewWith([one]);
const input = { review, rules: RULES, texts: () => SQL };

describe("a finding of several places", () => {
  it("quotes each on a terminal, with what still names it", () => {
    const text = renderText(input, { colour: false });
    expect(text).toContain("    also line 2: DROP COLUMN b\n    still named: src/orders.ts:8\n");
    expect(text).toContain("    also line 3: DROP COLUMN c\n");
  });

  it("counts the places that do not fit", () => {
    const also = Array.from({ length: 20 }, () => drop(2));
    const text = renderText(
      { ...input, review: reviewWith([{ ...drop(1), also }]) },
      { colour: false },
    );
    expect(text.match(/also line 2/g)).toHaveLength(12);
    expect(text).toContain("    also: 8 more places\n");
  });

  it("lists each in the comment", () => {
    const markdown = renderMarkdown(input);
    expect(markdown).toContain("- line 2: `DROP COLUMN b`, still named at `src/orders.ts:8`\n");
    expect(markdown).toContain("- line 3: `DROP COLUMN c`\n");
  });

  it("names the lines in an annotation", () => {
    expect(renderAnnotations({ review })).toContain("is lost. And 2 more at lines 2 and 3.\n");
  });

  it("relates the places in the SARIF log", () => {
    const [result] = sarifLog(input, { version: "0.1.0" }).runs[0]?.results ?? [];
    expect(result).toMatchObject({
      message: { text: "The value of `a` is lost. And 2 more at lines 2 and 3." },
      relatedLocations: [
        {
          physicalLocation: { region: { startLine: 2 } },
          message: { text: "The value of `b` is lost." },
        },
        { physicalLocation: { region: { startLine: 3 } } },
      ],
    });
  });

  it("is whole in the JSON document", () => {
    const document: unknown = JSON.parse(renderJson(review));
    expect(document).toMatchObject({
      projects: [
        { migrations: [{ findings: [{ line: 1, also: [{ line: 2, uses }, { line: 3 }] }] }] },
      ],
    });
    const ajv = new Ajv2020({ strict: false, validateFormats: false });
    expect(ajv.validate(schema, document)).toBe(true);
  });
});
