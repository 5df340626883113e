import { nearest } from "../core/nearest.ts";
import type { Rule } from "../core/rule.ts";
import { fence } from "../report/escape-markdown.ts";
import { helpOf } from "./command-help.ts";

/** What a rule is about, what happens to whom and what to do, as Markdown; undefined when there is none of that name. */
export function explainRule(rules: readonly Rule[], name: string): string | undefined {
  const rule = rules.find(({ id, aliases }) => id === name || aliases?.includes(name) === true);
  if (rule === undefined) return undefined;
  const [example] = rule.examples;
  return [
    `### \`${rule.id}\`: ${rule.summary}`,
    `${rule.severity}, ${rule.confidence} confidence · ${rule.category}`,
    `**What is seen:** ${rule.condition}`,
    `**What happens:** ${rule.effect}`,
    `**What to do:** ${rule.instead}`,
    ...(example === undefined
      ? []
      : [
          `${example.title}. Not so:`,
          fence(example.bad, "sql"),
          "But so:",
          fence(example.good, "sql"),
        ]),
    ...rule.references.map((reference) => `<${reference}>`),
  ].join("\n\n");
}

/** There is no rule of that name. */
export function unknownRule(rules: readonly Rule[], name: string): string {
  const near = nearest(
    name,
    rules.map(({ id }) => id),
  );
  const meant = near === undefined ? "" : ` Did you mean \`${near}\`?`;
  return `There is no rule \`${name}\`.${meant}\n\n${helpOf("explain")}`;
}
