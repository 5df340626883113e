import { describe, expect, it } from "@jest/globals";
import { parser } from "./brief.ts";

describe("comments", () => {
  it.each<[string, readonly (readonly [string, boolean])[]]>([
    [
      "-- one\nSELECT 1; -- two ",
      [
        ["one", false],
        ["two", true],
      ],
    ],
    [
      "  -- indented\r\n\t/* block */ SELECT 1 /**/",
      [
        ["indented", false],
        ["block", false],
        ["", true],
      ],
    ],
    ["/* a /* nested */ b */SELECT 1", [["a /* nested */ b", false]]],
    [
      "SELECT '-- no', \"-- no\", $$ -- no $$, E'\\'-- no', $x$ /* no $$ */ $x$ -- yes",
      [["yes", true]],
    ],
    [
      "SELECT a$b -- yes\n, $1 -- also\n",
      [
        ["yes", true],
        ["also", true],
      ],
    ],
    [
      "DO $$ BEGIN -- words\n-- x-ignore a\nEXECUTE $q$ SELECT '-- x-ignore b' -- x-ignore c\n$q$; END $$; -- d",
      [
        ["x-ignore a", false],
        ["x-ignore c", true],
        ["d", true],
      ],
    ],
    ["DO $a$ /* x-ignore */", [["x-ignore", true]]],
    ["SELECT 1 --lone\rSELECT", [["lone", true]]],
    ["SELECT 1 /* never closed", [["never closed", true]]],
    ["SELECT 1 - -1 -+- 2", []],
    ["--", [["", false]]],
  ])("%j", (sql, expected) => {
    const { comments } = parser.parse(sql);
    expect(comments.map(({ text, trailing }) => [text, trailing])).toEqual(expected);
  });

  it("have the places of their marks and all", () => {
    const sql = "SELECT 'é'; /* why */ SELECT 2 -- end\n";
    const { comments } = parser.parse(sql);
    expect(comments.map(({ span }) => sql.slice(span.start, span.end))).toEqual([
      "/* why */",
      "-- end",
    ]);
  });

  it("are not sought in what is not SQL", () => {
    const sql = "\\echo don't -- no\nCOPY t FROM stdin;\nit's -- no\n\\.\nSELECT 1 -- yes";
    expect(parser.parse(sql).comments.map(({ text }) => text)).toEqual(["yes"]);
  });
});
