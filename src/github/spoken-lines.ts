/**
 * The lines of a comment that its author says: without quotes, blocks and spans of code, and hidden
 * comments. White space around a line is taken off.
 * https://github.github.com/gfm/
 */
export function spokenLines(text: string): readonly string[] {
  const kept: string[] = [];
  let fence: string | undefined;
  for (const line of withoutHidden(text).split(/\r\n|\n|\r/)) {
    if (fence !== undefined) {
      if (closes(line, fence)) fence = undefined;
      kept.push("");
      continue;
    }
    fence = /^ {0,3}(?:>\s?|[-*+]\s+|\d{1,9}[.)]\s+){0,20}(`{3,}(?=[^`]*$)|~{3,})/.exec(line)?.[1];
    const silent = fence !== undefined || /^(?: {4}| {0,3}\t| {0,3}>)/.test(line);
    kept.push(silent ? "" : line);
  }
  return withoutSpans(kept.join("\n"))
    .split("\n")
    .map((line) => line.trim());
}

/** The same mark, at least as long, and nothing else; in a list or a quote too. */
function closes(line: string, fence: string): boolean {
  const mark = line.replace(/^[\s>]*/, "").trimEnd();
  return mark.length >= fence.length && [...mark].every((one) => one === fence[0]);
}

/** HTML comments and preformatted HTML; what is not closed hides the rest. */
function withoutHidden(text: string): string {
  return text
    .replace(/<!--[^]*?(?:-->|$)/g, blank)
    .replace(/<(pre|code|blockquote)\b[^]*?(?:<\/\1>|$)/gi, blank);
}

/** Spans of code reach over lines, within a paragraph. */
function withoutSpans(text: string): string {
  return text
    .split(/(\n[ \t]*\n)/)
    .map((paragraph) => paragraph.replace(/(?<!`)(`+)(?!`)[^]*?[^`]\1(?!`)/g, blank))
    .join("");
}

/** Keeps the lines apart; what stood there is no first word, and makes what follows it none. */
function blank(hidden: string): string {
  return hidden.replace(/[^\r\n]+/g, "\u{0}");
}
