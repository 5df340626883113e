import { describe, expect, it } from "@jest/globals";
import { statementText, type Script } from "../../src/core/statement.ts";
import { splitStatements } from "../../src/parser/split.ts";
import { parser } from "./brief.ts";

const pieces = (sql: string): string[] =>
  splitStatements(sql).map(({ start, end }) => sql.slice(start, end));

describe("cutting without the grammar", () => {
  it.each<[string, readonly string[]]>([
    ["a; b ;; c", ["a", "b", "c"]],
    ["a -- x; y\n; /* ; */ b /* ; /* ; */ ; */", ["a", "b"]],
    ["'a;''b;' ; \"c;\"\";\" ; E'd\\';' ; U&'e;'", ["'a;''b;'", '"c;"";"', "E'd\\';'", "U&'e;'"]],
    ["$$ ; $$ ; $x$ ; $$ ; $x$ ; a$b$c ; $1", ["$$ ; $$", "$x$ ; $$ ; $x$", "a$b$c", "$1"]],
    [
      "CREATE RULE r AS ON INSERT TO t DO (SELECT 1; SELECT 2); x",
      ["CREATE RULE r AS ON INSERT TO t DO (SELECT 1; SELECT 2)", "x"],
    ],
    [
      "create or replace function f() returns int begin atomic select 1; select case when a then b end; end; x",
      [
        "create or replace function f() returns int begin atomic select 1; select case when a then b end; end",
        "x",
      ],
    ],
    [
      "CREATE PROCEDURE p() BEGIN ATOMIC SELECT 1; END; x",
      ["CREATE PROCEDURE p() BEGIN ATOMIC SELECT 1; END", "x"],
    ],
    ["BEGIN; a; END; b", ["BEGIN", "a", "END", "b"]],
    ["'open; b", ["'open; b"]],
    ["", []],
  ])("%j", (sql, expected) => {
    expect(pieces(sql)).toEqual(expected);
  });
});

const read = (script: Script): string[] =>
  script.statements.map((statement) => statementText(script, statement));

const faults = (script: Script): [string, string, string][] =>
  script.unparsed.map(({ span, statement, message }) => [
    script.text.slice(span.start, span.end),
    script.text.slice(statement.start, statement.end),
    message,
  ]);

describe("what does not parse", () => {
  it.each<[string, readonly string[], readonly (readonly [string, string, string])[]]>([
    [
      "SELECT 1; SELECT é 𝄞 FORM t; SELECT 2",
      ["SELECT 1", "SELECT 2"],
      [["FORM", "SELECT é 𝄞 FORM t", 'syntax error at or near "FORM"']],
    ],
    [
      "SELECT 'é𝄞', 'x' FROM; SELECT 2",
      ["SELECT 2"],
      [["", "SELECT 'é𝄞', 'x' FROM", "syntax error at end of input"]],
    ],
    [
      "ALTER TABLE a ADD b int\nALTER TABLE a ADD c int;\nDROP TABLE d;",
      ["DROP TABLE d"],
      [
        [
          "ALTER",
          "ALTER TABLE a ADD b int\nALTER TABLE a ADD c int",
          'syntax error at or near "ALTER"',
        ],
      ],
    ],
    [
      "CREATE TABLE a (b int; SELECT 1; SELECT 2",
      ["SELECT 1", "SELECT 2"],
      [["", "CREATE TABLE a (b int", "syntax error at end of input"]],
    ],
    [
      "SELECT 1; SELECT 'open; SELECT 2",
      ["SELECT 1"],
      [
        [
          "'open; SELECT 2",
          "SELECT 'open; SELECT 2",
          'unterminated quoted string at or near "\'open; SELECT 2"',
        ],
      ],
    ],
    [
      "\\connect shop\nSELECT 1;\n\\i other.sql\nSELECT 2 \\gexec\nSELECT 3",
      ["SELECT 1", "SELECT 2", "SELECT 3"],
      [
        ["\\connect shop", "\\connect shop", "psql command, not SQL: \\connect shop"],
        ["\\i other.sql", "\\i other.sql", "psql command, not SQL: \\i other.sql"],
        ["\\gexec", "\\gexec", "psql command, not SQL: \\gexec"],
      ],
    ],
    [
      "COPY t (a, b) FROM stdin;\n1\tit's\n2\t\\N\n\\.\n\nSELECT 1;",
      ["COPY t (a, b) FROM stdin", "SELECT 1"],
      [
        [
          "1\tit's\n2\t\\N\n\\.",
          "1\tit's\n2\t\\N\n\\.",
          "data of COPY … FROM stdin, not SQL: only psql sends it",
        ],
      ],
    ],
    // The pieces are sound, the whole is not.
    [
      "SELECT 1; /* open",
      ["SELECT 1"],
      [["/* open", "SELECT 1; /* open", 'unterminated /* comment at or near "/* open"']],
    ],
    // Without an end there are no data lines.
    [
      "COPY t FROM stdin;\nSELEKT;\nSELECT 1;",
      ["COPY t FROM stdin", "SELECT 1"],
      [["SELEKT", "SELEKT", 'syntax error at or near "SELEKT"']],
    ],
  ])("%j", (sql, statements, expected) => {
    const script = parser.parse(sql);
    expect(read(script)).toEqual(statements);
    expect(faults(script)).toEqual(expected);
  });

  it.each(["\n", "\r\n", "\r"])("ends the data of COPY with lines that end in %j", (end) => {
    const sql = ["COPY t FROM STDIN;", "1", "\\.", "SELECT 1"].join(end);
    expect(read(parser.parse(sql))).toEqual(["COPY t FROM STDIN", "SELECT 1"]);
  });
});
