import type { Rule } from "../src/core/rule.ts";
import type { Hazard } from "./hazards.ts";
import { POLICIES } from "./policies.ts";

/** `rules/coverage.md`: every hazard by theme, with the rules that find it or the reason why none does. */
export function renderCoverage(hazards: readonly Hazard[], rules: readonly Rule[]): string {
  const found = hazards.filter(({ reason }) => reason === undefined).length;
  const policies = hazards.filter(({ id }) => POLICIES[id] !== undefined).length;
  const themes = [...new Set(hazards.map(({ theme }) => theme))];
  const sections = themes.map((theme) => {
    const rows = hazards
      .filter((hazard) => hazard.theme === theme)
      .map(({ id, reason }) => `| ${id} | ${foundBy(id, reason, rules)} |`);
    return `## ${theme}\n\n| hazard | found by |\n| --- | --- |\n${rows.join("\n")}`;
  });
  return `${[
    "# Coverage",
    `Rules find ${found} of the ${hazards.length} known hazards of migrations on PostgreSQL. ${policies} more are a house's policy: a rule of its configuration states each, as the table shows. Of the others it says why not.`,
    ...sections,
    "Written by `npm run docs`.",
  ].join("\n\n")}\n`;
}

function foundBy(id: string, reason: string | undefined, rules: readonly Rule[]): string {
  const policy = POLICIES[id];
  if (policy === undefined) return reason ?? linksTo(id, rules);
  const yaml = policy.yaml.replaceAll("\n", ", ").replaceAll("|", "\\|");
  return `${reason ?? linksTo(id, rules)}: \`{ ${yaml} }\``;
}

function linksTo(hazard: string, rules: readonly Rule[]): string {
  return rules
    .filter(({ hazards }) => hazards?.includes(hazard))
    .map(({ id }) => `[\`${id}\`](${id}.md)`)
    .join(", ");
}
