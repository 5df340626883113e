import { describe, expect, it } from "@jest/globals";
import { loadParser, MAX_SCRIPT_BYTES } from "../../src/parser/parse-script.ts";
import { statementText, type Script } from "../../src/core/statement.ts";
import type { Span } from "../../src/core/span.ts";
import { parser } from "./brief.ts";

const texts = (script: Script): string[] =>
  script.statements.map((statement) => statementText(script, statement));

/** The span of a part of a text. */
function spanOf(text: string, part: string): Span {
  const start = text.indexOf(part);
  if (start === -1) throw new Error(`no ${part}`);
  return { start, end: start + part.length };
}

describe("statements", () => {
  it.each<[string, readonly string[]]>([
    ["SELECT 1", ["SELECT 1"]],
    ["SELECT 1;", ["SELECT 1"]],
    ["-- a\n/* b */ SELECT 1 /* c */ ; -- d\n;;\nSELECT 2 -- e", ["SELECT 1", "SELECT 2"]],
    ["SELECT '--' -- x", ["SELECT '--'"]],
    ["SELECT 1 /* a /* nested */ b */", ["SELECT 1"]],
    ["SELECT $$ ; $$; SELECT ';'", ["SELECT $$ ; $$", "SELECT ';'"]],
    ["SELECT 'é'; SELECT '𝄞'; SELECT 1", ["SELECT 'é'", "SELECT '𝄞'", "SELECT 1"]],
    ["SELECT 1;\r\nSELECT 2;\rSELECT 3", ["SELECT 1", "SELECT 2", "SELECT 3"]],
    ["\ufeffSELECT 1; SELECT 2", ["SELECT 1", "SELECT 2"]],
    ["", []],
    [" \n\t", []],
    ["-- only a comment", []],
    [";;", []],
  ])("%j", (sql, expected) => {
    const script = parser.parse(sql);
    expect(texts(script)).toEqual(expected);
    expect(script.text).toBe(sql);
  });

  it("names each statement's node", () => {
    expect(
      parser.parse("BEGIN; ALTER TABLE t ADD a int").statements.map(({ kind }) => kind),
    ).toEqual(["TransactionStmt", "AlterTableStmt"]);
  });

  it("is loaded once, however often it is asked for", async () => {
    const again = await loadParser();
    expect(texts(again.parse("SELECT 1"))).toEqual(["SELECT 1"]);
  });
});

describe("what is refused as a whole", () => {
  it("stops at a NUL and says so, and reads nothing", () => {
    const sql = "SELECT 1;\0 DROP TABLE t";
    expect(parser.parse(sql)).toMatchObject({
      statements: [],
      unparsed: [
        {
          span: { start: 9, end: 10 },
          statement: { start: 0, end: sql.length },
          message: expect.stringContaining("NUL"),
        },
      ],
    });
  });

  it("does not mind a NUL outside of the span", () => {
    const script = parser.parse("SELECT 1;\0", { span: { start: 0, end: 9 } });
    expect(texts(script)).toEqual(["SELECT 1"]);
    expect(script.unparsed).toEqual([]);
  });

  it.each([
    ["ASCII", "SELECT 1; ".padEnd(MAX_SCRIPT_BYTES + 1)],
    ["two bytes a character", `-- ${"é".repeat(MAX_SCRIPT_BYTES / 2)}`],
  ])("refuses more than 2 MB (%s)", (_, sql) => {
    const script = parser.parse(sql);
    expect(script.statements).toEqual([]);
    expect(script.comments).toEqual([]);
    expect(script.unparsed.map(({ message }) => message)).toEqual([
      "the file is larger than 2 MB and was not read",
    ]);
  });

  it("reads a file of exactly 2 MB", () => {
    expect(parser.parse("SELECT 1; ".padEnd(MAX_SCRIPT_BYTES)).statements).toHaveLength(1);
  });

  it("does not say that PostgreSQL refuses what is too deep for the reader alone", () => {
    const { unparsed } = parser.parse(`SELECT ${"1+".repeat(5_000)}1;`);
    expect(unparsed.map(({ cause }) => cause)).toEqual(["too-deep"]);
  });

  it.each([
    ["the grammar's stack", `SELECT ${"(".repeat(20_000)}1${")".repeat(20_000)}`],
    ["our own", `SELECT ${"NOT ".repeat(4_000)}true`],
  ])("names a statement that is nested too deeply for %s, and reads on", (_, deep) => {
    const script = parser.parse(`SELECT 1; ${deep}; SELECT 2`);
    expect(texts(script)).toEqual(["SELECT 1", "SELECT 2"]);
    expect(script.unparsed).toHaveLength(1);
  });
});

