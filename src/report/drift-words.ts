import { isNewDrift, type Drift } from "../core/drift.ts";
import type { Review } from "../core/review.ts";

/** Whether some project's models say something else than its migrations build, and did not before the change. */
export function hasDrift({ projects }: Pick<Review, "projects">): boolean {
  return projects.some(({ drift }) => drift !== undefined && isNewDrift(drift));
}

/** What a comparison of models with the schema came to, a sentence without its full stop; paths are untrusted. */
export function driftWords(drift: Drift): string {
  const { paths, sql, reason } = drift;
  const models = paths.length === 1 ? String(paths[0]) : `${paths.length} files of models`;
  if (reason !== undefined) {
    return `It could not be told whether ${models} and the migrations agree: ${firstLine(reason)}`;
  }
  const said = `what ${models} ${paths.length === 1 ? "says" : "say"}`;
  return sql === ""
    ? `The migrations build ${said}`
    : `The migrations do not build ${said}: ${causeOf(drift)}`;
}

function causeOf(drift: Drift): string {
  if (!isNewDrift(drift)) return "this was so before this change";
  const cause = "a migration is missing, or one was edited by hand";
  return drift.older === undefined ? cause : `${cause}; a part was so before this change`;
}

function firstLine(text: string): string {
  return text.trim().split("\n", 1)[0] ?? "";
}
