import { describe, expect, it } from "@jest/globals";
import { readSuppressions } from "../../src/core/suppression.ts";
import { loadParser } from "../../src/parser/parse-script.ts";
import { rules } from "../../rules/index.ts";

const parser = await loadParser();

function suppressions(sql: string): unknown[] {
  const script = parser.parse(sql);
  return readSuppressions(script, rules).map(({ name, rules: ids, scope, reason, origin }) => ({
    name,
    rules: ids,
    scope: scope === undefined ? "file" : script.text.slice(scope.start, scope.end),
    ...(reason === undefined ? {} : { reason }),
    ...(origin === "own" ? {} : { origin }),
  }));
}

const INDEX = "CREATE INDEX i ON t (a)";
const own = { name: "require-concurrent-index", rules: ["require-concurrent-index"] };

describe("suppression comments", () => {
  it.each([
    [
      "the next statement, with a reason",
      `SELECT 1;\n-- migrate-verify-ignore require-concurrent-index the table is small\n${INDEX};`,
      [{ ...own, scope: INDEX, reason: "the table is small" }],
    ],
    [
      "trailing, for the statement that ends on its line",
      `${INDEX}; -- migrate-verify-ignore require-concurrent-index\nSELECT 2;`,
      [{ ...own, scope: INDEX }],
    ],
    [
      "the file",
      `-- migrate-verify-ignore-file require-concurrent-index: quiet hours\n${INDEX};`,
      [{ ...own, scope: "file", reason: "quiet hours" }],
    ],
    [
      "a list ends at the first name without a comma",
      `-- migrate-verify-ignore require-concurrent-index, require-lock-timeout no traffic\n${INDEX};`,
      [
        { ...own, scope: INDEX, reason: "no traffic" },
        {
          name: "require-lock-timeout",
          rules: ["require-lock-timeout"],
          scope: INDEX,
          reason: "no traffic",
        },
      ],
    ],
    [
      "inside a body of code, for the statement that holds it",
      "SELECT 1; DO $$ BEGIN\n-- migrate-verify-ignore require-concurrent-index\nCREATE INDEX ON t (a); END $$; SELECT 2;",
      [
        {
          ...own,
          scope:
            "DO $$ BEGIN\n-- migrate-verify-ignore require-concurrent-index\nCREATE INDEX ON t (a); END $$",
        },
      ],
    ],
    [
      "inside a statement, for that statement",
      `CREATE INDEX i -- migrate-verify-ignore require-concurrent-index\n ON t (a); SELECT 1;`,
      [
        {
          ...own,
          scope: `CREATE INDEX i -- migrate-verify-ignore require-concurrent-index\n ON t (a)`,
        },
      ],
    ],
    [
      "a block comment",
      `/* migrate-verify-ignore require-concurrent-index */ ${INDEX};`,
      [{ ...own, scope: INDEX }],
    ],
    [
      "squawk's name of the same rule",
      `-- squawk-ignore require-concurrent-index-creation\n${INDEX};`,
      [
        {
          name: "require-concurrent-index-creation",
          rules: ["require-concurrent-index"],
          scope: INDEX,
          origin: "squawk",
        },
      ],
    ],
    [
      "an unknown name stands for no rule",
      `-- migrate-verify-ignore no-such-rule\n${INDEX};`,
      [{ name: "no-such-rule", rules: [], scope: INDEX }],
    ],
    [
      "a comment that names no rule",
      `-- migrate-verify-ignore\n${INDEX};`,
      [{ name: "", rules: [], scope: INDEX }],
    ],
    [
      "a statement that does not parse",
      `-- migrate-verify-ignore require-concurrent-index\nCREATE INDEKS i;\n${INDEX};`,
      [{ ...own, scope: "CREATE INDEKS i" }],
    ],
    ["other comments", `-- please do not migrate-verify-ignore this\n${INDEX};`, []],
    ["the words in a string", `SELECT '-- migrate-verify-ignore require-concurrent-index';`, []],
  ])("%s", (_, sql, expected) => {
    expect(suppressions(sql)).toEqual(expected);
  });

  it("for the file count wherever they stand in it, those for a statement only in their script", () => {
    const file = "-- migrate-verify-ignore-file require-concurrent-index small";
    const text = `${file}\n-- up\n${INDEX};\n-- down\n-- migrate-verify-ignore require-lock-timeout\nSELECT 1;`;
    const start = text.indexOf("-- up");
    const script = parser.parse(text, { span: { start, end: text.indexOf("-- down") } });
    expect(readSuppressions(script, rules)).toMatchObject([
      { name: "require-concurrent-index", reason: "small" },
    ]);
  });
});
