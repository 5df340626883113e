import { createHash } from "node:crypto";
import type { Finding } from "../core/finding.ts";
import type { Edit } from "../core/fix.ts";
import { code, prose } from "../report/escape-markdown.ts";
import { redact } from "../report/redact.ts";
import type { DiffRun } from "./diff-runs.ts";

/** A fix as a comment on lines of the diff, which the author takes with one click. */
export interface Suggestion {
  readonly path: string;
  /** Lines that it replaces, from 1, both included. */
  readonly startLine: number;
  readonly line: number;
  readonly body: string;
  /** The same for the same fix of the same text, wherever its lines stand. */
  readonly key: string;
}

const MARK = /<!-- migrate-verify-fix ([\w-]{22}) -->/;

/** The key of a suggestion that a comment holds. */
export function keyOf(body: string): string | undefined {
  return MARK.exec(body)?.[1];
}

/** Lines that a suggestion may replace: more is not read. */
const MOST_LINES = 40;

/**
 * The fix of a finding as a suggestion, where its lines are part of the diff. Files that a fix adds
 * cannot be suggested: they are named.
 *
 * @param text the file's text at the head
 */
export function suggestionOf(
  { rule, path, fix }: Finding,
  text: string,
  runs: readonly DiffRun[],
): Suggestion | undefined {
  if (fix === undefined || fix.edits.length === 0) return undefined;
  const lines = replacedLines(text, fix.edits);
  const { startLine, line, before, after } = lines;
  if (line - startLine >= MOST_LINES || before === after) return undefined;
  if (!runs.some(({ start, end }) => start <= startLine && line <= end)) return undefined;
  // A secret would be written as asterisks, or shown.
  if (redact(after) !== after) return undefined;
  const key = createHash("sha256")
    .update([rule, path, before, after].join("\0"))
    .digest("base64url")
    .slice(0, 22);
  const files = (fix.files ?? []).map((file) => code(file.path));
  const follow =
    files.length === 0
      ? ""
      : `\n\nIt needs what follows it, too: ${files.join(", ")}. \`migrate-verify lint --fix\` writes both.`;
  const body = `**${prose(fix.title, 200)}** (${code(rule)})${follow}\n\n${suggestionBlock(after)}\n<!-- migrate-verify-fix ${key} -->`;
  return { path, startLine, line, body, key };
}

interface ReplacedLines {
  readonly startLine: number;
  readonly line: number;
  readonly before: string;
  readonly after: string;
}

/** The whole lines that edits touch, before and after. */
function replacedLines(text: string, edits: readonly Edit[]): ReplacedLines {
  const ordered = edits.toSorted((a, b) => a.span.start - b.span.start);
  const first = ordered[0]?.span.start ?? 0;
  // An edit that ends behind a line's end does not touch the next line.
  const last = Math.max(first, ...ordered.map(({ span }) => Math.max(span.start, span.end - 1)));
  const start = text.lastIndexOf("\n", first - 1) + 1;
  const newline = text.indexOf("\n", last);
  const end = newline === -1 ? text.length : newline;
  let after = "";
  let at = start;
  for (const { span, text: replacement } of ordered) {
    after += text.slice(at, span.start) + replacement;
    at = span.end;
  }
  after += text.slice(at, Math.max(at, end));
  const startLine = text.slice(0, start).split("\n").length;
  const before = text.slice(start, end);
  return {
    startLine,
    line: startLine + before.split("\n").length - 1,
    before,
    after: after.replace(/\r?\n$/, ""),
  };
}

/** A fence that the text cannot close. */
function suggestionBlock(text: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([ticks]) => ticks.length));
  const fence = "`".repeat(longest + 1);
  return `${fence}suggestion\n${text}${text === "" ? "" : "\n"}${fence}`;
}
