import type { Review, ReviewedMigration, ReviewedProject } from "../core/review.ts";
import { circumstances, headline } from "./headline.ts";
import type { ReportInput } from "./report-input.ts";
import { isStuck, partialWords } from "./partial-words.ts";
import { rollbackWords } from "./rollback-words.ts";
import { skippedSteps } from "./skipped-steps.ts";
import { sourceTexts } from "./source-text.ts";
import { styleOf } from "./style.ts";
import { textDrift } from "./text-drift.ts";
import { indented, textFinding, type TextPage } from "./text-finding.ts";
import { textLocks } from "./text-locks.ts";
import { textTable } from "./text-table.ts";
import { textFailures } from "./text-verification.ts";
import { untrustedLine } from "./untrusted.ts";
import { classWords, counted } from "./verification-words.ts";
import { grouped } from "./grouped.ts";

/** Entries of a list at the end of the report. */
const SHOWN_ENTRIES = 20;

export interface TextOptions {
  readonly colour: boolean;
  /** Columns of the terminal. Default: 80. */
  readonly width?: number;
}

/** The review as a terminal shows it: findings with their code, then a table, then one line that sums up. */
export function renderText(input: ReportInput, options: TextOptions): string {
  const { review } = input;
  const page: TextPage = {
    style: styleOf(options.colour),
    width: Math.max(40, options.width ?? 80),
    source: sourceTexts(input.texts),
    down: review.settings.down,
  };
  const lines = [
    ...review.projects.flatMap((project) => textProject(project, review, page)),
    ...review.projects.flatMap((project) => textDrift(project, page)),
    ...textList(
      "Not verified",
      review.unverified.map(({ path, reason }) => `${path}: ${reason}`),
      page,
    ),
    ...textList(
      "Left alone",
      (review.leftAlone ?? []).map(({ path, reason }) => `${path}: ${reason}`),
      page,
    ),
    ...textList("Not run", notRun(review), page),
    ...textList("Suppressed in the files", suppressions(review), page),
    ...textList("Set by the configuration", configured(review), page),
    ...textList("If it stops half way", stops(review), page),
    ...textList("If it is rolled back", rollbacks(review), page),
    ...textLocks(
      review.projects.flatMap(({ migrations }) => migrations),
      page,
    ),
    ...textTables(review, page),
    "",
    ...textSummary(review, page),
  ];
  return withoutCommands(`${lines.join("\n").replace(/^\n+/, "")}\n`);
}

/** One table; with several projects one each, under the project's folder. */
function textTables({ projects }: Review, page: TextPage): string[] {
  if (projects.length < 2) return projects.flatMap(({ migrations }) => textTable(migrations, page));
  return projects.flatMap(({ root, migrations }, index) => [
    ...(index === 0 ? [] : [""]),
    page.style.bold(untrustedLine(root)),
    ...textTable(migrations, page),
  ]);
}

function textProject(project: ReviewedProject, review: Review, page: TextPage): string[] {
  const blocks = project.migrations.map((migration) => textMigration(migration, page));
  const told = blocks.filter((block) => block.length > 0);
  if (told.length === 0) return [];
  const earlier = counted(project.history, "earlier migration");
  const title = `${untrustedLine(project.root)} · ${project.framework} · ${earlier}`;
  return [...(review.projects.length > 1 ? [page.style.dim(title), ""] : []), ...told.flat()];
}

function textMigration(migration: ReviewedMigration, page: TextPage): string[] {
  const { style } = page;
  const told = [
    ...migration.findings.flatMap((finding) => textFinding(finding, page)),
    ...textFailures(migration, page),
  ];
  if (told.length === 0) return [];
  const destructive = migration.destructive ? `, ${style.red("destructive")}` : "";
  const name = style.bold(untrustedLine(migration.id, 200));
  return [`${name} · ${classWords(migration)}${destructive} · ${migration.change}`, "", ...told];
}

function textList(title: string, entries: readonly string[], page: TextPage): string[] {
  if (entries.length === 0) return [];
  const shown = entries.slice(0, SHOWN_ENTRIES);
  const rest = entries.length - shown.length;
  return [
    page.style.bold(title),
    ...shown.flatMap((entry) => indented(untrustedLine(entry), 2, page.width)),
    ...(rest === 0 ? [] : [`  and ${grouped(rest)} more`]),
    "",
  ];
}

function notRun(review: Review): string[] {
  const groups = skippedSteps(review.projects.flatMap(({ migrations }) => migrations));
  return groups.map(({ step, reason, migrations }) => {
    return `${step} of ${counted(migrations.length, "migration")}: ${reason}`;
  });
}

function stops(review: Review): string[] {
  return review.projects
    .flatMap(({ migrations }) => migrations)
    .flatMap(({ id, verification }) =>
      (verification?.partialFailures ?? [])
        .filter(isStuck)
        .map((failure) => `${id} ${partialWords(failure)}`),
    );
}

function rollbacks(review: Review): string[] {
  return review.projects
    .flatMap(({ migrations }) => migrations)
    .flatMap((migration) => {
      const words = rollbackWords(migration);
      return words === undefined ? [] : [`${migration.id}: ${words}`];
    });
}

function suppressions(review: Review): string[] {
  return review.projects
    .flatMap(({ migrations }) => migrations)
    .flatMap(({ suppressed }) => suppressed)
    .map(({ finding, reason }) => {
      const { path, line, rule } = finding;
      return `${path}:${line} ${rule}: ${reason ?? "no reason given"}`;
    });
}

function configured({ settings }: Review): string[] {
  return settings.rules.map(
    ({ rule, severity, files, reason }) =>
      `${rule} is ${severity}${files === undefined ? "" : ` in ${files.join(", ")}`}${reason === undefined ? "" : `: ${reason}`}`,
  );
}

function textSummary(review: Review, { style }: TextPage): string[] {
  const { verdict } = review;
  const mark = verdict === "pass" ? style.green : style.red;
  const words = { pass: "✓ passed", fail: "✗ failed", unverified: "✗ not verified" }[verdict];
  const limits = review.engine?.limits.length ?? 0;
  const hint = "migrate-verify explain RULE tells more about a rule.";
  return [
    style.dim(untrustedLine(circumstances(review).join(" · "))),
    ...(limits === 0
      ? []
      : [
          style.dim(
            `${counted(limits, "thing")} this engine cannot tell: --format markdown lists them.`,
          ),
        ]),
    ...(review.summary.errors + review.summary.warnings > 0 ? [style.dim(hint)] : []),
    `${style.bold(mark(words))}: ${headline(review)}`,
  ];
}

/**
 * GitHub's runner reads commands from what a step prints: lines that begin with `::`, and `##[`
 * anywhere (https://docs.github.com/en/actions/reference/workflow-commands-for-github-actions).
 * What a report quotes is not allowed to be one.
 */
function withoutCommands(text: string): string {
  return text.replace(/^([^\S\n]*)::/gm, "$1: :").replaceAll("##[", "## [");
}
