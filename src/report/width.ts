const ASCII = /^[\x20-\x7e]*$/;
// East Asian Wide and Fullwidth, https://www.unicode.org/reports/tr11/, and what is drawn as an emoji.
const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\ua960-\ua97c\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{17000}-\u{18cff}\u{1b000}-\u{1b2ff}\u{20000}-\u{3fffd}]|\p{Emoji_Presentation}/u;
const COMBINING = /\p{M}/u;

/** Columns that one character takes on a terminal. The text has no control characters. */
export function characterWidth(character: string): 0 | 1 | 2 {
  if (ASCII.test(character)) return 1;
  if (COMBINING.test(character)) return 0;
  return WIDE.test(character) ? 2 : 1;
}

/** Columns that a text takes on a terminal. The text has no control characters and no escapes. */
export function textWidth(text: string): number {
  if (ASCII.test(text)) return text.length;
  let width = 0;
  for (const character of text) width += characterWidth(character);
  return width;
}

/** A text filled with spaces up to a number of columns. */
export function padded(text: string, columns: number): string {
  return text + " ".repeat(Math.max(0, columns - textWidth(text)));
}

/** The start of a text that fits a number of columns, with an ellipsis where it was longer. */
export function fitted(text: string, columns: number): string {
  if (text.length <= columns && textWidth(text) <= columns) return text;
  let result = "";
  let width = 0;
  for (const character of text) {
    width += characterWidth(character);
    if (width > columns - 1) return `${result}…`;
    result += character;
  }
  return result;
}

/** Breaks a line at its spaces so that every part fits; a word that is too long is broken anywhere. */
export function wrapped(text: string, columns: number): string[] {
  return ASCII.test(text) ? wrappedAscii(text, columns) : wrappedWide(text, columns);
}

function wrappedAscii(text: string, columns: number): string[] {
  const lines: string[] = [];
  let start = 0;
  while (text.length - start > columns) {
    const space = text.lastIndexOf(" ", start + columns);
    const end = space > start ? space : start + columns;
    lines.push(text.slice(start, end));
    start = space > start ? end + 1 : end;
  }
  return [...lines, text.slice(start)];
}

function wrappedWide(text: string, columns: number): string[] {
  const lines: string[] = [];
  let line = "";
  let width = 0;
  for (const word of text.split(" ").flatMap((one) => broken(one, columns))) {
    const length = textWidth(word);
    if (line !== "" && width + 1 + length > columns) {
      lines.push(line);
      line = "";
      width = 0;
    }
    line += line === "" ? word : ` ${word}`;
    width += width === 0 ? length : 1 + length;
  }
  return [...lines, line];
}

function broken(word: string, columns: number): string[] {
  if (word.length <= columns && textWidth(word) <= columns) return [word];
  const parts: string[] = [];
  let part = "";
  let width = 0;
  for (const character of word) {
    const own = characterWidth(character);
    if (width + own > columns && part !== "") {
      parts.push(part);
      part = "";
      width = 0;
    }
    part += character;
    width += own;
  }
  return [...parts, part];
}
