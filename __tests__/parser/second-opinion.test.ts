import { describe, expect, it } from "@jest/globals";
import { statementText } from "../../src/core/statement.ts";
import { sqlFiles } from "./fixture-sql.ts";
import { otherWords } from "./other-grammar.ts";
import { ourWords } from "./our-words.ts";
import { parser } from "./brief.ts";

interface Comparison {
  readonly path: string;
  readonly sql: string;
  readonly ours: readonly string[];
  readonly theirs: readonly string[];
}

/** Each statement of our SQL that the other grammar knows too. */
function comparisons(): Comparison[] {
  return sqlFiles("__tests__/fixtures", "examples").flatMap(({ path, text }) => {
    const script = parser.parse(text);
    return script.statements.flatMap((statement) => {
      const sql = statementText(script, statement);
      const theirs = otherWords(sql);
      return theirs === undefined
        ? []
        : [{ path, sql, theirs, ours: ourWords(statement.operations) }];
    });
  });
}

describe("a grammar of others", () => {
  const all = comparisons();

  it("knows enough of our statements for its word to count", () => {
    expect(all.length).toBeGreaterThanOrEqual(300);
    expect(new Set(all.flatMap(({ ours }) => ours.map(kindOf))).size).toBeGreaterThanOrEqual(25);
  });

  it("reads in them what we read: kinds, tables, columns", () => {
    const different = all.filter(({ ours, theirs }) => alike(ours) !== alike(theirs));
    expect(different).toEqual([]);
  });
});

/**
 * The same words in one order: PostgreSQL runs the subcommands of ALTER TABLE in its own. The other
 * grammar leaves a doubled quote in a name as it is written.
 */
function alike(words: readonly string[]): string {
  return words
    .map((line) =>
      line
        .replaceAll('""', '"')
        .split(/ \(|, |\)/)
        .toSorted()
        .join(", "),
    )
    .toSorted()
    .join("\n");
}

/** The first words, without names. */
function kindOf(words: string): string {
  return words
    .replace(/^\S+: /, "")
    .split(" ")
    .slice(0, 2)
    .join(" ");
}
