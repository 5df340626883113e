import { describe, expect, it } from "@jest/globals";
import type { Operation } from "../../src/core/operation.ts";
import type { Span } from "../../src/core/span.ts";
import { statementText } from "../../src/core/statement.ts";
import { sqlFiles } from "./fixture-sql.ts";
import { parser } from "./brief.ts";

const FILES = sqlFiles("__tests__/fixtures/parser");
/** Files that hold more than sound SQL, with how many stretches of them are not. */
const UNSOUND: Readonly<Record<string, number>> = { "broken.sql": 4, "dump.sql": 4 };

const nameOf = (path: string): string => path.slice(path.lastIndexOf("/") + 1);

const statementKinds = (text: string): string[] =>
  parser.parse(text).statements.map(({ kind }) => kind);

/** Every span that an operation holds, at whatever depth. */
function spansOf(value: unknown): Span[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    key === "span" ? [inner as Span] : spansOf(inner),
  );
}

describe("SQL files", () => {
  it("are there", () => {
    expect(FILES.length).toBeGreaterThanOrEqual(11);
  });

  it.each(FILES)("$path is read", ({ path, text }) => {
    const { statements, unparsed } = parser.parse(text);
    expect(unparsed).toHaveLength(UNSOUND[nameOf(path)] ?? 0);
    expect(statements.length).toBeGreaterThan(2);
    const kinds = statements.flatMap(({ operations }) => operations.map(({ kind }) => kind));
    expect(kinds).not.toContain("unclassified");
  });

  it.each(FILES)("$path: each operation lies in its statement", ({ text }) => {
    for (const { span, operations } of parser.parse(text).statements) {
      for (const inner of operations.flatMap((operation: Operation) => spansOf(operation))) {
        expect(inner.start).toBeGreaterThanOrEqual(span.start);
        expect(inner.end).toBeLessThanOrEqual(span.end);
        expect(inner.end).toBeGreaterThan(inner.start);
        expect(text.slice(inner.start, inner.end)).toBe(text.slice(inner.start, inner.end).trim());
      }
    }
  });

  it.each(FILES)("$path: each statement reads the same by itself", ({ text }) => {
    const script = parser.parse(text);
    for (const statement of script.statements) {
      const alone = parser.parse(statementText(script, statement));
      expect(alone.unparsed).toEqual([]);
      expect(alone.statements).toEqual([{ ...shifted(statement, -statement.span.start) }]);
    }
  });

  it.each(FILES)("$path reads the same with other line ends", ({ text }) => {
    expect(statementKinds(text.replaceAll("\n", "\r\n"))).toEqual(statementKinds(text));
    expect(statementKinds(text.replaceAll("\n", "\r"))).toEqual(statementKinds(text));
  });
});

/** A value with every span in it moved. */
function shifted<Value>(value: Value, by: number): Value {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map((item: unknown) => shifted(item, by)) as Value;
  const moved = Object.entries(value).map(([key, inner]: [string, unknown]) => {
    if (key !== "span") return [key, shifted(inner, by)];
    const { start, end } = inner as Span;
    return [key, { start: start + by, end: end + by }];
  });
  return Object.fromEntries(moved) as Value;
}
