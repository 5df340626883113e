import type { Confidence, Severity } from "../core/finding.ts";
import type { Rule, RuleExample } from "../core/rule.ts";

/** SARIF's words for our severities. */
export const SARIF_LEVEL = {
  error: "error",
  warning: "warning",
  info: "note",
} as const satisfies Record<Severity, string>;

/** GitHub's words, https://docs.github.com/en/code-security/reference/code-scanning/sarif-support-for-code-scanning */
const PROBLEM_SEVERITY = {
  error: "error",
  warning: "warning",
  info: "recommendation",
} as const satisfies Record<Severity, string>;

const PRECISION: Readonly<Record<Confidence, string>> = {
  high: "very-high",
  medium: "high",
  low: "medium",
};

/** SARIF's descriptor of a rule. `page` is the address of its page. */
export function sarifRule(rule: Rule, page: string | undefined) {
  const address = page ?? rule.references[0];
  return {
    id: rule.id,
    shortDescription: { text: rule.summary },
    fullDescription: { text: `${rule.condition} ${rule.effect}` },
    help: { text: rule.instead, markdown: helpMarkdown(rule) },
    ...(address === undefined ? {} : { helpUri: address }),
    defaultConfiguration: {
      level: SARIF_LEVEL[rule.severity],
      ...(rule.optIn === true ? { enabled: false } : {}),
    },
    ...(rule.aliases === undefined ? {} : { deprecatedIds: rule.aliases }),
    properties: {
      tags: ["database", "migration", rule.category],
      precision: PRECISION[rule.confidence],
      "problem.severity": PROBLEM_SEVERITY[rule.severity],
    },
  };
}

function languageOf({ language }: RuleExample): string {
  return language === "django" ? "python" : "sql";
}

function helpMarkdown(rule: Rule): string {
  const [example] = rule.examples;
  return [
    rule.effect,
    `**Instead:** ${rule.instead}`,
    ...(example === undefined
      ? []
      : [
          `Not:\n\n\`\`\`${languageOf(example)}\n${example.bad}\n\`\`\``,
          `But:\n\n\`\`\`${languageOf(example)}\n${example.good}\n\`\`\``,
        ]),
    ...rule.references.map((url) => `- <${url}>`),
  ].join("\n\n");
}

/** What a run on the database can come to, as rules: a reader of SARIF has to see that too. */
export const STEP_RULES = [
  stepRule("verify-up", "The up script runs", "The up script of a migration stops with an error."),
  stepRule(
    "verify-down",
    "The down script undoes the up script",
    "The down script of a migration stops with an error, or does not restore schema and data.",
  ),
  stepRule(
    "verify-up-again",
    "The up script runs again after the down script",
    "After up and down, the up script stops with an error or gives another schema.",
  ),
] as const;

function stepRule(id: string, summary: string, description: string) {
  return {
    id,
    shortDescription: { text: summary },
    fullDescription: { text: description },
    help: { text: "Mend the script, and run migrate-verify verify." },
    defaultConfiguration: { level: "error" },
    properties: {
      tags: ["database", "migration", "verification"],
      precision: "very-high",
      "problem.severity": "error",
    },
  };
}
