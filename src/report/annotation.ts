import type { Finding, Severity } from "../core/finding.ts";
import type { Place } from "../core/span.ts";
import type { Review, ReviewedMigration } from "../core/review.ts";
import { alsoSentence } from "./also-words.ts";
import { untrustedLine } from "./untrusted.ts";
import { failuresOf, type DownPolicy } from "./verification-words.ts";

export type AnnotationLevel = "error" | "warning" | "notice";

/** What GitHub shows on the lines of a pull request. Its texts are on one line, bounded and redacted. */
export interface Annotation {
  readonly level: AnnotationLevel;
  readonly title: string;
  readonly message: string;
  readonly path: string;
  /** Where in the file; absent: the file as a whole. */
  readonly place?: Place | { readonly line: number };
}

/** All that a review has to say about lines: what could not be verified, failed runs, findings. */
export function annotationsOf({ projects, unverified, settings }: Review): Annotation[] {
  const migrations = projects.flatMap((project) => project.migrations);
  const all: Annotation[] = [
    ...unverified.map(({ path, reason }): Annotation => ({
      level: "error",
      title: "Not verified",
      message: reason,
      path,
    })),
    ...migrations.flatMap((migration) => failureAnnotations(migration, settings.down)),
    ...migrations.flatMap(({ findings }) => findings.map((finding) => findingAnnotation(finding))),
  ];
  return all.map((one) => ({
    ...one,
    title: untrustedLine(one.title, 200),
    message: untrustedLine(one.message),
  }));
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
      ...(error?.line === undefined ? {} : { place: { line: error.line } }),
    };
  });
}

const LEVELS: Readonly<Record<Severity, AnnotationLevel>> = {
  error: "error",
  warning: "warning",
  info: "notice",
};

function findingAnnotation(finding: Finding): Annotation {
  const { severity, rule, message, path, line, column, endLine, endColumn } = finding;
  const place = { line, column, endLine, endColumn };
  return {
    level: LEVELS[severity],
    title: rule,
    message: message + alsoSentence(finding),
    path,
    place,
  };
}
