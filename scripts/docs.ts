/*
 * Writes what is made from the rules: a page for each beside it, their index, the hazards that they
 * cover, and the JSON schema of the configuration. And the outputs that the README and the page about
 * verification show.
 */
import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { rules } from "../rules/index.ts";
import { configJsonSchema } from "../src/config/json-schema.ts";
import { joinFindings } from "../src/core/join-findings.ts";
import type { LockClaim } from "../src/core/lock.ts";
import { defineRule, type Rule, type RuleExample } from "../src/core/rule.ts";
import { exampleText } from "../src/report/example-text.ts";
import { renderRulePage, type ExampleOutput } from "../src/report/rule-page.ts";
import { renderRulesIndex } from "../src/report/rules-index.ts";
import { djangoFiles, djangoFindings } from "../__tests__/rules/django.ts";
import { sideOf } from "../__tests__/rules/example.ts";
import { lint, migrationsOf } from "../__tests__/rules/lint.ts";
import { renderCoverage } from "./coverage.ts";
import { HAZARDS } from "./hazards.ts";
import { withOutputs } from "./readme-outputs.ts";

const ROOT = join(import.meta.dirname, "..");

/** What the linter says of a bad example, and the locks that the lock table holds for both sides; the tests observe them. */
function outputOf(rule: Rule, example: RuleExample): ExampleOutput {
  if (example.language === "django") return djangoOutput(rule, example);
  const texts = new Map([
    ...migrationsOf(example.bad).map((text, index) => [`9${index}_change.up.sql`, text] as const),
    [`9${migrationsOf(example.bad).length - 1}_change.down.sql`, example.down?.bad ?? ""] as const,
  ]);
  const findings = lint(sideOf(example, "bad"))
    .migrations.flatMap((migration) => joinFindings(migration.findings))
    .filter((finding) => finding.rule === rule.id);
  return {
    printed: exampleText(
      findings.map((finding) => ({ ...finding, path: pageName(finding.path) })),
      (path) => [...texts].find(([name]) => pageName(name) === path)?.[1],
    ),
    locks: { bad: locksOf(example, "bad"), good: locksOf(example, "good") },
  };
}

/** The same for modules of a Django app. Their locks are those of the SQL rules' pages. */
function djangoOutput(rule: Rule, example: RuleExample): ExampleOutput {
  const files = djangoFiles(example.before, example.bad);
  const found = djangoFindings(files).filter((finding) => finding.rule === rule.id);
  return {
    printed: exampleText(found, (path) => files[path]),
    locks: { bad: [], good: [] },
  };
}

/** The harness numbers its migrations; a page has one, as a rule. */
function pageName(path: string): string {
  return path.replace(/^90_change\./, "migration.").replace(/^9(\d)_change\./, "migration-$1.");
}

function locksOf(example: RuleExample, side: "bad" | "good"): readonly LockClaim[] {
  const claims: LockClaim[] = [];
  const probe = defineRule({
    id: "no-probe",
    summary: "Collect what the lock table says",
    severity: "info",
    confidence: "high",
    category: "hygiene",
    dialects: ["postgresql"],
    since: "0.1.0",
    condition: "",
    effect: "",
    instead: "",
    references: [],
    examples: [],
    checks: {
      operation: (operation, context) => {
        if (context.direction === "up") claims.push(...context.locks(operation));
      },
    },
  });
  lint({ ...sideOf(example, side), rules: [probe] });
  return claims;
}

const pages = new Map<string, string>(
  rules.map((rule) => [
    `${rule.id}.md`,
    renderRulePage(
      rule,
      rule.examples.map((example) => outputOf(rule, example)),
    ),
  ]),
);
pages.set("README.md", renderRulesIndex(rules));
pages.set("coverage.md", renderCoverage(HAZARDS, rules));

const folder = join(ROOT, "rules");
for (const name of readdirSync(folder)) {
  if (name.endsWith(".md") && !pages.has(name)) rmSync(join(folder, name));
}
for (const [name, text] of pages) writeFileSync(join(folder, name), text);
writeFileSync(
  join(ROOT, "migrate-verify.schema.json"),
  `${JSON.stringify(configJsonSchema(rules), undefined, 2)}\n`,
);

for (const name of ["README.md", "docs/verification.md"]) {
  const page = join(ROOT, name);
  writeFileSync(page, withOutputs(readFileSync(page, "utf8")));
}
