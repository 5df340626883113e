import type { ReviewedMigration } from "../core/review.ts";
import type {
  Caution,
  DatabaseError,
  IdleStatement,
  SchemaChange,
  TableRows,
} from "../core/verification.ts";
import { cautionWords, idleWords, rowsWords } from "./row-words.ts";
import { indented, labelled, textTitle, type TextPage } from "./text-finding.ts";
import { untrustedLine } from "./untrusted.ts";
import { counted, failuresOf, type Failure } from "./verification-words.ts";

/** Differences that are listed for one step. */
const SHOWN_CHANGES = 20;

/** What went wrong while a migration was run up, down and up again, and what did on some rows only. */
export function textFailures(migration: ReviewedMigration, page: TextPage): string[] {
  const { verification, path, downPath } = migration;
  if (verification === undefined) return [];
  const pathOf = (step: Failure["step"]): string => (step === "down" ? (downPath ?? path) : path);
  return [
    ...failuresOf(verification, page.down).flatMap((failure) =>
      textFailure(failure, pathOf(failure.step), page),
    ),
    ...(verification.cautions ?? []).flatMap((caution) =>
      textCaution(caution, pathOf(caution.step), page),
    ),
    ...(verification.idleStatements ?? []).flatMap((idle) => textIdle(idle, path, page)),
  ];
}

function textCaution(caution: Caution, path: string, page: TextPage): string[] {
  const { step, error, rows } = caution;
  const line = error?.line === undefined ? "" : `:${error.line}`;
  return [
    ...textTitle("warning", page.style.yellow, step, untrustedLine(path) + line, page),
    ...indented(`${cautionWords(caution)}.`, 2, page.width),
    ...(error === undefined ? [] : textError(error, page)),
    ...textRows(rows, page),
    "",
  ];
}

function textIdle(idle: IdleStatement, path: string, page: TextPage): string[] {
  const place = `${untrustedLine(path)}:${idle.line}`;
  return [
    ...textTitle("warning", page.style.yellow, "up", place, page),
    ...indented(`${untrustedLine(idleWords(idle))}.`, 2, page.width),
    "",
  ];
}

function textRows(rows: readonly TableRows[], page: TextPage): string[] {
  return rows
    .slice(0, SHOWN_CHANGES)
    .flatMap((one) => labelled("rows", untrustedLine(rowsWords(one)), page));
}

function textFailure(failure: Failure, path: string, page: TextPage): string[] {
  const { style, width } = page;
  const line = failure.error?.line === undefined ? "" : `:${failure.error.line}`;
  return [
    ...textTitle("failed", style.red, failure.step, untrustedLine(path) + line, page),
    ...indented(`${failure.sentence}.`, 2, width),
    ...(failure.error === undefined ? [] : textError(failure.error, page)),
    ...textDifference(failure.difference, page),
    ...textRows(failure.rows, page),
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
