import { describe, expect, it } from "@jest/globals";
import * as fc from "fast-check";
import { type GooseHalf, readGooseFile } from "../../src/sources/goose-file.ts";

function statements(text: string, half: GooseHalf | undefined): string[] {
  return (half?.statements ?? []).map(({ start, end }) => text.slice(start, end));
}

describe("statements of a goose file", () => {
  it.each([
    ["one on each line", "A;\nB;\n", ["A;", "B;"]],
    ["two on one line are sent together", "A; B;\n", ["A; B;"]],
    ["one that begins behind another goes with it", "A; B\n  c;\nD;", ["A; B\n  c;", "D;"]],
    ["over several lines", "A\n  b;\n\nC;", ["A\n  b;", "C;"]],
    ["comments between them are left out", "-- first\nA;\n-- second\nB;", ["A;", "B;"]],
    ["comments inside stay", "A\n-- inside\nb;", ["A\n-- inside\nb;"]],
    ["a semicolon before a comment ends it", "A; -- done\nB;", ["A; -- done", "B;"]],
    ["a semicolon in a comment does not", "A -- not;\nb;", ["A -- not;\nb;"]],
    ["CRLF", "A;\r\nB;\r\n", ["A;", "B;"]],
    ["indented", "   A;\n", ["A;"]],
    [
      "a block is one, whatever is in it",
      "-- +goose StatementBegin\nA;\nB\n-- +goose StatementEnd\nC;",
      ["A;\nB", "C;"],
    ],
    ["an empty block is none", "-- +goose StatementBegin\n-- +goose StatementEnd\nC;", ["C;"]],
    ["the word Down in a string is no mark", "A '\nDown\n';", ["A '\nDown\n';"]],
    ["nothing", "", []],
  ])("%s", (_, body, expected) => {
    const text = `-- +goose Up\n${body}\n-- +goose Down\nZ;\n`;
    const file = readGooseFile(text);
    if ("refusal" in file) throw new Error(file.refusal);
    expect(statements(text, file.up)).toEqual(expected);
    expect(statements(text, file.down)).toEqual(["Z;"]);
  });

  it("takes annotations in any case and without a space", () => {
    const file = readGooseFile("--+goose no transaction\n--+goose UP\nA;\n-- +goose down\nB;");
    expect(file).toMatchObject({ transaction: false, up: { statements: [{}] } });
    expect(file).toHaveProperty("down.statements.length", 1);
  });

  it("gives a variable only where substitution is on", () => {
    const text = "-- +goose Up\nA $1;\n-- +goose ENVSUB ON\n-- +goose ENVSUB OFF\nB $2;\n";
    expect(readGooseFile(text)).not.toHaveProperty("refusal");
  });
});

describe("what goose refuses", () => {
  it.each([
    ["SQL before the mark", "A;\n-- +goose Up\n", /line 1: .*before/],
    ["no mark", "-- just a comment\n", /without `-- \+goose Up`/],
    ["Down first", "-- +goose Down\nA;\n", /before `-- \+goose Up`/],
    ["two Up", "-- +goose Up\n-- +goose Up\n", /line 2: .*second/],
    ["two Down", "-- +goose Up\n-- +goose Down\n-- +goose Down\n", /line 3: .*second/],
    ["an unknown annotation", "-- +goose Up\n-- +goose Sideways\n", /line 2: .*Sideways/],
    ["space before an annotation", "  -- +goose Up\n", /line 1: .*space/],
    ["a block without its end", "-- +goose Up\n-- +goose StatementBegin\nA;\n", /StatementEnd/],
    ["an end without its block", "-- +goose Up\n-- +goose StatementEnd\n", /StatementBegin/],
    ["a variable", "-- +goose ENVSUB ON\n-- +goose Up\nA ${B};\n", /line 3: .*environment/],
  ])("%s", (_, text, refusal) => {
    const file = readGooseFile(text);
    expect("refusal" in file ? file.refusal : "read").toMatch(refusal);
  });

  it("tells of a missing semicolon in the half that has it", () => {
    const up = readGooseFile("-- +goose Up\nALTER TABLE a\n-- +goose Down\nB;");
    expect(up).toHaveProperty("up.refusal", expect.stringMatching(/ALTER TABLE a.*semicolon/));
    const down = readGooseFile("-- +goose Up\nA;\n-- +goose Down\nB");
    expect(down).not.toHaveProperty("up.refusal");
    expect(down).toHaveProperty("down.refusal", expect.stringMatching(/semicolon/));
  });
});

describe("any text", () => {
  const line = fc.constantFrom(
    "-- +goose Up",
    "-- +goose Down",
    "-- +goose StatementBegin",
    "-- +goose StatementEnd",
    "-- +goose NO TRANSACTION",
    "SELECT 1;",
    "SELECT",
    "-- comment",
    "",
    "\r",
    "  x; y; -- z",
    "é😀;",
  );
  const text = fc.oneof(
    fc.string({ unit: "binary" }),
    fc.array(line).map((lines) => lines.join("\n")),
    fc.array(line).map((lines) => `-- +goose Up\n${lines.join("\n")}`),
  );

  it("is read without throwing; spans are in range, in order and apart", () => {
    fc.assert(
      fc.property(text, (source) => {
        const file = readGooseFile(source);
        if ("refusal" in file) return;
        let from = 0;
        for (const half of [file.up, ...(file.down === undefined ? [] : [file.down])]) {
          expect(half.span.start).toBeGreaterThanOrEqual(from);
          from = half.span.start;
          for (const { start, end } of half.statements) {
            expect(start).toBeGreaterThanOrEqual(from);
            expect(end).toBeGreaterThan(start);
            from = end;
          }
          expect(half.span.end).toBeGreaterThanOrEqual(from);
          from = half.span.end;
        }
        expect(from).toBeLessThanOrEqual(source.length);
      }),
      { numRuns: 2000 },
    );
  });
});
