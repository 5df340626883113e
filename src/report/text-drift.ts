import type { ReviewedProject } from "../core/review.ts";
import { driftWords } from "./drift-words.ts";
import { indented, type TextPage } from "./text-finding.ts";
import { untrustedBlock, untrustedLine } from "./untrusted.ts";

/** Longer scripts are cut, in lines. */
const SHOWN_LINES = 20;

/** Where the models of a project and what its migrations build do not agree, or nobody knows. */
export function textDrift({ drift }: ReviewedProject, page: TextPage): string[] {
  if (drift === undefined || (drift.sql === "" && drift.reason === undefined)) return [];
  const words = indented(`${untrustedLine(driftWords(drift), 600)}.`, 2, page.width);
  const title = page.style.bold(page.style.yellow("Models"));
  if (drift.sql === "") return [title, ...words, ""];
  const lines = untrustedBlock(drift.sql, 100_000).split("\n");
  const rest = lines.length - SHOWN_LINES;
  return [
    title,
    ...words,
    ...indented("This closes the gap:", 2, page.width),
    ...lines.slice(0, SHOWN_LINES).map((line) => `    ${line}`),
    ...(rest > 0 ? [`    and ${rest} more lines: --format json has them`] : []),
    "",
  ];
}
