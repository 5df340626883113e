import { describe, expect, it } from "@jest/globals";
import * as fc from "fast-check";
import { statementText } from "../../src/core/statement.ts";
import { Lexer } from "../../src/parser/lexer.ts";
import { offsetTable } from "../../src/parser/offsets.ts";
import { splitStatements } from "../../src/parser/split.ts";
import { parser } from "./brief.ts";

/** Text of all widths: one to four bytes, one and two units. NUL is refused before any offset is asked for. */
const anyText = fc
  .string({ unit: "binary", maxLength: 40 })
  .map((text) => text.replaceAll("\0", ""));

describe("offsets", () => {
  it("agree with the encoder for every character", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const table = offsetTable(text);
        let unit = 0;
        let point = 0;
        for (const character of text) {
          const bytes = Buffer.byteLength(text.slice(0, unit), "utf8");
          expect(table.fromByte(bytes)).toBe(unit);
          expect(table.fromCodePoint(point)).toBe(unit);
          unit += character.length;
          point += 1;
        }
        expect(table.fromByte(Buffer.byteLength(text, "utf8"))).toBe(text.length);
      }),
    );
  });
});

/** A comment, string or name that may hold anything. */
const noise = fc.oneof(
  anyText.map((text) => `/*${text.replaceAll(/[*/]/g, "")}*/`),
  anyText.map((text) => `--${text.replaceAll(/[\r\n]/g, "")}\n`),
  fc.constantFrom(" ", "\n", "\r\n", "\r", "\t", "/**/", "--\r"),
);
const literal = anyText.map((text) => `'${text.replaceAll("'", "''")}'`);
const dollar = anyText.map((text) => `$x$${text.replaceAll("$", "")}$x$`);
const name = anyText.map((text) => `"n${text.replaceAll('"', '""')}"`);

const statement = fc.oneof(
  fc.tuple(literal, noise, literal).map(([a, gap, b]) => ["SelectStmt", `SELECT ${a},${gap}${b}`]),
  fc.tuple(noise, dollar).map(([gap, a]) => ["SelectStmt", `SELECT ${gap} ${a}`]),
  fc
    .tuple(name, noise, literal)
    .map(([table, gap, text]) => [
      "AlterTableStmt",
      `ALTER TABLE ${table}${gap} ADD a text DEFAULT ${text}, DROP b`,
    ]),
  fc
    .tuple(name, name, noise)
    .map(([table, column, gap]) => [
      "CreateStmt",
      `CREATE TABLE ${table} (${column} int,${gap} b text)`,
    ]),
);
const script = fc.array(fc.tuple(noise, statement, noise), { minLength: 1, maxLength: 5 });

describe("places of statements", () => {
  it("are right whatever stands around and in them", () => {
    fc.assert(
      fc.property(script, (parts) => {
        const sql = parts.map(([before, [, text], after]) => `${before}${text}${after};`).join("");
        const read = parser.parse(sql);
        expect(read.unparsed).toEqual([]);
        expect(read.statements.map((each) => [each.kind, statementText(read, each)])).toEqual(
          parts.map(([, each]) => each),
        );
        // What a statement's own text reads as is what it was read as.
        for (const each of read.statements) {
          const again = parser.parse(statementText(read, each));
          expect(again.statements.map(({ kind }) => kind)).toEqual([each.kind]);
        }
      }),
    );
  });

  it("are the same where one statement does not parse", () => {
    fc.assert(
      fc.property(script, script, (before, after) => {
        const join = (parts: typeof before): string =>
          parts.map(([left, [, text], right]) => `${left}${text}${right};`).join("");
        const sql = `${join(before)}\nSELEKT 1;${join(after)}`;
        const read = parser.parse(sql);
        expect(read.statements.map((each) => statementText(read, each))).toEqual(
          [...before, ...after].map(([, [, text]]) => text),
        );
        expect(read.unparsed.map(({ span }) => sql.slice(span.start, span.end))).toEqual([
          "SELEKT",
        ]);
      }),
    );
  });

  it("are the same after a replaced stretch", () => {
    fc.assert(
      fc.property(script, literal, (parts, replacement) => {
        const rest = parts.map(([left, [, text], right]) => `${left}${text}${right};`).join("");
        const head = "SELECT ";
        const sql = `${head}\${value};${rest}`;
        const span = { start: head.length, end: head.length + "${value}".length };
        const read = parser.parse(sql, { substitutions: [{ span, text: replacement }] });
        expect(read.statements.map((each) => statementText(read, each))).toEqual([
          `${head}\${value}`,
          ...parts.map(([, [, text]]) => text),
        ]);
      }),
    );
  });

  it("hold for text that is not SQL at all", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 60 }), (text) => {
        const read = parser.parse(text);
        const spans = [...read.statements, ...read.unparsed].map(({ span }) => span);
        for (const { start, end } of [...spans, ...read.comments.map(({ span }) => span)]) {
          expect(start).toBeGreaterThanOrEqual(0);
          expect(end).toBeGreaterThanOrEqual(start);
          expect(end).toBeLessThanOrEqual(text.length);
        }
      }),
    );
  });
});

