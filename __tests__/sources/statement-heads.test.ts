import { describe, expect, it } from "@jest/globals";
import * as fc from "fast-check";
import { statementHeads } from "../../src/sources/statement-heads.ts";

describe("the first words of statements", () => {
  it.each([
    [
      "two statements",
      "create index a on b (c); DROP TABLE d",
      ["CREATE INDEX A ON B", "DROP TABLE D"],
    ],
    ["at most six words", "a b c d e f g h;", ["A B C D E F"]],
    ["comments", "-- x;\n/* y; /* nested; */ z; */ SELECT 1; -- last", ["SELECT"]],
    ["a semicolon in a string", "SELECT ';' , 'it''s;' AS a; VACUUM", ["SELECT AS A", "VACUUM"]],
    ["an escaped quote", String.raw`SELECT E'\';' AS a; VACUUM`, ["SELECT AS A", "VACUUM"]],
    ["a quoted name", 'DROP TABLE "a;b"; VACUUM', ["DROP TABLE", "VACUUM"]],
    ["dollar quotes", "DO $$ BEGIN; END $$; DO $a$ x; $$ ; $a$ ; VACUUM", ["DO", "DO", "VACUUM"]],
    ["a parameter is no dollar quote", "SELECT $1; VACUUM", ["SELECT", "VACUUM"]],
    ["a name with a dollar", "SELECT a$b$c; VACUUM", ["SELECT A$B$C", "VACUUM"]],
    ["parentheses", "SELECT (a; b) c; VACUUM", ["SELECT C", "VACUUM"]],
    ["empty statements", ";; ; -- x\n;", []],
    ["without words", "(1);", [""]],
    ["a string without end", "SELECT 'a; VACUUM", ["SELECT"]],
    ["a comment without end", "SELECT 1; /* VACUUM;", ["SELECT"]],
    ["a dollar quote without end", "DO $$ ; VACUUM;", ["DO"]],
  ])("%s", (_, text, heads) => {
    expect(statementHeads(text)).toEqual(heads);
  });

  it("reads any text", () => {
    const part = fc.constantFrom(
      "'",
      '"',
      "$$",
      "$a$",
      "/*",
      "*/",
      "--",
      "\n",
      ";",
      "(",
      ")",
      "E'",
      "\\",
      "VACUUM",
      " ",
    );
    const text = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.array(part).map((parts) => parts.join("")),
    );
    fc.assert(
      fc.property(text, (source) => {
        for (const head of statementHeads(source)) expect(head.split(" ").length).toBeLessThan(7);
        expect(statementHeads(`VACUUM;${source}`)[0]).toBe("VACUUM");
      }),
      { numRuns: 2000 },
    );
  });
});
