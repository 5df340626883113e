import { blocks, type LockClaim } from "../core/lock.ts";
import { displayName } from "../core/name.ts";
import type { Rule, RuleExample } from "../core/rule.ts";
import { habits } from "./explain.ts";

/** What came of one example of a rule. */
export interface ExampleOutput {
  /** What the terminal report prints of the bad one. */
  readonly printed: string;
  readonly locks: { readonly bad: readonly LockClaim[]; readonly good: readonly LockClaim[] };
}

/** The page of a rule, with what really came of each of its examples, in their order. */
export function renderRulePage(rule: Rule, outputs: readonly ExampleOutput[]): string {
  const parts = [
    `# ${rule.id}`,
    `${rule.summary}.`,
    facts(rule),
    `**What it sees.** ${rule.condition}`,
    `**What happens.** ${rule.effect}`,
    `**What to do.** ${rule.instead}`,
    ...rule.examples.map((example, index) => exampleSection(example, outputs[index])),
    ...optionSection(rule),
    acceptance(rule),
    ...(rule.references.length === 0
      ? []
      : [`## References\n\n${rule.references.map((url) => `- <${url}>`).join("\n")}`]),
    "[All rules](README.md) · written by `npm run docs`",
  ];
  return `${parts.join("\n\n")}\n`;
}

function facts(rule: Rule): string {
  const words = [
    rule.severity,
    `${rule.confidence} confidence`,
    rule.category,
    ...habits(rule),
    `since ${rule.since}`,
  ];
  return words.join(" · ");
}

function exampleSection(example: RuleExample, output: ExampleOutput | undefined): string {
  const code = (text: string): string => block(text, example.language);
  const parts = [
    `## ${example.title}`,
    ...(example.before.trim() === "" ? [] : ["After these migrations", code(example.before)]),
    `this one gets a finding${howRun(example, "bad")}:`,
    ...migrationsOf(example.bad).map(code),
    ...downScript(example, "bad"),
    ...(output === undefined ? [] : [`\`\`\`text\n${output.printed.trimEnd()}\n\`\`\``]),
    ...lockTable(output?.locks.bad),
    ...(example.fails === undefined
      ? []
      : [`PostgreSQL refuses it with SQLSTATE ${example.fails}.`]),
    `Instead${howRun(example, "good")}:`,
    ...migrationsOf(example.good).map(code),
    ...downScript(example, "good"),
    ...lockTable(output?.locks.good),
  ];
  return parts.join("\n\n");
}

function block(text: string, language?: RuleExample["language"]): string {
  return `\`\`\`${language === "django" ? "python" : "sql"}\n${text.trim()}\n\`\`\``;
}

/** `---` on a line of its own stands between migrations. */
function migrationsOf(text: string): string[] {
  return text.split(/^---$/m);
}

function howRun(example: RuleExample, side: "bad" | "good"): string {
  const several = migrationsOf(example[side]).length > 1 ? ", in migrations of their own" : "";
  const autocommit = example.autocommit?.[side] === true ? ", outside of a transaction" : "";
  return several + autocommit;
}

function downScript(example: RuleExample, side: "bad" | "good"): string[] {
  const text = example.down?.[side];
  return text === undefined ? [] : ["with the down script", block(text === "" ? "-- empty" : text)];
}

/** The locks that others may notice. */
function lockTable(claims: readonly LockClaim[] = []): string[] {
  const felt = claims.filter(({ mode, scans, rewrites }) => {
    return blocks(mode) !== "nothing" || scans || rewrites;
  });
  if (felt.length === 0) return [];
  const rows = felt.map(({ table, mode, scans, rewrites }) => {
    const work = [...(scans ? ["scan"] : []), ...(rewrites ? ["rewrite"] : [])].join(", ");
    return `| \`${displayName(table)}\` | ${mode} | ${blocks(mode)} | ${work} |`;
  });
  return [
    ["| table | lock | keeps others from | while it does a |", "| --- | --- | --- | --- |"]
      .concat([...new Set(rows)])
      .join("\n"),
  ];
}

function optionSection({ id, options }: Rule): string[] {
  const entries = Object.entries(options ?? {});
  if (entries.length === 0) return [];
  const rows = entries.map(
    ([name, option]) => `| \`${name}\` | \`${option.default}\` | ${option.description} |`,
  );
  const values = entries.map(([name, option]) => `${name}: ${option.default}`).join(", ");
  return [
    `## Options\n\n| option | default | |\n| --- | --- | --- |\n${rows.join("\n")}`,
    `\`\`\`yaml\nrules:\n  ${id}: { ${values} }\n\`\`\``,
  ];
}

function acceptance({ id, squawk }: Rule): string {
  const names = (squawk ?? []).map((name) => `\`squawk-ignore ${name}\``);
  const also =
    names.length === 0
      ? ""
      : ` ${names.join(" and ")} ${names.length === 1 ? "means" : "mean"} the same.`;
  return `## To accept one statement

\`\`\`sql
-- migrate-verify-ignore ${id} why it is safe here
\`\`\`

The comment stands before the statement or behind it; the reason is shown in every report.${also}`;
}
