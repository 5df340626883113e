import { SECRET_TOKEN_HINT, SECRET_TOKENS } from "../core/secret-token.ts";
import type { Span } from "../core/span.ts";

/*
 * Passwords that stand in what a report shows: the userinfo of URLs, assignments to names that sound
 * of a secret, and the literal behind SQL's PASSWORD. Every pattern is a prefix and the secret, with
 * bounded repeats, so that no text is slow.
 */
const SECRET_NAME =
  "(?:passw(?:or)?d|passphrase|pwd|secret|token|api[_-]?key|access[_-]?key|private[_-]?key|credentials?)(?!_encryption)[\\w-]{0,24}";

const PATTERNS: readonly RegExp[] = [
  // postgres://user:pass/word@host: a password of a database's URL may hold what a URL should not.
  /(\b(?:postgres(?:ql)?|cockroachdb|mysql|mariadb|sqlserver|mongodb(?:\+srv)?|rediss?|amqps?):\/\/[^\s'"<>/@:]{0,128}:)([^\s'"<>]{1,512})@/gi,
  /(:\/\/[^\s'"`<>\\/?#:@]{0,128}:)([^\s'"`<>\\/?#]{1,512})@/g,
  /(:\/\/)([^\s'"`<>\\/?#:@]{1,512})@/g,
  // CREATE ROLE … PASSWORD 'x', also E'', U&'' and $$ $$.
  /(\b(?:password|identified\s{1,20}by)\s{1,20}(?:N|U&)?')((?:[^']|''){1,1000})/gi,
  /(\b(?:password|identified\s{1,20}by)\s{1,20}E')((?:[^'\\]|''|\\[\s\S]){1,1000})/gi,
  /(\b(?:password|identified\s{1,20}by)\s{1,20}\$(?:\w{0,63})\$)([^$]{1,1000})/gi,
  // password = 'x', "token": "x", secret => 'x'
  new RegExp(
    `(${SECRET_NAME}["'\\]]?\\s{0,5}(?::=|=>|[:=])\\s{0,5}')((?:[^'\\n]|''){1,1000})`,
    "gi",
  ),
  new RegExp(`(${SECRET_NAME}["'\\]]?\\s{0,5}(?::=|=>|[:=])\\s{0,5}")([^"\\n]{1,1000})`, "gi"),
  // password=x in a connection string or a URL's query. Not `password: text`: so a schema's columns and our own sentences look.
  new RegExp(`(${SECRET_NAME}=)([^\\s'"\`,;:&()<>=[\\]{}]{1,256})(?![\\w(])`, "gi"),
  // Keys that are known by their looks.
  ...SECRET_TOKENS.map(({ pattern }) => new RegExp(`()(${pattern.source})`, "g")),
];

/** No pattern matches without one of these: most texts need no more than this one look. */
const HINT =
  /:\/\/|passw|passphrase|pwd|secret|token|credential|identified|(?:api|access|private)[_-]?key/i;

/** The secrets of a text, in order and without overlaps. */
function secretsOf(text: string): readonly Span[] {
  if (!HINT.test(text) && !SECRET_TOKEN_HINT.test(text)) return [];
  const spans: { start: number; end: number }[] = [];
  for (const pattern of PATTERNS) {
    for (const match of text.matchAll(pattern)) {
      const start = match.index + (match[1]?.length ?? 0);
      spans.push({ start, end: start + (match[2]?.length ?? 0) });
    }
  }
  spans.sort((a, b) => a.start - b.start);
  const merged: { start: number; end: number }[] = [];
  for (const span of spans) {
    const last = merged.at(-1);
    if (last !== undefined && span.start <= last.end) last.end = Math.max(last.end, span.end);
    else merged.push(span);
  }
  return merged;
}

/** The text with every secret replaced by `***`. */
export function redact(text: string): string {
  return replaceSecrets(text, () => "***");
}

/** The text with every character of a secret replaced, line breaks kept: no offset and no line moves. */
export function mask(text: string): string {
  return replaceSecrets(text, (secret) => secret.replace(/[^\r\n]/g, "*"));
}

function replaceSecrets(text: string, replacement: (secret: string) => string): string {
  let result = "";
  let end = 0;
  for (const secret of secretsOf(text)) {
    result += text.slice(end, secret.start) + replacement(text.slice(secret.start, secret.end));
    end = secret.end;
  }
  return end === 0 ? text : result + text.slice(end);
}
