import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "@jest/globals";
import * as fc from "fast-check";
import { Lexer } from "../../src/parser/lexer.ts";
import { loadParser } from "../../src/parser/parse-script.ts";
import { labelledCases } from "../labelled/labelled.ts";
import { lintCaseOf } from "../labelled/told.ts";
import { AUTOCOMMIT, findings, lint, type LintCase } from "./lint.ts";

/*
 * What no rule and no step of the replay may throw at: a statement of each command of PostgreSQL's
 * manual, and whatever of the words of those statements, mixed anew, its grammar accepts.
 */

const parser = await loadParser();
const cases = labelledCases();
const [history = ""] = cases.map((one) => one.history);
const DOCUMENTED = readFileSync(join(import.meta.dirname, "documented.sql"), "utf8");

interface Token {
  readonly kind: string;
  readonly text: string;
}

function tokens(sql: string): Token[] {
  const lexer = new Lexer(sql);
  const found: Token[] = [];
  for (let kind = lexer.next(); kind !== "end"; kind = lexer.next()) {
    if (!kind.endsWith("comment")) found.push({ kind, text: sql.slice(lexer.start, lexer.end) });
  }
  return found;
}

function statementsOf(text: string): string[] {
  const { statements } = parser.parse(text, { span: { start: 0, end: text.length } });
  return statements.map(({ span }) => text.slice(span.start, span.end));
}

const documented = statementsOf(DOCUMENTED);
const all = [...documented, ...cases.flatMap(({ migrations }) => migrations.flatMap(statementsOf))];

/** Throws what a rule or the replay threw. */
function lintWhole(migration: string, part: Partial<LintCase> = {}): void {
  lint({ before: [history], migration, down: migration, unparsed: true, ...part });
}

describe("the statements of PostgreSQL's manual", () => {
  it("are read by the grammar, every one", () => {
    const { unparsed } = parser.parse(DOCUMENTED, { span: { start: 0, end: DOCUMENTED.length } });
    expect(unparsed).toEqual([]);
    expect(documented.length).toBeGreaterThan(280);
  });

  it.each(documented.map((sql) => [sql.slice(0, 100), sql]))("throw nowhere: %s", (_, sql) => {
    for (const part of [{}, { before: [] }, { execution: AUTOCOMMIT }, { postgres: [14] }]) {
      expect(() => lintWhole(sql, part)).not.toThrow();
    }
    // As history, and twice.
    expect(() => lintWhole(sql, { before: [history, sql, sql] })).not.toThrow();
  });
});

describe("the words of those statements, mixed anew", () => {
  const statement = fc.constantFrom(...all).map(tokens);
  /** A statement with a stretch of another's words in the place of some of its own. */
  const mixed = fc
    .tuple(statement, statement, fc.nat(), fc.nat(), fc.nat(3), fc.nat(4))
    .map(([one, other, at, from, gone, come]) => {
      const place = at % one.length;
      const stretch = other.slice(from % other.length).slice(0, come);
      return [...one.slice(0, place), ...stretch, ...one.slice(place + gone)]
        .map(({ text }) => text)
        .join(" ");
    });

  it("throw nowhere where the grammar accepts them", () => {
    let accepted = 0;
    fc.assert(
      fc.property(fc.array(mixed, { minLength: 1, maxLength: 4 }), fc.boolean(), (some, known) => {
        const kept = some.filter((sql) => {
          const { statements, unparsed } = parser.parse(sql, {
            span: { start: 0, end: sql.length },
          });
          return statements.length > 0 && unparsed.length === 0;
        });
        accepted += kept.length;
        if (kept.length > 0) lintWhole(kept.join(";\n"), { before: known ? [history] : [] });
      }),
      { numRuns: 600 },
    );
    expect(accepted).toBeGreaterThan(100);
  });
});

/** Each word as another one that means the same, one token of white space between them. */
function respelled(sql: string, spell: (token: Token) => string): string {
  const lexer = new Lexer(sql);
  let result = "";
  let end = 0;
  for (let kind = lexer.next(); kind !== "end"; kind = lexer.next()) {
    const text = sql.slice(lexer.start, lexer.end);
    result += sql.slice(end, lexer.start) + spell({ kind, text });
    end = lexer.end;
  }
  return result + sql.slice(end);
}

function told(input: LintCase): string[] {
  return findings(input)
    .map(({ rule, severity, table }) => `${severity} ${rule} ${table ?? ""}`)
    .toSorted();
}

describe("another spelling of the labelled set", () => {
  const plain = cases.filter(({ migrations }) => !/\$\$|'/.test(migrations.join("")));
  const NAMES = new Set(
    [...history.matchAll(/\b(?:TABLE|VIEW|INDEX|CONSTRAINT|TYPE|DOMAIN|SEQUENCE)\s+(\w+)\b/g)].map(
      ([, name = ""]) => name,
    ),
  );

  it.each(plain)("in mixed case: $title", (labelled) => {
    const input = lintCaseOf(labelled);
    let turn = 0;
    const migration = respelled(input.migration, ({ kind, text }) => {
      if (kind !== "word") return text;
      turn += 1;
      return turn % 2 === 0 ? text.toUpperCase() : text.toLowerCase();
    });
    expect(told({ ...input, migration })).toEqual(told(input));
  });

  it.each(plain)("with names in quotes: $title", (labelled) => {
    const input = lintCaseOf(labelled);
    const migration = respelled(input.migration, ({ kind, text }) =>
      kind === "word" && NAMES.has(text) ? `"${text}"` : text,
    );
    expect(told({ ...input, migration })).toEqual(told(input));
  });
});
