/**
 * The lines of a comment that its author says: without quotes, blocks and spans of code, and hidden
 * comments. White space around a line is taken off; a line that says nothing is empty.
 * https://github.github.com/gfm/
 */
export function spokenLines(text: string): readonly string[] {
  const lines = text.split(/\r\n|\n|\r/);
  const shown = withoutHidden(lines.join("\n")).split("\n");
  const spoken = withoutBlocks(shown);
  const said = withoutSpans(spoken.join("\n")).split("\n");
  return lines.map((line, index) => {
    const rest = said[index]?.trimStart() ?? "";
    return rest === "" || rest.startsWith(HIDDEN) ? "" : line.trim();
  });
}

/** Stands for every character that is not said, so that nothing after it is first. */
const HIDDEN = "\u{0}";

function hide(text: string): string {
  return text.replace(/[^\n]/g, HIDDEN);
}

/** HTML comments and preformatted HTML; what is not closed hides the rest. */
function withoutHidden(text: string): string {
  return text
    .replace(/<!--[^]*?(?:-->|$)/g, hide)
    .replace(/<(pre|code|blockquote)\b[^]*?(?:<\/\1>|$)/gi, hide);
}

/** Fenced and indented code, and quotes. */
function withoutBlocks(lines: readonly string[]): readonly string[] {
  let fence: string | undefined;
  return lines.map((line) => {
    if (fence !== undefined) {
      if (closes(line, fence)) fence = undefined;
      return "";
    }
    fence = FENCE.exec(line)?.[1];
    return fence !== undefined || /^(?: {4}| {0,3}\t| {0,3}>)/.test(line) ? "" : line;
  });
}

/** In a list or a quote as well. */
const FENCE = /^ {0,3}(?:>\s?|[-*+]\s+|\d{1,9}[.)]\s+){0,20}(`{3,}(?=[^`]*$)|~{3,})/;

/** The same mark, at least as long, and nothing else. */
function closes(line: string, fence: string): boolean {
  const mark = line.replace(/^[\s>]*/, "").trimEnd();
  return mark.length >= fence.length && mark === (fence[0] ?? "").repeat(mark.length);
}

/** Spans of code reach over lines, within a paragraph. */
function withoutSpans(text: string): string {
  return text
    .split(/(\n[ \t]*\n)/)
    .map((paragraph) => paragraph.replace(/(?<!`)(`+)(?!`)[^]*?[^`]\1(?!`)/g, hide))
    .join("");
}
