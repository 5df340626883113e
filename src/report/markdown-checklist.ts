import type { ChecklistItem, Phase } from "../core/checklist.ts";
import { DEFAULT_CHECKLIST } from "../core/checklist-items.ts";
import { neededItems, type NeededItem } from "../core/gate.ts";
import { itemMarkdown } from "./checklist-item.ts";
import { gatesSection } from "./markdown-gates.ts";
import type { MarkdownPage } from "./markdown-page.ts";

const TITLES: Readonly<Record<Phase, string>> = {
  before: "Before merging",
  during: "While it runs",
  after: "Afterwards",
};

/**
 * What to do before, during and after: only what this change needs. What somebody has to confirm has
 * boxes to tick where a comment can take the ticks, and stands among the rest elsewhere.
 */
export function checklist(page: MarkdownPage): string {
  const { gates } = page.options;
  const needed = neededOf(page).filter(
    ({ item }) => gates === undefined || item.gate === undefined,
  );
  const confirmed = gates === undefined ? "" : gatesSection(gates);
  return [
    ...(confirmed === "" ? [] : [confirmed]),
    ...sections(needed.map((one) => ({ phase: one.item.phase, line: itemMarkdown(one) }))),
  ].join("\n\n");
}

function neededOf({ input, migrations, rules }: MarkdownPage): readonly NeededItem[] {
  return neededItems(
    input.checklist ?? DEFAULT_CHECKLIST,
    migrations,
    (rule) => rules.get(rule)?.category,
  );
}

function sections(lines: readonly { readonly phase: Phase; readonly line: string }[]): string[] {
  return (["before", "during", "after"] as const).flatMap((phase) => {
    const those = lines.filter((one) => one.phase === phase);
    if (those.length === 0) return [];
    return [`### ${TITLES[phase]}\n${those.map(({ line }) => `- ${line}`).join("\n")}`];
  });
}

/** Items of which the configuration asks less than the default, and why. */
export function weakenedItems(items: readonly ChecklistItem[]): readonly ChecklistItem[] {
  return items.filter(({ reason }) => reason !== undefined);
}
