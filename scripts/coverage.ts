import type { Rule } from "../src/core/rule.ts";
import type { Hazard } from "./hazards.ts";

/** `rules/coverage.md`: every hazard by theme, with the rules that find it or the reason why none does. */
export function renderCoverage(hazards: readonly Hazard[], rules: readonly Rule[]): string {
  const found = hazards.filter(({ reason }) => reason === undefined).length;
  const themes = [...new Set(hazards.map(({ theme }) => theme))];
  const sections = themes.map((theme) => {
    const rows = hazards
      .filter((hazard) => hazard.theme === theme)
      .map(({ id, reason }) => `| ${id} | ${reason ?? linksTo(id, rules)} |`);
    return `## ${theme}\n\n| hazard | found by |\n| --- | --- |\n${rows.join("\n")}`;
  });
  return `${[
    "# Coverage",
    `Rules find ${found} of the ${hazards.length} known hazards of migrations on PostgreSQL. Of the others it says why not.`,
    ...sections,
    "Written by `npm run docs`.",
  ].join("\n\n")}\n`;
}

function linksTo(hazard: string, rules: readonly Rule[]): string {
  return rules
    .filter(({ hazards }) => hazards?.includes(hazard))
    .map(({ id }) => `[\`${id}\`](${id}.md)`)
    .join(", ");
}
