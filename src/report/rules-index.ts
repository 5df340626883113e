import type { Rule, RuleCategory } from "../core/rule.ts";

/** The categories, the gravest first, with what their rules keep from happening. */
const CATEGORIES: Readonly<Record<RuleCategory, string>> = {
  "data-loss": "Rows or values are gone, and no down script brings them back.",
  "blocking-lock": "Reads or writes of a table in use wait for the migration.",
  "table-rewrite": "A table in use is written anew under a lock.",
  "data-dependent-failure": "It fails, some of it only where there are rows.",
  "breaks-running-code": "The release that runs now fails on the new schema.",
  transaction: "What belongs apart runs in one transaction, or the other way round.",
  reversibility: "There is no way back, or it does not lead back.",
  ordering: "Migrations run in another order than they were written in.",
  security: "Somebody can do more than they should.",
  design: "It works, and will be regretted.",
  hygiene: "What cannot be read or is no longer needed.",
};

/** `rules/README.md`: every rule in a table for each category. */
export function renderRulesIndex(rules: readonly Rule[]): string {
  const categories = Object.entries(CATEGORIES) as [RuleCategory, string][];
  const sections = categories.flatMap(([category, meaning]) => {
    const own = rules.filter((rule) => rule.category === category);
    if (own.length === 0) return [];
    const rows = own.map(({ id, summary, severity, optIn }) => {
      const level = optIn === true ? `${severity}, opt-in` : severity;
      return `| [\`${id}\`](${id}.md) | ${summary} | ${level} |`;
    });
    return [
      `## ${category}\n\n${meaning}\n\n| rule | | severity |\n| --- | --- | --- |\n${rows.join("\n")}`,
    ];
  });
  return `${[
    "# Rules",
    `${rules.length} rules. Opt-in ones apply with \`extends: strict\`, or when the configuration names them.`,
    ...sections,
    "Written by `npm run docs`.",
  ].join("\n\n")}\n`;
}
