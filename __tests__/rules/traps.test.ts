import { describe, expect, it } from "@jest/globals";
import type { Rule, RuleExample } from "../../src/core/rule.ts";
import { examples, sideOf } from "./example.ts";
import { findings, type LintCase } from "./lint.ts";

/*
 * Every bad example in other clothes. What changes only how the SQL is written keeps the finding;
 * what makes the table new takes it away from the rules about locks and rewrites.
 */

interface Trap {
  readonly name: string;
  /** Undefined where the example cannot be dressed so. */
  readonly dress: (bad: LintCase, example: RuleExample) => LintCase | undefined;
}

const tablesOf = (sql: string): string[] =>
  [...sql.matchAll(/CREATE TABLE (\w+)/g)].map((match) => match[1] ?? "");

function renamed(
  example: RuleExample,
  bad: LintCase,
  spelling: (name: string) => string,
): LintCase {
  const tables = tablesOf(example.before);
  const pattern = new RegExp(`(?<![\\w."])(${tables.join("|")})(?![\\w"])`, "g");
  return {
    ...bad,
    migration: tables.length === 0 ? bad.migration : bad.migration.replace(pattern, spelling),
  };
}

const SAME: readonly Trap[] = [
  {
    name: "with CRLF",
    dress: (bad) => ({ ...bad, migration: bad.migration.replaceAll("\n", "\r\n") }),
  },
  {
    name: "with comments around",
    dress: (bad) => ({
      ...bad,
      migration: `/* ÄÖ 🦕 */ -- ; BEGIN\n${bad.migration} -- CREATE TABLE orders ();`,
    }),
  },
  {
    name: "in lower case",
    dress: (bad) => ({ ...bad, migration: bad.migration.toLowerCase() }),
  },
  {
    name: "with qualified names",
    dress: (bad, example) => renamed(example, bad, (name) => `public.${name}`),
  },
  {
    name: "with quoted names",
    dress: (bad, example) => renamed(example, bad, (name) => `"public"."${name}"`),
  },
];

const LOCKS: readonly Trap[] = [
  {
    name: "in a DO block",
    dress: (bad) =>
      /\$\$|SET LOCAL|^---$/m.test(bad.migration)
        ? undefined
        : { ...bad, migration: `DO $$\nBEGIN\n  ${bad.migration}\nEND\n$$;` },
  },
  {
    name: "as the second action of its ALTER TABLE",
    dress: (bad) =>
      /^ALTER TABLE \w+\s+(ADD|ALTER)/.test(bad.migration)
        ? {
            ...bad,
            migration: bad.migration.replace(/^ALTER TABLE \w+/, "$& SET (fillfactor = 90),"),
          }
        : undefined,
  },
  {
    name: "after a CREATE TABLE IF NOT EXISTS that finds the table",
    dress: (bad, example) => ({
      ...bad,
      migration: `${example.before.replaceAll("CREATE TABLE ", "CREATE TABLE IF NOT EXISTS ").replace(/CREATE (DOMAIN|(UNIQUE )?INDEX)[^;]*;/g, "")}\n${bad.migration}`,
    }),
  },
];

const NEW_TABLE: readonly Trap[] = [
  {
    name: "on a new table",
    dress: (bad, example) => ({
      ...bad,
      before: [],
      migration: `${example.before}\n${bad.migration}`,
    }),
  },
  {
    name: "on a table of an earlier migration of the pull request",
    dress: (bad, example) => ({
      ...bad,
      before: [],
      migration: `${example.before}\n---\n${bad.migration}`,
    }),
  },
  {
    name: "on a new table, altered in between",
    dress: (bad, example) => ({
      ...bad,
      before: [],
      migration: [
        example.before,
        ...tablesOf(example.before).map((table) => `ALTER TABLE ${table} SET (fillfactor = 90);`),
        bad.migration,
      ].join("\n"),
    }),
  },
  {
    name: "on a temporary table",
    dress: (bad, example) => ({
      ...bad,
      before: [],
      migration: `${example.before.replaceAll("CREATE TABLE", "CREATE TEMP TABLE")}\n${bad.migration}`,
    }),
  },
];

/** Rules about what comments say are not to be dressed in others. */
const readsComments = ({ id }: Rule): boolean =>
  id.includes("-suppression") || id === "no-unresolved-data-loss-warning";

const isAboutLocks = ({ category }: Rule): boolean =>
  category === "blocking-lock" || category === "table-rewrite";

const ruleFindings = (rule: Rule, input: LintCase): readonly unknown[] =>
  findings(input).filter((finding) => finding.rule === rule.id);

/** The traps that an example can be dressed for. */
const dressedFor = (traps: readonly Trap[], bad: LintCase, example: RuleExample) =>
  traps.flatMap(({ name, dress }) => {
    const dressed = dress(bad, example);
    return dressed === undefined ? [] : [{ name, dressed }];
  });

describe.each(examples)("$title", ({ rule, example }) => {
  const bad = sideOf(example, "bad");
  const keeping = [...(readsComments(rule) ? [] : SAME), ...(isAboutLocks(rule) ? LOCKS : [])];
  // What fails does so on a new table too.
  const losing = isAboutLocks(rule) && example.fails === undefined ? NEW_TABLE : [];

  for (const { name, dressed } of dressedFor(keeping, bad, example)) {
    it(`is found ${name}`, () => {
      expect(ruleFindings(rule, dressed)).not.toEqual([]);
    });
  }

  for (const { name, dressed } of dressedFor(losing, bad, example)) {
    it(`is not found ${name}`, () => {
      expect(ruleFindings(rule, dressed)).toEqual([]);
    });
  }

  if (rule.id !== "no-unused-suppression") {
    it("is suppressed by a comment with its name", () => {
      const comment = `-- migrate-verify-ignore-file ${rule.id} known\n`;
      const suppressed = {
        ...bad,
        migration: `${comment}${bad.migration}`,
        ...(bad.down === undefined ? {} : { down: `${comment}${bad.down}` }),
      };
      expect(ruleFindings(rule, suppressed)).toEqual([]);
    });
  }
});
