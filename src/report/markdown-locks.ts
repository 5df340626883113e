import { blocks } from "../core/lock.ts";
import { isLockMode, lockHoldings, lockSums } from "../core/lock-holdings.ts";
import type { ObservedLock } from "../core/observation.ts";
import type { ReviewedMigration } from "../core/review.ts";
import type { StatementRun } from "../core/verification.ts";
import { code, fence, folded, inline } from "./escape-markdown.ts";
import { grouped } from "./grouped.ts";
import { lockGantt } from "./lock-gantt.ts";
import { waitingWords, workWords } from "./lock-words.ts";
import { migrationLink, type MarkdownPage } from "./markdown-page.ts";
import { durationWords } from "./verification-words.ts";

/** Migrations of which the locks are drawn, and objects whose locks are summed for one of them. */
const MOST_TIMELINES = 4;
const MOST_SUMS = 8;

/** What each statement was seen to lock and to do, and how long the locks were held. Empty when no lock was seen. */
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
    durationWords(run.durationMs),
    run.locks.map(lockCell).join("<br>"),
    workWords(run)
      .map((words) => inline(words, 120))
      .join("<br>"),
    waits(run),
  ]);
  const titles = ["line", "statement", "took", "locks, and how long", "does", "what then waits"];
  const left = runs.length - shown.length;
  const table = [titles, titles.map(() => "---"), ...rows].map(
    (cells) => `| ${cells.join(" | ")} |`,
  );
  return folded(
    "<b>Locks</b>, statement by statement",
    [
      table.join("\n"),
      ...(left === 0 ? [] : [`and ${grouped(left)} more statements`]),
      ...timelines(page),
    ].join("\n\n"),
  );
}

function lockCell({ object, mode, heldMs }: ObservedLock): string {
  const time = heldMs === undefined ? "" : `, ${durationWords(heldMs)}`;
  return `${code(object, 80)} ${inline(mode, 40)}${time}`;
}

/** What was tried and waited; where nothing could be tried, what the strongest of the modes keeps others from. */
function waits({ locks, waiting, queue }: StatementRun): string {
  const seen =
    waiting === undefined
      ? [blocked(locks)]
      : waiting.map((one) => `${code(one.table, 80)}: ${waitingWords(one)}`);
  const queued = (queue ?? [])
    .filter(({ blocked: all }) => all.length > 0)
    .map((one) => `behind one reader of ${code(one.table, 80)}: ${waitingWords(one)}`);
  return [...seen, ...queued].join("<br>");
}

/** The most that one of the locks keeps others from. */
function blocked(locks: readonly ObservedLock[]): string {
  const kinds = new Set(locks.flatMap(({ mode }) => (isLockMode(mode) ? [blocks(mode)] : [])));
  const order = ["reads and writes", "writes", "schema changes", "nothing"] as const;
  return order.find((kind) => kinds.has(kind)) ?? "";
}

/** For the first migrations that keep others waiting: a picture, and the sums. */
function timelines(page: MarkdownPage): string[] {
  return page.migrations
    .flatMap((migration) => timeline(migration, page) ?? [])
    .slice(0, MOST_TIMELINES);
}

function timeline(migration: ReviewedMigration, page: MarkdownPage): string | undefined {
  const holdings = lockHoldings(migration.verification?.statements ?? [], "up");
  const gantt = lockGantt(holdings);
  if (gantt === undefined) return undefined;
  const sums = lockSums(holdings)
    .filter(({ mode }) => blocks(mode).includes("writes"))
    .slice(0, MOST_SUMS)
    .map(({ object, mode, heldMs }) => `${code(object, 80)} ${durationWords(heldMs)} (${mode})`);
  const title = `${migrationLink(migration, page)}, up: ${sums.join(", ")} in all, on the rows of this database`;
  return [title, fence(gantt, "mermaid")].join("\n\n");
}
