import type { Drift } from "../core/drift.ts";
import type { Review } from "../core/review.ts";

/** Whether some project's models say something else than its migrations build. */
export function hasDrift({ projects }: Pick<Review, "projects">): boolean {
  return projects.some(({ drift }) => drift !== undefined && drift.sql !== "");
}

/** What a comparison of models with the schema came to, a sentence without its full stop; paths are untrusted. */
export function driftWords({ paths, sql, reason }: Drift): string {
  const models = paths.length === 1 ? String(paths[0]) : `${paths.length} files of models`;
  if (reason !== undefined) {
    return `It could not be told whether ${models} and the migrations agree: ${firstLine(reason)}`;
  }
  return sql === ""
    ? `The migrations build what ${models} ${paths.length === 1 ? "says" : "say"}`
    : `The migrations do not build what ${models} ${paths.length === 1 ? "says" : "say"}: a migration is missing, or one was edited by hand`;
}

function firstLine(text: string): string {
  return text.trim().split("\n", 1)[0] ?? "";
}
