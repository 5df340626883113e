import type { Finding } from "../core/finding.ts";
import type { SourceText } from "./source-text.ts";
import { usesWords } from "./uses-words.ts";
import { counted } from "./verification-words.ts";

/** Places of one finding that are quoted, and characters of each. */
const QUOTED = 12;
const QUOTED_LENGTH = 100;

/** One more place of a finding. Untrusted, as paths and statements are. */
export interface AlsoPlace {
  readonly line: number;
  /** What stands there; empty where there is no text to quote. */
  readonly quoted: string;
  /** Where what it takes away is still named. */
  readonly uses?: string;
}

/** The other places of a finding that are shown, and how many more there are. */
export function alsoPlaces(
  { also = [] }: Finding,
  source: SourceText | undefined,
): { readonly shown: readonly AlsoPlace[]; readonly more: number } {
  const shown = also.slice(0, QUOTED).map((finding) => ({
    line: finding.line,
    quoted: quotedAt(finding, source),
    ...(finding.uses === undefined ? {} : { uses: usesWords(finding.uses) }),
  }));
  return { shown, more: also.length - shown.length };
}

function quotedAt(
  { sql, line, column, endLine, endColumn }: Finding,
  source: SourceText | undefined,
): string {
  const text = sql ?? source?.between({ line, column }, { line: endLine, column: endColumn }) ?? "";
  const flat = text.replaceAll(/\s+/g, " ").trim();
  return flat.length <= QUOTED_LENGTH ? flat : `${flat.slice(0, QUOTED_LENGTH - 1)}…`;
}

/** ` And 3 more at lines 5, 6 and 9.`; empty where there is no other place. */
export function alsoSentence({ also = [] }: Finding): string {
  const lines = [...new Set(also.map(({ line }) => String(line)))];
  const last = lines.at(-1);
  if (last === undefined) return "";
  const before = lines.slice(0, Math.min(lines.length - 1, QUOTED));
  const hidden = lines.length - 1 - before.length;
  const end = hidden > 0 ? counted(hidden + 1, "other") : last;
  const at = before.length === 0 ? `line ${last}` : `lines ${before.join(", ")} and ${end}`;
  return ` And ${also.length} more at ${at}.`;
}
