import type { Rule } from "../core/rule.ts";
import { styleOf, type Style } from "./style.ts";
import { indented } from "./text-finding.ts";

/** A rule as a terminal shows it: what it sees, what happens to whom, what to do, and one example. */
export function explainRule(
  rule: Rule,
  options: { readonly colour: boolean; readonly width?: number },
): string {
  const style = styleOf(options.colour);
  const width = Math.max(40, options.width ?? 80);
  const paragraph = (title: string, text: string): string[] => [
    style.bold(title),
    ...indented(text, 2, width),
    "",
  ];
  const facts = [rule.severity, `${rule.confidence} confidence`, rule.category, ...habits(rule)];
  return `${[
    `${style.bold(rule.id)}  ${style.dim(facts.join(" · "))}`,
    ...indented(rule.summary, 0, width),
    "",
    ...paragraph("What it sees", rule.condition),
    ...paragraph("What happens", rule.effect),
    ...paragraph("What to do", rule.instead),
    ...ruleOptions(rule, style, width),
    ...example(rule, style),
    ...ignoring(rule, style),
    ...(rule.references.length === 0
      ? []
      : [style.bold("References"), ...rule.references.map((url) => `  ${url}`)]),
  ]
    .join("\n")
    .trimEnd()}\n`;
}

/** What is out of the ordinary with a rule. */
export function habits(rule: Rule): string[] {
  return [
    ...(rule.optIn === true ? ["opt-in"] : []),
    ...(rule.generatedBy === undefined
      ? []
      : [`by name only in ${rule.generatedBy.join(" and ")}`]),
    ...(rule.directions?.includes("down") === true
      ? [rule.directions.includes("up") ? "up and down scripts" : "down scripts"]
      : []),
  ];
}

function ruleOptions(rule: Rule, style: Style, width: number): string[] {
  const entries = Object.entries(rule.options ?? {});
  if (entries.length === 0) return [];
  return [
    style.bold("Options"),
    ...entries.flatMap(([name, option]) =>
      indented(`${name} (default ${option.default}): ${option.description}`, 2, width),
    ),
    "",
  ];
}

function example({ examples: [first] }: Rule, style: Style): string[] {
  if (first === undefined) return [];
  const sql = (text: string): string[] =>
    text.split("\n").map((line) => (line === "---" ? `  ${style.dim("then")}` : `  ${line}`));
  return [
    style.bold(`Example: ${first.title}`),
    ...sql(first.before).map((line) => style.dim(line)),
    "",
    `  ${style.red("✗")}`,
    ...sql(first.bad),
    "",
    `  ${style.green("✓")}`,
    ...sql(first.good),
    "",
  ];
}

function ignoring(rule: Rule, style: Style): string[] {
  return [
    style.bold("To accept one statement"),
    `  -- migrate-verify-ignore ${rule.id} why it is safe here`,
    "",
  ];
}