describe("a part of a text", () => {
  const text = "é SELEKT\n-- +up\nSELECT 'ü' AS x;\nSELECT 2;\n-- +down\nDROP TABLE t; --end";

  it("reads the span alone, with the places of the whole text", () => {
    const script = parser.parse(text, { span: spanOf(text, "SELECT 'ü' AS x;\nSELECT 2;") });
    expect(texts(script)).toEqual(["SELECT 'ü' AS x", "SELECT 2"]);
    expect(script.unparsed).toEqual([]);
    expect(script.lines.place(script.statements[1]?.span ?? { start: 0, end: 0 }).line).toBe(4);
  });

  it("keeps to the comments of the span", () => {
    const script = parser.parse(text, { span: spanOf(text, "-- +down\nDROP TABLE t; ") });
    expect(script.comments.map(({ text: comment }) => comment)).toEqual(["+down"]);
  });

  it("tells the place of an error in the whole text", () => {
    const { unparsed } = parser.parse(text, { span: spanOf(text, "SELEKT") });
    expect(unparsed.map(({ span }) => text.slice(span.start, span.end))).toEqual(["SELEKT"]);
  });

  it("reads each of the runner's statements by itself, with or without a semicolon", () => {
    const blocks = "SELECT 1 ;\n--\nSELECT 2\n--\nSELEKT 3\n--\n\n--\nSELECT 4; SELECT 5";
    const statementSpans = ["SELECT 1 ;", "SELECT 2", "SELEKT 3", "\n\n", "SELECT 4; SELECT 5"].map(
      (part) => spanOf(blocks, part),
    );
    const script = parser.parse(blocks, { statementSpans });
    expect(texts(script)).toEqual(["SELECT 1", "SELECT 2", "SELECT 4", "SELECT 5"]);
    expect(
      script.unparsed.map(({ statement }) => blocks.slice(statement.start, statement.end)),
    ).toEqual(["SELEKT 3"]);
  });
});

const substitute = (sql: string, values: Readonly<Record<string, string>>): Script => {
  const substitutions = [...sql.matchAll(/\$\{(\w+)\}/g)].map((match) => ({
    span: { start: match.index, end: match.index + match[0].length },
    text: values[match[1] ?? ""] ?? "",
  }));
  return parser.parse(sql, { substitutions });
};

describe("substitutions", () => {
  it.each([
    ["longer", { schema: "a_long_schema_name", table: "orders", default: "now() - '1 day'" }],
    ["shorter", { schema: "s", table: "t", default: "0" }],
    ["not ASCII", { schema: '"é"', table: "ü", default: "'𝄞'" }],
  ])("reads the replacement and tells the places of the author's text (%s)", (_, values) => {
    const sql =
      "SELECT 1; ALTER TABLE ${schema}.${table} ADD a int DEFAULT ${default} CHECK (a > 0), DROP b; SELEKT ${table}; SELECT 2";
    const script = substitute(sql, values);
    expect(texts(script)).toEqual([
      "SELECT 1",
      "ALTER TABLE ${schema}.${table} ADD a int DEFAULT ${default} CHECK (a > 0), DROP b",
      "SELECT 2",
    ]);
    const operations = script.statements[1]?.operations ?? [];
    const [add, drop] = operations.toSorted((one, other) => one.span.start - other.span.start);
    if (add?.kind !== "add-column" || drop === undefined) throw new Error("no ADD COLUMN");
    expect(add.table.schema).toBe(values.schema.replaceAll('"', ""));
    expect(add.table.name).toBe(values.table);
    expect(add.column.default?.text).toBe("${default}");
    expect(add.column.constraints.map(({ span }) => sql.slice(span.start, span.end))).toEqual([
      "CHECK (a > 0)",
    ]);
    expect(sql.slice(drop.span.start, drop.span.end)).toBe("DROP b");
    expect(script.unparsed.map(({ span }) => sql.slice(span.start, span.end))).toEqual(["SELEKT"]);
  });

  it("takes a replaced stretch whole at either end of a place", () => {
    const sql = "${statement}; ${statement}";
    expect(texts(substitute(sql, { statement: "DROP TABLE t" }))).toEqual([
      "${statement}",
      "${statement}",
    ]);
  });

  it("may replace by nothing", () => {
    expect(texts(substitute("${a}SELECT 1${a}; SELECT 2", {}))).toEqual(["SELECT 1", "SELECT 2"]);
  });
});
