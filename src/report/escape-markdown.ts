import { untrustedBlock, untrustedLine } from "./untrusted.ts";

/*
 * Untrusted text in GitHub's Markdown. Nothing in it may open or close what a report opens and closes,
 * mention anybody, refer to anything, or become a link. GitHub looks for mentions, references and
 * addresses in the finished text too, where an escape no longer shows: there a zero-width space goes
 * between the characters.
 */
const BREAK = "&#8203;";

const REPLACEMENTS: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  "|": "&#124;",
  "@": `@${BREAK}`,
  "#": `#${BREAK}`,
  "://": `:${BREAK}//`,
  // A dollar sign can begin a formula.
  $: "<span>$</span>",
};

const SPECIAL = /:\/\/|www\.|GH-|[&<>|@#$\\`*_~[\]!]/gi;

/** An untrusted text within a line: a paragraph, a list item, a table's cell. */
export function inline(text: string, longest?: number): string {
  return escaped(untrustedLine(text, longest));
}

function escaped(line: string): string {
  return line
    .replace(SPECIAL, (found) => {
      if (found.length > 1 && found !== "://") return found.slice(0, -1) + BREAK + found.slice(-1);
      return REPLACEMENTS[found] ?? `\\${found}`;
    })
    .replace(/^(\d{1,9})(?=[.)](?:\s|$))/, `$1${BREAK}`)
    .replace(/^[-+=]/, "\\$&");
}

const NOTHING_SPECIAL = /^[\w.,:;/()='"%?^{}+-](?:[\w .,:;/()='"%?^{}+-]*[\w.,:;/()='"%?^{}+-])?$/;

/** An untrusted text as code within a line. */
export function code(text: string, longest = 200): string {
  const line = untrustedLine(text, longest);
  if (line === "") return "";
  // A table's cell ends at a | in backticks too, and backticks have no escapes: entities have none of that.
  return NOTHING_SPECIAL.test(line) ? `\`${line}\`` : `<code>${escaped(line)}</code>`;
}

/** A message that marks code with backticks, as those of rules do; names within may be untrusted. */
export function prose(message: string, longest?: number): string {
  return untrustedLine(message, longest)
    .split(/`([^`]*)`/)
    .map((part, index) => (index % 2 === 1 ? code(part) : escapedWithin(part)))
    .join("");
}

/** A part of a line keeps the spaces around it. */
function escapedWithin(part: string): string {
  return part.trim() === "" ? part : escaped(part);
}

/** An untrusted text as a block of code. */
export function fence(text: string, language: string, longest = 4000): string {
  // Hidden comments carry state in other parts of a comment: code must not look like one.
  const block = untrustedBlock(text, longest).replaceAll("<!--", "<! --").replace(/\n+$/, "");
  const longestRun = Math.max(0, ...(block.match(/`+/g) ?? []).map((run) => run.length));
  const marks = "`".repeat(Math.max(3, longestRun + 1));
  return `${marks}${language}\n${block}\n${marks}`;
}

/** A link. The address comes from a port, and may hold a path. */
export function link(markdown: string, address: string | undefined): string {
  if (address === undefined || !/^(?:https?:\/\/|\/|#)/.test(address)) return markdown;
  const target = address.replace(/[^\w\-.~:/?#@!$&*+,;=%]/gu, percentEncoded);
  return `[${markdown}](${target})`;
}

/** Also what encodeURIComponent leaves alone: a parenthesis would end the link. */
function percentEncoded(character: string): string {
  if (/\p{Cs}/u.test(character)) return "%EF%BF%BD";
  const unit = character.charCodeAt(0);
  return unit < 128
    ? `%${unit.toString(16).padStart(2, "0").toUpperCase()}`
    : encodeURIComponent(character);
}

/** A part that is folded away; `open` ones are not. `title` is Markdown of ours. */
export function folded(title: string, content: string): string {
  return `<details><summary>${title}</summary>\n\n${content}\n\n</details>`;
}
