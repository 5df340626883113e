import type { Finding, Severity } from "../core/finding.ts";
import type { Fix } from "../core/fix.ts";
import { alsoPlaces } from "./also-words.ts";
import { codeFrame } from "./code-frame.ts";
import { excerpt } from "./excerpt.ts";
import { SourceText } from "./source-text.ts";
import type { Mark, Style } from "./style.ts";
import type { DownPolicy } from "./verification-words.ts";
import { untrustedLine } from "./untrusted.ts";
import { usesWords } from "./uses-words.ts";
import { textWidth, wrapped } from "./width.ts";

/** Lines of a fix that are shown. */
const FIX_LINES = 10;

/** What the parts of the terminal report share. */
export interface TextPage {
  readonly style: Style;
  /** Columns of the terminal. */
  readonly width: number;
  readonly source: (path: string) => SourceText | undefined;
  readonly down: DownPolicy;
}

/** A finding with its code. Its message tells what to do. */
export function textFinding(finding: Finding, page: TextPage): string[] {
  const { style } = page;
  const mark = markOf(finding.severity, style);
  const place = `${untrustedLine(finding.path)}:${finding.line}:${finding.column}`;
  const source = page.source(finding.path);
  const frame =
    source === undefined ? [] : codeFrame(source, finding, { width: page.width - 4, style, mark });
  return [
    ...textTitle(finding.severity, mark, untrustedLine(finding.rule), place, page),
    ...indented(untrustedLine(finding.message), 2, page.width),
    ...frame.map((line) => `    ${line}`),
    ...textAlso(finding, source, page),
    ...(finding.sql === undefined ? [] : labelled("sent", untrustedLine(finding.sql, 400), page)),
    ...(finding.evidence === undefined
      ? []
      : labelled(finding.evidence.verdict, untrustedLine(finding.evidence.text), page)),
    ...(finding.uses === undefined
      ? []
      : labelled("still named", untrustedLine(usesWords(finding.uses)), page)),
    ...(finding.fix === undefined ? [] : textFix(finding.fix, source, page)),
    "",
  ];
}

/** Where else the rule says the same of the table, a line each. */
function textAlso(finding: Finding, source: SourceText | undefined, page: TextPage): string[] {
  const { shown, more } = alsoPlaces(finding, source);
  const lines = shown.flatMap(({ line, quoted, uses }) => [
    ...labelled(`also line ${line}`, untrustedLine(quoted), page),
    ...(uses === undefined ? [] : labelled("still named", untrustedLine(uses), page)),
  ]);
  return more === 0 ? lines : [...lines, ...labelled("also", `${more} more places`, page)];
}

/** What it is and where; the place stands on a line of its own where both do not fit in one. */
export function textTitle(
  label: string,
  mark: Mark,
  name: string,
  place: string,
  { style, width }: TextPage,
): string[] {
  const title = `  ${style.bold(mark(label))} ${style.bold(name)}`;
  const columns = textWidth(`  ${label} ${name}  ${place}`);
  return columns <= width ? [`${title}  ${style.dim(place)}`] : [title, `  ${style.dim(place)}`];
}

/** What the fix is called, the lines as it leaves them, and the files that it adds. */
function textFix(fix: Fix, source: SourceText | undefined, page: TextPage): string[] {
  const { style } = page;
  const edited = source?.edited(fix.edits);
  return [
    ...labelled("fix", untrustedLine(fix.title), page),
    ...(edited?.trim() === "" ? [`      ${style.red("- the statement is taken out here")}`] : []),
    ...fixLines(edited ?? "", "+ ", page),
    ...(fix.files ?? []).flatMap(({ path, text }) => [
      `      ${style.green(`+ file ${untrustedLine(path)}`)}`,
      ...fixLines(new SourceText(text).lines(1, Number.POSITIVE_INFINITY), "+   ", page),
    ]),
  ];
}

/** The first lines of what a fix writes; none of nothing. */
function fixLines(text: string, sign: string, { style, width }: TextPage): string[] {
  if (text.trim() === "") return [];
  const lines = text.trimEnd().split(/\r\n|[\n\r]/);
  const room = width - 6 - sign.length;
  const shown = lines
    .slice(0, FIX_LINES)
    .map((line) => `      ${style.green(`${sign}${excerpt(line, 0, 0, room).text}`)}`);
  return lines.length > FIX_LINES ? [...shown, "      …"] : shown;
}

function markOf(severity: Severity, style: Style): Mark {
  switch (severity) {
    case "error":
      return style.red;
    case "warning":
      return style.yellow;
    case "info":
      return style.blue;
  }
}

/** A text, wrapped, behind a number of spaces. */
export function indented(text: string, spaces: number, width: number): string[] {
  return wrapped(text, Math.max(20, width - spaces)).map((line) => " ".repeat(spaces) + line);
}

/** A text behind a word that tells what it is, its further lines under its first. */
export function labelled(label: string, text: string, page: TextPage): string[] {
  const lead = `    ${label}: `;
  const [first = "", ...rest] = wrapped(text, Math.max(20, page.width - lead.length));
  return [
    `    ${page.style.green(`${label}:`)} ${first}`,
    ...rest.map((line) => " ".repeat(lead.length) + line),
  ];
}
