import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "@jest/globals";
import { Ajv2020 } from "ajv/dist/2020.js";
import * as fc from "fast-check";
import { renderJson } from "../../src/report/json.ts";
import { cleanReview, finding, review, reviewWith } from "./review.ts";
import { reviews } from "./untrusted.ts";

const schema: unknown = JSON.parse(
  readFileSync(join(import.meta.dirname, "../../report.schema.json"), "utf8"),
);
const validate = new Ajv2020({ strict: true, strictRequired: false }).compile(schema as object);
/** The schema with every object closed: a field that it does not describe is a fault of it. */
const validateClosed = new Ajv2020({ strict: false }).compile(closed(schema) as object);

function closed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map((item) => closed(item));
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).map(([key, item]) => [key, closed(item)] as const);
  const copy: Record<string, unknown> = Object.fromEntries(entries);
  if (copy["type"] === "object") copy["additionalProperties"] = false;
  return copy;
}

describe("the JSON report", () => {
  it.each([
    ["a review that fails", review()],
    ["a clean one", cleanReview()],
    ["one without anything", review({ projects: [], unverified: [] })],
    [
      "one with a policy for downs",
      review({ settings: { ...review().settings, down: "required" } }),
    ],
  ])("of %s is what its schema says", (_, one) => {
    const document: unknown = JSON.parse(renderJson(one));
    expect(validate(document) || validate.errors).toBe(true);
    expect(validateClosed(document) || validateClosed.errors).toBe(true);
    expect(document).toEqual(one);
  });

  it.each([
    ["a verdict that is none", { ...review(), verdict: "good" }],
    ["no projects", { ...review(), projects: undefined }],
    ["a line from 0", reviewWith([finding({ line: 0 })])],
  ])("would not be valid with %s", (_, one) => {
    expect(validate(JSON.parse(JSON.stringify(one)))).toBe(false);
  });

  it("holds no secret, and no fix that a redaction would have changed", () => {
    const url = "postgres://app:hunter2@db/x";
    const fix = { title: "t", edits: [{ span: { start: 0, end: 1 }, text: `'${url}'` }] };
    const text = renderJson(reviewWith([finding({ message: `see ${url}`, fix })]));
    expect(text).toContain("see postgres://app:***@db/x");
    expect(text).not.toContain("hunter2");
    expect(text).not.toContain('"fix"');
  });

  it("keeps the names of files as they are", () => {
    const path = "db/password='x'.sql";
    expect(renderJson(reviewWith([finding({ path })]))).toContain(JSON.stringify(path));
  });

  it("is valid, and no character of it acts on a terminal, whatever the texts are", () => {
    fc.assert(
      fc.property(reviews, (one) => {
        const text = renderJson(one);
        expect(text).toMatch(/^(?:[^\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]|\n)*$/u);
        expect(validateClosed(JSON.parse(text)) || validateClosed.errors).toBe(true);
      }),
      { numRuns: 200 },
    );
  });
});
