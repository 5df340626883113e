import { blocks } from "../core/lock.ts";
import type { ObservedLock } from "../core/observation.ts";
import type { StatementRun } from "../core/verification.ts";
import { code, folded, inline } from "./escape-markdown.ts";
import { migrationLink, type MarkdownPage } from "./markdown-page.ts";
import { isLockMode } from "./markdown-table.ts";
import { grouped } from "./grouped.ts";

/** What each statement was seen to lock, rewrite and scan. Empty when no lock was seen. */
export function foldedLocks(page: MarkdownPage): string {
  const runs = page.migrations.flatMap((migration) =>
    (migration.verification?.statements ?? [])
      .filter(({ locks }) => locks.length > 0)
      .map((run) => ({ migration, run })),
  );
  const shown = runs.slice(0, page.detail.statements);
  if (shown.length === 0) return "";
  const rows = shown.map(({ migration, run }) => [
    `${migrationLink(migration, page)} ${run.direction} ${run.line}`,
    code(run.sql, 120),
    run.locks.map((lock) => `${code(lock.object, 80)} ${inline(lock.mode, 40)}`).join("<br>"),
    run.rewrites.map((name) => code(name, 80)).join("<br>"),
    scanned(run),
    blocked(run.locks),
  ]);
  const titles = ["line", "statement", "locks", "rewrites", "rows scanned", "what then waits"];
  const left = runs.length - shown.length;
  const table = [titles, titles.map(() => "---"), ...rows].map(
    (cells) => `| ${cells.join(" | ")} |`,
  );
  return folded(
    "<b>Locks</b>, statement by statement",
    [...table, ...(left === 0 ? [] : ["", `and ${grouped(left)} more statements`])].join("\n"),
  );
}

function scanned({ rowsScanned }: StatementRun): string {
  return rowsScanned === undefined ? "" : grouped(rowsScanned);
}

/** The most that one of the locks keeps others from. */
function blocked(locks: readonly ObservedLock[]): string {
  const kinds = new Set(locks.flatMap(({ mode }) => (isLockMode(mode) ? [blocks(mode)] : [])));
  const order = ["reads and writes", "writes", "schema changes", "nothing"] as const;
  return order.find((kind) => kinds.has(kind)) ?? "";
}