describe("places of clauses", () => {
  const escaped = anyText.map((text) => `E'${text.replaceAll(/[\\']/g, "\\$&")}'`);
  const expression = fc.oneof(
    literal,
    dollar,
    escaped,
    fc.constantFrom("f(1, 2)", "ARRAY[1,2]", "(a$b$)", "1"),
  );
  const clause = fc
    .tuple(name, expression)
    .map(([column, text]) => `ADD ${column} text DEFAULT ${text}`);

  it("are right whatever stands around and in them", () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(clause, noise, noise), { minLength: 1, maxLength: 4 }),
        (parts) => {
          const list = parts.map(([text, before, after]) => `${before}${text}${after}`).join(",");
          const sql = `ALTER TABLE t${list} ;`;
          const operations = parser.parse(sql).statements[0]?.operations ?? [];
          expect(operations.map(({ span }) => sql.slice(span.start, span.end))).toEqual(
            parts.map(([text]) => text),
          );
        },
      ),
    );
  });

  it("and those of columns in CREATE TABLE", () => {
    const column = fc
      .tuple(name, expression)
      .map(([title, text]) => `${title} text DEFAULT ${text} CHECK (a$b <> ${text})`);
    fc.assert(
      fc.property(
        fc.array(fc.tuple(column, noise, noise), { minLength: 1, maxLength: 4 }),
        (parts) => {
          const list = parts.map(([text, before, after]) => `${before}${text}${after}`).join(",");
          const sql = `CREATE TABLE t (${list}) WITH (fillfactor = 70);`;
          const [create] = parser.parse(sql).statements[0]?.operations ?? [];
          if (create?.kind !== "create-table") throw new Error(sql);
          const slice = ({ span }: { span: { start: number; end: number } }): string =>
            sql.slice(span.start, span.end);
          expect(create.columns.map(slice)).toEqual(parts.map(([text]) => text));
          for (const { default: given, constraints } of create.columns) {
            expect(constraints.map(slice)).toEqual([`CHECK (a$b <> ${given?.text ?? ""})`]);
          }
        },
      ),
    );
  });
});

describe("the lexer", () => {
  const sqlLike = fc
    .array(
      fc.constantFrom(
        "'",
        '"',
        "$$",
        "$a$",
        "--",
        "/*",
        "*/",
        "\n",
        ";",
        "(",
        ")",
        "\\",
        "E'",
        "é",
        "a",
        " ",
        "1",
      ),
      { maxLength: 30 },
    )
    .map((parts) => parts.join(""));

  it("leaves nothing out but white space, and ends", () => {
    fc.assert(
      fc.property(sqlLike, (text) => {
        const lexer = new Lexer(text);
        let end = 0;
        while (lexer.next() !== "end") {
          expect(text.slice(end, lexer.start).trim()).toBe("");
          expect(lexer.end).toBeGreaterThan(lexer.start);
          end = lexer.end;
        }
        expect(text.slice(end).trim()).toBe("");
      }),
    );
  });

  it("cuts into pieces that do not overlap", () => {
    fc.assert(
      fc.property(sqlLike, (text) => {
        let end = 0;
        for (const piece of splitStatements(text)) {
          expect(piece.start).toBeGreaterThanOrEqual(end);
          expect(piece.end).toBeGreaterThan(piece.start);
          end = piece.end;
        }
        expect(end).toBeLessThanOrEqual(text.length);
      }),
    );
  });
});
