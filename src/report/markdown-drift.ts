import { isNewDrift, type Drift } from "../core/drift.ts";
import { driftWords } from "./drift-words.ts";
import { fence, folded, inline } from "./escape-markdown.ts";
import type { MarkdownPage } from "./markdown-page.ts";

/** Whether models and migrations agree, a line for each project that was compared. */
export function driftLines({ input: { review } }: MarkdownPage): string[] {
  return review.projects.flatMap(({ drift }) => {
    if (drift === undefined) return [];
    return [`${signOf(drift)} ${inline(driftWords(drift), 600)}`];
  });
}

function signOf(drift: Drift): string {
  if (drift.reason === undefined && drift.sql === "") return "✅";
  return isNewDrift(drift) ? "⚠️" : "➖";
}

/** The SQL that would lead from what the migrations build to what the models say. */
export function foldedDrift({ input: { review }, detail }: MarkdownPage): string {
  if (detail.changes === 0) return "";
  const drifts = review.projects.flatMap(({ drift }) =>
    drift === undefined || drift.sql === "" ? [] : [drift],
  );
  return drifts
    .slice(0, detail.entries)
    .map(({ sql }) =>
      folded("<b>What would close the gap to the models</b>", fence(sql, "sql", 20_000)),
    )
    .join("\n\n");
}
