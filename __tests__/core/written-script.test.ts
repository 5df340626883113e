import { describe, expect, it } from "@jest/globals";
import { rules } from "../../rules/index.ts";
import { lintProject } from "../../src/core/lint.ts";
import type { Compilation, MigrationScript } from "../../src/core/migration.ts";
import { placeIn } from "../../src/core/statement.ts";
import { withWrittenScript } from "../../src/core/written-script.ts";
import { loadParser } from "../../src/parser/parse-script.ts";

const parser = await loadParser();

const PYTHON = `operations = [
    # migrate-verify-ignore no-drop-column gone since spring
    migrations.RemoveField("item", "size"),
    migrations.RunSQL("""
        DROP TABLE old_items;
    """),
    migrations.RemoveField("item", "colour"),
]
`;
const BEFORE = "CREATE TABLE item (size int, colour int); CREATE TABLE old_items ();";
const SQL =
  'ALTER TABLE "item" DROP COLUMN "size";\nDROP TABLE old_items;\nALTER TABLE "item" DROP COLUMN "colour";';

function spanOf(text: string, part: string): { start: number; end: number } {
  const start = text.indexOf(part);
  return { start, end: start + part.length };
}

const REMOVALS = ["size", "colour"].map((name) => ({
  sql: spanOf(SQL, `ALTER TABLE "item" DROP COLUMN "${name}";`),
  source: spanOf(PYTHON, `migrations.RemoveField("item", "${name}")`),
}));
const compiled: Compilation = {
  text: PYTHON,
  operations: REMOVALS.map(({ source }) => ({ name: "RemoveField", span: source })),
  comments: [
    {
      span: spanOf(PYTHON, "# migrate-verify-ignore no-drop-column gone since spring"),
      text: "migrate-verify-ignore no-drop-column gone since spring",
      trailing: false,
    },
  ],
  origins: [
    ...REMOVALS,
    {
      sql: spanOf(SQL, "DROP TABLE old_items;"),
      source: spanOf(PYTHON, "DROP TABLE old_items;"),
      verbatim: true as const,
    },
  ].toSorted((a, b) => a.sql.start - b.sql.start),
  steps: [],
  unknowns: [],
};
const source: MigrationScript = {
  path: "shop/migrations/0002_gone.py",
  text: SQL,
  span: { start: 0, end: SQL.length },
  execution: { transaction: true, sends: "statements" },
  compiled,
};
const script = withWrittenScript(parser.parse(SQL), compiled);

describe("a compiled script", () => {
  it("tells places in the file that its author wrote", () => {
    const places = script.statements.map(({ span }) => placeIn(script, span));
    expect(places.map(({ line, column }) => [line, column])).toEqual([
      [3, 5],
      [5, 9],
      [7, 5],
    ]);
  });

  it("is linted with findings in that file that show the SQL, and heeds its comments", () => {
    const before = parser.parse(BEFORE);
    const { migrations } = lintProject({
      framework: "django",
      migrations: [
        {
          migration: {
            id: "shop.0001",
            up: { ...source, text: BEFORE, path: "a" },
            down: "missing",
          },
          change: "unchanged",
          up: before,
          faults: [],
        },
        {
          migration: { id: "shop.0002", up: source, down: "forward-only" },
          change: "added",
          up: script,
          faults: [],
        },
      ],
      rules: rules.filter(({ id }) => /^no-(?:drop-(?:column|table)|unused)/.test(id)),
      preset: "recommended",
      postgres: [],
      settingsOf: () => () => undefined,
      rows: () => undefined,
    });
    const [linted] = migrations;
    expect(linted?.findings.map(({ rule, line, sql }) => [rule, line, sql])).toEqual([
      ["no-drop-table", 5, "DROP TABLE old_items"],
      ["no-drop-column", 7, 'ALTER TABLE "item" DROP COLUMN "colour"'],
    ]);
    expect(linted?.suppressed.map(({ finding, reason }) => [finding.line, reason])).toEqual([
      [3, "gone since spring"],
    ]);
  });
});
