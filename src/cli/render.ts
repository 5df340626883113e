import type { Rule } from "../core/rule.ts";
import type { Review } from "../core/review.ts";
import { VERSION } from "../core/version.ts";
import type { Settings } from "../core/settings.ts";
import type { ReportInput } from "../report/report-input.ts";
import type { RepositoryFiles } from "../sources/files.ts";
import type { Format } from "./arguments.ts";

export interface RenderOptions {
  readonly colour: boolean;
  /** For the titles, the advice and the descriptors. */
  readonly rules: readonly Rule[];
  /** Columns of the terminal, where there is one. */
  readonly width?: number;
  readonly checklist: Settings["checklist"];
  /** Every path that changed, where the change is one of Git's. */
  readonly changedPaths?: readonly string[];
}

/** A review in one of the formats. Only the code of that format is loaded. */
export async function renderReview(
  format: Format,
  review: Review,
  files: RepositoryFiles,
  options: RenderOptions,
): Promise<string> {
  const texts = (path: string): string | undefined => {
    const read = files.text(path);
    return "text" in read ? read.text : undefined;
  };
  const { rules, checklist, changedPaths } = options;
  return (await rendererOf(format, options))({
    review,
    rules,
    texts,
    checklist,
    ...(changedPaths === undefined ? {} : { changedPaths }),
  });
}

async function rendererOf(
  format: Format,
  options: RenderOptions,
): Promise<(input: ReportInput) => string> {
  switch (format) {
    case "text": {
      const { renderText } = await import("../report/text.ts");
      return (input) => renderText(input, options);
    }
    case "json": {
      const { renderJson } = await import("../report/json.ts");
      return ({ review }) => renderJson(review);
    }
    case "markdown": {
      const { renderMarkdown } = await import("../report/markdown.ts");
      return (input) => renderMarkdown(input);
    }
    case "sarif": {
      const { renderSarif } = await import("../report/sarif.ts");
      return (input) => renderSarif(input, { version: VERSION });
    }
    case "github": {
      const { renderAnnotations } = await import("../report/github.ts");
      return (input) => renderAnnotations(input);
    }
  }
}
