import type { ReviewedMigration } from "../core/review.ts";
import type { CandidateDown } from "../core/verification.ts";
import { code, fence, folded, inline } from "./escape-markdown.ts";
import type { MarkdownPage } from "./markdown-page.ts";
import { lossWords } from "./row-words.ts";

/** Scripts that are shown whole. */
const SHOWN = 3;

/** Down scripts that follow from what up does, ready to copy, for migrations whose own do not restore. */
export function foldedCandidates(page: MarkdownPage): string {
  const scripts = page.migrations.flatMap((migration) => {
    const { candidate } = migration.verification?.down ?? {};
    return candidate === undefined || "reason" in candidate ? [] : [{ migration, candidate }];
  });
  if (page.detail.changes === 0) return "";
  const [first, ...others] = scripts
    .slice(0, Math.min(SHOWN, page.detail.entries))
    .map(({ migration, candidate }) => script(migration, candidate));
  return first === undefined ? "" : [first, ...others].join("\n\n");
}

function script(
  migration: ReviewedMigration,
  { sql, verdict, rows }: Extract<CandidateDown, { readonly sql: string }>,
): string {
  const lost = lossWords(rows).map((words) => `- Not brought back: ${inline(words, 300)}`);
  const place = placeOf(migration);
  const text = [
    `It follows from what up does to the schema, was run after it, and is **${verdict}**.`,
    ...(place === undefined ? [] : [`Its place: ${code(place)}`]),
    ...(lost.length === 0 ? [] : [lost.join("\n")]),
    fence(sql, "sql", 20_000),
  ];
  return folded(`<b>A down script for</b> ${inline(migration.id, 100)}`, text.join("\n\n"));
}

/** Where a down script goes: where there is one, or beside Prisma's script. */
function placeOf({ path, downPath }: ReviewedMigration): string | undefined {
  if (downPath !== undefined) return downPath;
  if (path.endsWith("/migration.sql")) return path.replace(/migration\.sql$/, "down.sql");
  return path.endsWith(".up.sql") ? path.replace(/\.up\.sql$/, ".down.sql") : undefined;
}

/** Why there is no such script, a line each. */
export function candidateLines(page: MarkdownPage): string[] {
  return page.migrations
    .flatMap(({ id, verification }) => {
      const { candidate } = verification?.down ?? {};
      return candidate !== undefined && "reason" in candidate ? [{ id, ...candidate }] : [];
    })
    .slice(0, page.detail.entries)
    .map(
      ({ id, reason }) =>
        `➖ No down script can be derived for ${code(id)}: ${inline(reason, 300)}`,
    );
}
