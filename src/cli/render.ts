import { rules } from "../../rules/index.ts";
import type { Review } from "../core/review.ts";
import { renderText } from "../report/text.ts";
import type { RepositoryFiles } from "../sources/files.ts";
import type { Format } from "./arguments.ts";

export interface RenderOptions {
  readonly colour: boolean;
  /** Columns of the terminal, where there is one. */
  readonly width?: number;
}

/** A review in one of the formats. */
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
  const input = { review, rules, texts };
  if (format === "json") return `${JSON.stringify(review)}\n`;
  return renderText(input, options);
}
