import type { ReviewedMigration } from "../core/review.ts";
import type { DatabaseError, SchemaChange } from "../core/verification.ts";
import { indented, labelled, textTitle, type TextPage } from "./text-finding.ts";
import { untrustedLine } from "./untrusted.ts";
import { counted, failuresOf, rowsWords, type Failure } from "./verification-words.ts";

/** Differences that are listed for one step. */
const SHOWN_CHANGES = 20;

/** What went wrong while a migration was run up, down and up again. */
export function textFailures(migration: ReviewedMigration, page: TextPage): string[] {
  const { verification, path, downPath } = migration;
  if (verification === undefined) return [];
  return failuresOf(verification, page.down).flatMap((failure) =>
    textFailure(failure, failure.step === "down" ? (downPath ?? path) : path, page),
  );
}

function textFailure(failure: Failure, path: string, page: TextPage): string[] {
  const { style, width } = page;
  const line = failure.error?.line === undefined ? "" : `:${failure.error.line}`;
  return [
    ...textTitle("failed", style.red, failure.step, untrustedLine(path) + line, page),
    ...indented(`${failure.sentence}.`, 2, width),
    ...(failure.error === undefined ? [] : textError(failure.error, page)),
    ...textDifference(failure.difference, page),
    ...failure.rows
      .slice(0, SHOWN_CHANGES)
      .flatMap((rows) => labelled("rows", untrustedLine(rowsWords(rows)), page)),
    "",
  ];
}

function textError(error: DatabaseError, page: TextPage): string[] {
  const code = error.code === undefined ? "" : ` (${error.code})`;
  return [
    ...labelled("error", untrustedLine(error.message + code), page),
    ...(error.detail === undefined ? [] : labelled("detail", untrustedLine(error.detail), page)),
    ...(error.hint === undefined ? [] : labelled("hint", untrustedLine(error.hint), page)),
  ];
}

function textDifference(difference: readonly SchemaChange[], page: TextPage): string[] {
  const lines = difference
    .slice(0, SHOWN_CHANGES)
    .flatMap((change) => labelled(CHANGED[change.change], changeWords(change), page));
  const rest = difference.length - SHOWN_CHANGES;
  return rest > 0 ? [...lines, `    and ${counted(rest, "more difference")}`] : lines;
}

const CHANGED: Readonly<Record<SchemaChange["change"], string>> = {
  removed: "missing",
  added: "left over",
  changed: "changed",
};

function changeWords({ object, name, before, after }: SchemaChange): string {
  const was = before ?? after;
  const text = before !== undefined && after !== undefined ? `${before} → ${after}` : (was ?? "");
  const what = untrustedLine(`${object} ${name}`, 200);
  return text === "" ? what : `${what}: ${untrustedLine(text, 400)}`;
}
