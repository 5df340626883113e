import type { Comment } from "../core/statement.ts";
import type { Span } from "../core/span.ts";
import { Lexer } from "./lexer.ts";

/** The comments of a stretch of SQL, in order. What lies in `opaque` is not SQL and is passed over. */
export function readComments(text: string, span: Span, opaque: readonly Span[]): Comment[] {
  const comments: Comment[] = [];
  let from = span.start;
  for (const gap of [...opaque, { start: span.end, end: span.end }]) {
    readStretch(text, { start: from, end: gap.start }, comments);
    from = Math.max(from, gap.end);
  }
  return comments;
}

function readStretch(text: string, { start, end }: Span, comments: Comment[]): void {
  const lexer = new Lexer(text, start, end);
  while (lexer.next() !== "end") {
    const { kind } = lexer;
    if (kind === "dollar-string") readBody(text, lexer, comments);
    if (kind !== "line-comment" && kind !== "block-comment") continue;
    const source = text.slice(lexer.start, lexer.end);
    const inner = kind === "line-comment" ? source.slice(2) : source.slice(2).replace(/\*\/$/, "");
    comments.push({
      span: { start: lexer.start, end: lexer.end },
      text: inner.trim(),
      trailing: standsBehindSomething(text, lexer.start),
    });
  }
}

/** A body of code may hold comments that hide findings; in dollar quotes that hold none, nothing is looked for. */
function readBody(text: string, quoted: Span, comments: Comment[]): void {
  const whole = text.slice(quoted.start, quoted.end);
  if (!whole.includes("-ignore")) return;
  const tag = whole.slice(0, whole.indexOf("$", 1) + 1);
  const end = whole.endsWith(tag) ? quoted.end - tag.length : quoted.end;
  const inside: Comment[] = [];
  readStretch(text, { start: quoted.start + tag.length, end }, inside);
  comments.push(...inside.filter((comment) => comment.text.includes("-ignore")));
}

/** Whether anything but white space stands before an offset on its line. */
function standsBehindSomething(text: string, offset: number): boolean {
  for (let at = offset - 1; at >= 0; at -= 1) {
    const character = text[at];
    if (character === "\n" || character === "\r") return false;
    if (character !== " " && character !== "\t" && character !== "\ufeff") return true;
  }
  return false;
}
