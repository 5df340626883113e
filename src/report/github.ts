import { type Annotation, annotationsOf } from "./annotation.ts";
import { headline } from "./headline.ts";
import type { ReportInput } from "./report-input.ts";

/** GitHub shows this many errors, warnings and notices of a step, and drops the rest. */
const SHOWN = 10;

/**
 * The review as workflow commands, which GitHub shows on the lines of the pull request: what could
 * not be verified, failed runs, then findings by severity; a notice sums up.
 * https://docs.github.com/en/actions/reference/workflow-commands-for-github-actions
 */
export function renderAnnotations({ review }: Pick<ReportInput, "review">): string {
  const annotations = annotationsOf(review);
  const lines: string[] = [];
  let left = 0;
  for (const level of ["error", "warning", "notice"] as const) {
    const all = annotations.filter((one) => one.level === level);
    // The last notice is the one that sums up.
    const shown = all.slice(0, level === "notice" ? SHOWN - 1 : SHOWN);
    lines.push(...shown.map((one) => command(one)));
    left += all.length - shown.length;
  }
  const rest =
    left === 0 ? "" : `. ${left} more are in the report, which GitHub does not show here`;
  lines.push(`::notice title=migrate-verify::${escapedData(headline(review) + rest)}`);
  return `${lines.join("\n")}\n`;
}

function command({ level, title, message, path, place }: Annotation): string {
  const properties = [
    // A path is not shortened: it has to be that of the file.
    `file=${escapedProperty(path)}`,
    ...(place === undefined ? [] : placed(place)),
    `title=${escapedProperty(title)}`,
  ];
  return `::${level} ${properties.join(",")}::${escapedData(message)}`;
}

/** Columns are taken only together with one line. */
function placed(place: NonNullable<Annotation["place"]>): string[] {
  if (!("endLine" in place)) return [`line=${place.line}`];
  const { line, column, endLine, endColumn } = place;
  const lines = [`line=${line}`, `endLine=${endLine}`];
  return line === endLine ? [...lines, `col=${column}`, `endColumn=${endColumn}`] : lines;
}

/** A value that the runner takes back apart: https://github.com/actions/toolkit/blob/main/packages/core/src/command.ts */
function escapedData(text: string): string {
  return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

function escapedProperty(text: string): string {
  return escapedData(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
