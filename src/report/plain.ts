/*
 * What comes from SQL, names, paths and databases is untrusted. It may hold characters that act
 * on a terminal or on a reader instead of being seen: control characters, ANSI escapes, bidirectional
 * overrides, zero-width and tag characters, line separators, lone surrogates. They are shown by number.
 */
const ACTING = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Default_Ignorable_Code_Point}]/gu;

/** Most texts need no more than this one look. */
const HARMLESS = /^[\x20-\x7e]*$/;

/** An untrusted text as one line: white space that holds a line break becomes a space. */
export function plainLine(text: string): string {
  if (HARMLESS.test(text)) return text.trim();
  return visible(text.replace(LINE_BREAKS, " ").replaceAll("\t", " ")).trim();
}

const LINE_BREAKS = /[ \t]*(?:\r\n|[\n\r])\s*/g;

/** An untrusted text of several lines: line breaks become `\n`, tabs stay. */
export function plainBlock(text: string): string {
  return visible(text.replace(/\r\n?/g, "\n"), "\n\t");
}

/** Shows characters that act in another form, by their numbers unless told otherwise, but for those of `kept`. */
export function visible(
  text: string,
  kept = "",
  form: (character: string) => string = byNumber,
): string {
  return text.replace(ACTING, (character) =>
    kept.includes(character) || isEmojiSelector(character) ? character : form(character),
  );
}

/** Selects the coloured or the plain form of the character before it, and does nothing else. */
function isEmojiSelector(character: string): boolean {
  return character === "\u{fe0e}" || character === "\u{fe0f}";
}

function byNumber(character: string): string {
  return `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;
}

/** The first characters of a text, with an ellipsis where it was longer; no character is cut in half. */
export function shortened(text: string, length: number): string {
  if (text.length <= length) return text;
  const end = /[\uD800-\uDBFF]/.test(text.charAt(length - 2)) ? length - 2 : length - 1;
  return `${text.slice(0, Math.max(0, end))}…`;
}
