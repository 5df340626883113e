import type { Review } from "../core/review.ts";
import { code, folded, inline, prose } from "./escape-markdown.ts";
import { commentTitle } from "./comment-title.ts";
import { circumstances, headline } from "./headline.ts";
import { foldedCandidates } from "./markdown-candidate.ts";
import { checklist, weakenedItems } from "./markdown-checklist.ts";
import { machineChecks } from "./markdown-checks.ts";
import { foldedDifference } from "./markdown-difference.ts";
import { foldedDrift } from "./markdown-drift.ts";
import { foldedFindings } from "./markdown-findings.ts";
import { foldedLocks } from "./markdown-locks.ts";
import { bullets, DETAILS, placeLink, ruleLink } from "./markdown-page.ts";
import { gatesSection } from "./markdown-gates.ts";
import type { Detail, MarkdownOptions, MarkdownPage } from "./markdown-page.ts";
import { migrationTable } from "./markdown-table.ts";
import type { ReportInput } from "./report-input.ts";
import { sourceTexts } from "./source-text.ts";
import { grouped } from "./grouped.ts";

/** GitHub takes 65,536 characters. */
const LIMIT = 65_000;

/**
 * The review as the checklist of a pull request, in GitHub's Markdown. It fits the limit at any size:
 * where everything would be too long, less is told, down to the counts.
 */
export function renderMarkdown(input: ReportInput, options: MarkdownOptions = {}): string {
  const limit = options.limit ?? LIMIT;
  const shared = {
    input,
    options,
    migrations: input.review.projects.flatMap(({ migrations }) => migrations),
    rules: new Map(input.rules.map((rule) => [rule.id, rule])),
    source: sourceTexts(input.texts),
  };
  for (const detail of DETAILS) {
    const text = comment({ ...shared, detail }, detail !== DETAILS[0]);
    if (text.length <= limit) return text;
  }
  return least(input.review, options);
}

function comment(page: MarkdownPage, isShortened: boolean): string {
  const { review } = page.input;
  const { detail } = page;
  const parts = [
    title(review, page.options),
    subtitle(review, detail),
    migrationTable(page),
    `### What the machine checked\n${machineChecks(page)}`,
    checklist(page),
    foldedFindings(page),
    foldedLocks(page),
    foldedDifference(page),
    foldedCandidates(page),
    foldedDrift(page),
    foldedUnverified(page),
    foldedLeftAlone(page),
    foldedLimits(page),
    foldedSettings(page),
    isShortened ? "Not everything fits in here: the job's log has the whole report." : "",
  ];
  return `${parts.filter((part) => part !== "").join("\n\n")}\n`;
}

/** What is told where nothing else fits: the verdict, and the boxes, which nobody could tick otherwise. */
function least(review: Review, options: MarkdownOptions): string {
  const parts = [
    title(review, options),
    "There is too much to tell in a comment: the job's log has the report.",
    options.gates === undefined ? "" : gatesSection(options.gates),
  ];
  return `${parts.filter((part) => part !== "").join("\n\n")}\n`;
}

function title(review: Review, { gates }: MarkdownOptions): string {
  return commentTitle({ verdict: review.verdict, headline: headline(review) }, gates?.gates ?? []);
}

function subtitle(review: Review, detail: Detail): string {
  const projects = review.projects.slice(0, Math.min(5, detail.entries)).map((project) => {
    const earlier = `${grouped(project.history)} earlier`;
    return `${code(project.root)} (${project.framework}, ${earlier})`;
  });
  const rest = review.projects.length - projects.length;
  const more = rest === 0 ? [] : [`${rest} more projects`];
  return [...projects, ...more, ...circumstances(review).map((part) => inline(part, 200))].join(
    " · ",
  );
}

function foldedUnverified(page: MarkdownPage): string {
  const { unverified } = page.input.review;
  if (unverified.length === 0) return "";
  const entries = bullets(
    unverified,
    page.detail.entries,
    ({ path, reason }) => `${placeLink(path, undefined, page)}: ${prose(reason, 500)}`,
  );
  return folded(`<b>Not verified</b> (${unverified.length})`, entries);
}

/** Changed files that are for other databases. */
function foldedLeftAlone(page: MarkdownPage): string {
  const { leftAlone = [] } = page.input.review;
  if (leftAlone.length === 0) return "";
  const entries = bullets(
    leftAlone,
    page.detail.entries,
    ({ path, reason }) => `${placeLink(path, undefined, page)}: ${prose(reason, 500)}`,
  );
  return folded(`<b>Left alone</b> (${leftAlone.length})`, entries);
}

function foldedLimits({ input, detail }: MarkdownPage): string {
  const limits = input.review.engine?.limits ?? [];
  if (limits.length === 0) return "";
  const entries = bullets(limits, detail.entries, (limit) => prose(limit, 500));
  return folded("<b>What this engine cannot tell</b>", entries);
}

/** What the files and the configuration keep out of the findings, with the reasons that they give. */
function foldedSettings(page: MarkdownPage): string {
  const { review } = page.input;
  const suppressed = page.migrations.flatMap((migration) => migration.suppressed);
  const items = weakenedItems(page.input.checklist ?? []);
  const parts = [
    bullets(suppressed, page.detail.entries, ({ finding, reason }) => {
      const why = reason === undefined ? "no reason given" : inline(reason, 300);
      return `${ruleLink(finding.rule, page)} at ${placeLink(finding.path, finding.line, page)}: ${why}`;
    }),
    bullets(review.settings.rules, page.detail.entries, ({ rule, severity, files, reason }) => {
      const where = files === undefined ? "" : ` in ${files.map((glob) => code(glob)).join(", ")}`;
      const why = reason === undefined ? "" : `: ${inline(reason, 300)}`;
      return `${ruleLink(rule, page)} is ${inline(severity)}${where}${why}`;
    }),
    bullets(items, page.detail.entries, ({ id, when, reason }) => {
      const less = when.every((one) => one === "never") ? "not asked for" : "asked for less";
      return `${code(id)} is ${less}: ${inline(reason ?? "", 300)}`;
    }),
  ].filter((part) => part !== "");
  if (parts.length === 0) return "";
  const count = suppressed.length + review.settings.rules.length + items.length;
  return folded(`<b>Suppressed and switched off</b> (${count})`, parts.join("\n\n"));
}
