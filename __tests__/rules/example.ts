import { rules } from "../../rules/index.ts";
import type { Rule, RuleExample } from "../../src/core/rule.ts";
import { AUTOCOMMIT, type LintCase } from "./lint.ts";

/** Every example of every rule that is written in SQL, with a name for a test's title. */
export const examples: readonly { title: string; rule: Rule; example: RuleExample }[] =
  rules.flatMap((rule) =>
    rule.examples
      .filter(({ language }) => language === undefined)
      .map((example) => ({ title: `${rule.id}: ${example.title}`, rule, example })),
  );

/** https://www.postgresql.org/docs/current/errcodes-appendix.html */
const SYNTAX_ERROR = "42601";

/** One side of an example, as the harness lints it. */
export function sideOf(example: RuleExample, side: "bad" | "good"): LintCase {
  const down = example.down?.[side];
  const situation = side === "bad" ? example.situation : undefined;
  return {
    before: [example.before],
    migration: example[side],
    ...(example.autocommit?.[side] === true ? { execution: AUTOCOMMIT } : {}),
    ...(down === undefined ? {} : { down }),
    ...(example.options === undefined ? {} : { options: example.options }),
    ...(example.postgres === undefined ? {} : { postgres: example.postgres }),
    ...(situation === undefined ? {} : { situation }),
    ...(side === "bad" && example.fails === SYNTAX_ERROR ? { unparsed: true } : {}),
  };
}
