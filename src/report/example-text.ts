import type { Finding } from "../core/finding.ts";
import { SourceText } from "./source-text.ts";
import { styleOf } from "./style.ts";
import { textFinding } from "./text-finding.ts";

/** What the terminal report prints of findings, for a page: without colour, 80 columns. */
export function exampleText(
  findings: readonly Finding[],
  texts: (path: string) => string | undefined,
): string {
  const page = {
    style: styleOf(false),
    width: 80,
    down: undefined,
    source: (path: string): SourceText | undefined => {
      const text = texts(path);
      return text === undefined ? undefined : new SourceText(text);
    },
  };
  const lines = findings.flatMap((finding) => textFinding(finding, page));
  return lines
    .map((line) => line.replace(/^ {2}/, ""))
    .join("\n")
    .trimEnd();
}
