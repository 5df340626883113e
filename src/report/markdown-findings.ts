import type { Finding } from "../core/finding.ts";
import type { Fix } from "../core/fix.ts";
import { alsoPlaces, alsoSentence } from "./also-words.ts";
import { code, fence, folded, inline, prose } from "./escape-markdown.ts";
import type { NameUses } from "../core/uses.ts";
import { counted } from "./verification-words.ts";
import type { SourceText } from "./source-text.ts";
import { bullets, placeLink, ruleLink, type MarkdownPage } from "./markdown-page.ts";
import { grouped } from "./grouped.ts";

/** Lines of a statement that are quoted. */
const QUOTED_LINES = 12;

/** Findings with their code, then more of them in a line each; the gravest first. Empty when there are none. */
export function foldedFindings(page: MarkdownPage): string {
  const { detail } = page;
  const all = page.migrations.flatMap(({ findings }) => findings);
  const most = detail.findings + detail.briefFindings;
  if (all.length === 0 || most === 0) return "";
  const sorted = all.toSorted((a, b) => GRAVITY[a.severity] - GRAVITY[b.severity]);
  const long = sorted.slice(0, detail.findings).map((finding) => longFinding(finding, page));
  const brief = bullets(sorted.slice(detail.findings), detail.briefFindings, (finding) =>
    briefFinding(finding, page),
  );
  const parts = [...long, ...(brief === "" ? [] : [brief])];
  return folded(`<b>Findings</b> (${grouped(all.length)})`, parts.join("\n\n"));
}

const GRAVITY = { error: 0, warning: 1, info: 2 } as const;

function longFinding(finding: Finding, page: MarkdownPage): string {
  const { evidence, fix } = finding;
  const source = page.source(finding.path);
  const quoted = source?.lines(
    finding.line,
    Math.min(finding.endLine, finding.line + QUOTED_LINES - 1),
  );
  const language = finding.path.endsWith(".py") ? "python" : "sql";
  return [
    title(finding, page),
    ...(quoted === undefined || quoted.trim() === "" ? [] : [fence(quoted, language, 1500)]),
    ...(finding.sql === undefined ? [] : [fence(finding.sql, "sql", 1500)]),
    prose(finding.message),
    ...alsoMarkdown(finding, source),
    ...(evidence === undefined ? [] : [`_${evidence.verdict}:_ ${prose(evidence.text)}`]),
    ...(finding.uses === undefined ? [] : [usesMarkdown(finding.uses)]),
    ...(fix === undefined ? [] : [fixMarkdown(fix, source)]),
  ].join("\n\n");
}

function title(finding: Finding, page: MarkdownPage): string {
  const { severity, path, line, confidence } = finding;
  const sure = confidence === "high" ? "" : ` · ${confidence} confidence`;
  return `**${severity}** · ${ruleLink(finding.rule, page)} · ${placeLink(path, line, page)}${sure}`;
}

function briefFinding(finding: Finding, page: MarkdownPage): string {
  return `${title(finding, page)}: ${prose(finding.message, 300)}${alsoSentence(finding)}`;
}

/** Where else the rule says the same of the table, a line each. */
function alsoMarkdown(finding: Finding, source: SourceText | undefined): string[] {
  const { shown, more } = alsoPlaces(finding, source);
  if (shown.length === 0) return [];
  const lines = shown.map(({ line, quoted, uses }) => {
    const named = uses === undefined ? "" : `, still named at ${code(uses)}`;
    return `- line ${line}${quoted === "" ? "" : `: ${code(quoted)}`}${named}`;
  });
  const rest = more === 0 ? [] : [`- and ${counted(more, "more place")}`];
  return [`Also at:\n\n${[...lines, ...rest].join("\n")}`];
}

function usesMarkdown({ places, more, partly }: NameUses): string {
  const shown = places.map(({ path, line }) => code(`${path}:${line}`)).join(", ");
  const rest = more === 0 ? "" : ` and ${counted(more, "more place")}`;
  return `**Still named** at ${shown}${rest}${partly === true ? " (not every file was searched)" : ""}`;
}

function fixMarkdown(fix: Fix, source: SourceText | undefined): string {
  const text = source?.edited(fix.edits);
  const isTakenOut = text?.trim() === "";
  return [
    `**Fix:** ${inline(fix.title)}${isTakenOut ? "; the statement here is taken out" : ""}`,
    ...(text === undefined || isTakenOut ? [] : [fence(text, "sql", 1500)]),
    ...(fix.files ?? []).map(
      (file) => `New file ${code(file.path)}:\n\n${fence(file.text.trimEnd(), "sql", 500)}`,
    ),
  ].join("\n\n");
}
