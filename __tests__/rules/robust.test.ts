import { describe, expect, it } from "@jest/globals";
import * as fc from "fast-check";
import { labelledCases } from "../labelled/labelled.ts";
import { lintCaseOf } from "../labelled/told.ts";
import { AUTOCOMMIT, findings, lint, type LintCase } from "./lint.ts";

const cases = labelledCases();
const statements = cases.flatMap(({ migrations }) =>
  migrations.flatMap((sql) => (/\$\$|^BEGIN/m.test(sql) ? [sql] : sql.split(/;\s*\n/))),
);
const [history = ""] = cases.map((one) => one.history);
const RULES_ABOUT_SHAPE = new Set(["prefer-one-alter"]);

function rulesOf(input: LintCase): string[] {
  return findings(input)
    .map(({ rule }) => rule)
    .filter((rule) => !RULES_ABOUT_SHAPE.has(rule))
    .toSorted();
}

describe("whatever the grammar accepts", () => {
  it("throws in no rule and in no step of the replay, in any order of statements", () => {
    const script = fc.array(fc.constantFrom(...statements), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(script, fc.boolean(), fc.boolean(), (parts, known, autocommit) => {
        // lint() throws what a rule or the replay threw.
        const { crashes } = lint({
          before: known ? [history] : [],
          migration: parts.join(";\n"),
          down: parts.toReversed().join(";\n"),
          unparsed: true,
          ...(autocommit ? { execution: AUTOCOMMIT } : {}),
        });
        expect(crashes).toEqual([]);
      }),
      { numRuns: 150 },
    );
  });
});

describe("another spelling", () => {
  const plain = cases.filter(
    ({ migrations }) => migrations.length === 1 && !/["$']/.test(migrations.join("")),
  );

  it.each(plain)("gives the same findings with a schema and quotes: $title", (labelled) => {
    const input = lintCaseOf(labelled);
    const spelled = input.migration.replaceAll(
      /(?<=\b(?:ALTER TABLE|UPDATE|DELETE FROM|TRUNCATE|DROP TABLE|ONLY|REFERENCES|LOCK TABLE)\s)(orders|users|plain|checked|items)\b/g,
      'public."$1"',
    );
    expect(rulesOf({ ...input, migration: spelled })).toEqual(rulesOf(input));
  });
});

describe("ALTER TABLE in one statement or in several", () => {
  const ACTIONS = [
    "ADD COLUMN c1 int",
    "ADD COLUMN c2 text NOT NULL",
    "ADD COLUMN c3 uuid DEFAULT gen_random_uuid()",
    "DROP COLUMN note",
    "ALTER COLUMN code TYPE text",
    "ALTER COLUMN total SET NOT NULL",
    "ADD CONSTRAINT k CHECK (total > 0)",
    "ADD CONSTRAINT u UNIQUE (code)",
    "ALTER COLUMN region SET DEFAULT 'us'",
  ];

  it("gives the same findings", () => {
    const some = fc.uniqueArray(fc.constantFrom(...ACTIONS), { minLength: 2, maxLength: 4 });
    fc.assert(
      fc.property(some, (actions) => {
        const before = [history];
        const joined = `ALTER TABLE orders ${actions.join(", ")};`;
        const apart = actions.map((action) => `ALTER TABLE orders ${action};`).join("\n");
        expect(rulesOf({ before, migration: joined })).toEqual(
          rulesOf({ before, migration: apart }),
        );
      }),
      { numRuns: 60 },
    );
  });
});
