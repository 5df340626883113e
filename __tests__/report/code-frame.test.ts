import { describe, expect, it } from "@jest/globals";
import * as fc from "fast-check";
import { LineTable } from "../../src/core/span.ts";
import { codeFrame } from "../../src/report/code-frame.ts";
import { SourceText } from "../../src/report/source-text.ts";
import { styleOf } from "../../src/report/style.ts";
import { textWidth } from "../../src/report/width.ts";

const style = styleOf(false);

/** The frame around what stands between `«` and `»`. */
function frame(marked: string, width = 60): string[] {
  const start = marked.indexOf("«");
  const end = marked.indexOf("»") - 1;
  const text = marked.replace(/[«»]/g, "");
  const place = new LineTable(text).place({ start, end });
  return codeFrame(new SourceText(text), place, { width, style, mark: (carets) => carets });
}

describe("codeFrame", () => {
  it.each([
    ["one line", "«DROP TABLE a»;", ["1 │ DROP TABLE a;", "  │ ^^^^^^^^^^^^"]],
    [
      "the line before",
      "BEGIN;\n  «DROP TABLE a»;\nCOMMIT;",
      ["1 │ BEGIN;", "2 │   DROP TABLE a;", "  │   ^^^^^^^^^^^^"],
    ],
    ["no blank line before", "\n«SELECT 1»", ["2 │ SELECT 1", "  │ ^^^^^^^^"]],
    [
      "CRLF",
      "BEGIN;\r\n«SELECT 1»;\r\nCOMMIT;\r\n",
      ["1 │ BEGIN;", "2 │ SELECT 1;", "  │ ^^^^^^^^"],
    ],
    [
      "several lines",
      "«ALTER TABLE a\n  ADD b int,\n  ADD c int,\n  ADD d int»;",
      ["1 │ ALTER TABLE a", "  │ ^^^^^^^^^^^^^", "2 │   ADD b int,", "3 │   ADD c int,", "  │ …"],
    ],
    ["tabs", "\tDROP\t«TABLE» a", ["1 │     DROP    TABLE a", "  │             ^^^^^"]],
    ["wide characters", "'名前', «x» 👍", ["1 │ '名前', x 👍", "  │         ^"]],
    ["wide characters in the span", "«名前»", ["1 │ 名前", "  │ ^^^^"]],
    ["combining characters", "'e\u{301}' «x»", ["1 │ 'e\u{301}' x", "  │     ^"]],
    ["control characters", "\u{1b}[31m «x»", ["1 │ \\u{1b}[31m x", "  │            ^"]],
    ["an empty span at the end", "SELECT «»", ["1 │ SELECT", "  │        ^"]],
    ["an empty text", "«»", ["1 │", "  │ ^"]],
    [
      "a password",
      "ALTER ROLE a PASSWORD 'hunter2' «VALID» UNTIL 'x'",
      [
        "1 │ ALTER ROLE a PASSWORD '*******' VALID UNTIL 'x'",
        "  │                                 ^^^^^",
      ],
    ],
  ])("shows %s", (_, marked, lines) => {
    expect(frame(marked)).toEqual(lines);
  });

  it("aligns numbers", () => {
    expect(frame(`${"SELECT 1;\n".repeat(9)}«SELECT 2»;`).slice(0, 2)).toEqual([
      " 9 │ SELECT 1;",
      "10 │ SELECT 2;",
    ]);
  });

  it("cuts a long line around the span", () => {
    const [line, carets] = frame(
      `INSERT INTO t VALUES (${"1, ".repeat(500)}«wrong», ${"2, ".repeat(500)})`,
    );
    expect(line).toBe("1 │ … 1, 1, 1, 1, wrong, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2…");
    expect(carets).toBe(`  │ ${" ".repeat(14)}^^^^^`);
  });

  it("uses the whole width where a long line ends", () => {
    const [line] = frame(`${"x".repeat(100)} «DROP» a`);
    expect(line).toBe(`1 │ …${"x".repeat(48)} DROP a`);
  });

  it("cuts carets of a span that is longer than the line", () => {
    const [line, carets] = frame(`«${"y".repeat(500)}»`);
    expect(line).toBe(`1 │ ${"y".repeat(54)}…`);
    expect(carets).toBe(`  │ ${"^".repeat(54)}`);
  });

  it("is nothing for a line that is not there", () => {
    const place = { line: 7, column: 1, endLine: 7, endColumn: 2 };
    expect(
      codeFrame(new SourceText("a"), place, { width: 60, style, mark: (carets) => carets }),
    ).toEqual([]);
  });

  it("never is wider than it may be, and no character is cut in half", () => {
    const unit = fc.constantFrom(
      "a",
      "\t",
      "名",
      "👍",
      "\u{301}",
      "\u{1b}",
      " ",
      "\n",
      "\r\n",
      "\u{200b}",
    );
    const text = fc.array(unit, { maxLength: 200 }).map((parts) => parts.join(""));
    fc.assert(
      fc.property(
        text,
        fc.nat(200),
        fc.nat(200),
        fc.integer({ min: 30, max: 100 }),
        (sql, a, b, width) => {
          const start = Math.min(a, b, sql.length);
          const end = Math.min(Math.max(a, b), sql.length);
          const place = new LineTable(sql).place({ start, end });
          const lines = codeFrame(new SourceText(sql), place, {
            width,
            style,
            mark: (carets) => carets,
          });
          expect(lines.length).toBeGreaterThan(1);
          for (const line of lines) {
            expect(textWidth(line)).toBeLessThanOrEqual(width);
            expect(line).toMatch(/^[^\p{Cc}\p{Cs}]*$/u);
          }
        },
      ),
      { numRuns: 1000 },
    );
  });
});
