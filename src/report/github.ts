import type { Finding, Severity } from "../core/finding.ts";
import type { ReviewedMigration } from "../core/review.ts";
import { headline } from "./headline.ts";
import type { ReportInput } from "./report-input.ts";
import { untrustedLine } from "./untrusted.ts";
import { failuresOf, type DownPolicy } from "./verification-words.ts";

/** GitHub shows this many errors, warnings and notices of a step, and drops the rest. */
const SHOWN = 10;

type Level = "error" | "warning" | "notice";

interface Annotation {
  readonly level: Level;
  readonly title: string;
  readonly message: string;
  readonly path?: string;
  readonly place?: Omit<Finding, "rule" | "severity" | "confidence" | "message" | "path">;
  readonly line?: number;
}

/**
 * The review as workflow commands, which GitHub shows on the lines of the pull request: what could
 * not be verified, failed runs, then findings by severity; a notice sums up.
 * https://docs.github.com/en/actions/reference/workflow-commands-for-github-actions
 */
export function renderAnnotations({ review }: Pick<ReportInput, "review">): string {
  const migrations = review.projects.flatMap((project) => project.migrations);
  const annotations: Annotation[] = [
    ...review.unverified.map(({ path, reason }): Annotation => ({
      level: "error",
      title: "Not verified",
      message: reason,
      path,
    })),
    ...migrations.flatMap((migration) => failureAnnotations(migration, review.settings.down)),
    ...migrations.flatMap(({ findings }) => findings.map((finding) => findingAnnotation(finding))),
  ];
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
  lines.push(
    command({ level: "notice", title: "migrate-verify", message: headline(review) + rest }),
  );
  return `${lines.join("\n")}\n`;
}

function failureAnnotations(
  { verification, path, downPath }: ReviewedMigration,
  policy: DownPolicy,
): Annotation[] {
  if (verification === undefined) return [];
  return failuresOf(verification, policy).map(({ step, sentence, error }): Annotation => {
    const reason = error === undefined ? "." : `: ${error.message}`;
    return {
      level: "error",
      title: `${step} failed`,
      message: sentence + reason,
      path: step === "down" ? (downPath ?? path) : path,
      ...(error?.line === undefined ? {} : { line: error.line }),
    };
  });
}

const LEVELS: Readonly<Record<Severity, Level>> = {
  error: "error",
  warning: "warning",
  info: "notice",
};

function findingAnnotation(finding: Finding): Annotation {
  const { severity, rule, message, path } = finding;
  return { level: LEVELS[severity], title: rule, message, path, place: finding };
}

function command({ level, title, message, path, place, line }: Annotation): string {
  const properties = [
    // A path is not shortened: it has to be that of the file.
    ...(path === undefined ? [] : [`file=${property(path)}`]),
    ...(place === undefined ? [] : placed(place)),
    ...(line === undefined ? [] : [`line=${line}`]),
    `title=${property(untrustedLine(title, 200))}`,
  ];
  return `::${level} ${properties.join(",")}::${data(untrustedLine(message))}`;
}

/** Columns are taken only together with one line. */
function placed({ line, column, endLine, endColumn }: NonNullable<Annotation["place"]>): string[] {
  const lines = [`line=${line}`, `endLine=${endLine}`];
  return line === endLine ? [...lines, `col=${column}`, `endColumn=${endColumn}`] : lines;
}

/** A value that the runner takes back apart: https://github.com/actions/toolkit/blob/main/packages/core/src/command.ts */
function data(text: string): string {
  return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

function property(text: string): string {
  return data(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
