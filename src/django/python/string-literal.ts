import type { StringSegment } from "./value.ts";

/** What one string token holds. */
export interface StringLiteral {
  readonly value: string;
  readonly bytes: boolean;
  /** Where its characters are written, from the beginning of the token. */
  readonly segments: readonly StringSegment[];
}

const LITERAL = /^([a-zA-Z]{0,3})('''|"""|'|")([\s\S]*)\2$/;
const ESCAPE =
  /\\(\r\n|[\s\S]?)(?:(?<=\\[0-7])[0-7]{1,2}|(?<=\\x)[0-9a-fA-F]{2}|(?<=\\u)[0-9a-fA-F]{4}|(?<=\\U)[0-9a-fA-F]{8}|(?<=\\N)\{[^}]*\})?/g;
const SIMPLE: Readonly<Record<string, string>> = {
  "\n": "",
  "\r\n": "",
  "\\": "\\",
  "'": "'",
  '"': '"',
  a: "\u0007",
  b: "\b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
  v: "\v",
};

/** Reads a string token with its prefix and quotes; undefined if it is none. */
export function readStringLiteral(token: string): StringLiteral | undefined {
  const match = LITERAL.exec(token);
  if (match === null) return undefined;
  const [, prefix = "", quote = "", body = ""] = match;
  const from = prefix.length + quote.length;
  const bytes = /b/i.test(prefix);
  if (/r/i.test(prefix) || !body.includes("\\")) {
    return { value: body, bytes, segments: [{ at: 0, start: from }] };
  }
  return { bytes, ...decode(body, from) };
}

/** The text of a piece of an f-string, where `{{` and `}}` stand for braces. */
export function unescapeBraces(text: string): string {
  return text.replaceAll("{{", "{").replaceAll("}}", "}");
}

function decode(
  body: string,
  from: number,
): { readonly value: string; readonly segments: readonly StringSegment[] } {
  const segments: StringSegment[] = [];
  let value = "";
  let last = 0;
  for (const match of body.matchAll(ESCAPE)) {
    if (match.index > last) segments.push({ at: value.length, start: from + last });
    value += body.slice(last, match.index);
    segments.push({ at: value.length, start: from + match.index });
    value += decodeEscape(match[0], match[1] ?? "");
    last = match.index + match[0].length;
  }
  segments.push({ at: value.length, start: from + last });
  return { value: value + body.slice(last), segments };
}

/** An escape that Python does not know stands for itself (https://docs.python.org/3/reference/lexical_analysis.html#escape-sequences). */
function decodeEscape(escape: string, first: string): string {
  const simple = SIMPLE[first];
  if (simple !== undefined) return simple;
  if (/[0-7]/.test(first)) return String.fromCharCode(Number.parseInt(escape.slice(1), 8));
  if (/[xuU]/.test(first) && escape.length > 2) {
    const code = Number.parseInt(escape.slice(2), 16);
    return code <= 0x10_ff_ff ? String.fromCodePoint(code) : escape;
  }
  return escape;
}
