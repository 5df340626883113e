import { isStronger } from "../core/lock.ts";
import { isLockMode } from "../core/lock-holdings.ts";
import type { ReviewedMigration } from "../core/review.ts";
import type { ObservedLock } from "../core/observation.ts";
import { code, inline } from "./escape-markdown.ts";
import { migrationLink, type MarkdownPage } from "./markdown-page.ts";
import {
  classWords,
  durationWords,
  findingCounts,
  hasToTell,
  signOfDown,
  signOfStep,
  type DownPolicy,
  type Sign,
} from "./verification-words.ts";
import { grouped } from "./grouped.ts";

const SIGNS: Readonly<Record<Sign, string>> = { good: "✅", bad: "❌", none: "➖" };

/** A row for each migration; where not all fit, those that have something to tell. */
export function migrationTable(page: MarkdownPage): string {
  const { migrations, detail, input } = page;
  const policy = input.review.settings.down;
  const told =
    migrations.length > detail.rows
      ? migrations.filter((one) => hasToTell(one, policy))
      : migrations;
  const shown = told.slice(0, detail.rows);
  if (shown.length === 0) return "";
  const ran = shown.some(({ verification }) => verification !== undefined);
  const locks = shown.some((migration) => strongestLock(migration) !== undefined);
  const titles = [
    "migration",
    "class",
    ...(ran ? ["up", "down", "up again"] : []),
    ...(locks ? ["strongest lock"] : []),
    "findings",
  ];
  const rows = shown.map((migration) => [
    migrationLink(migration, page),
    classWords(migration) + (migration.destructive ? ", **destructive**" : ""),
    ...(ran ? steps(migration, policy) : []),
    ...(locks ? [lockCell(migration)] : []),
    findingCounts(migration.findings),
  ]);
  const left = migrations.length - shown.length;
  return [
    ...[titles, titles.map(() => "---"), ...rows].map((cells) => `| ${cells.join(" | ")} |`),
    ...(left === 0 ? [] : ["", `and ${grouped(left)} more migrations`]),
  ].join("\n");
}

function steps({ verification }: ReviewedMigration, policy: DownPolicy): string[] {
  if (verification === undefined) return ["", "", ""];
  const { up, down, upAgain } = verification;
  const time = up.durationMs === undefined ? "" : ` ${durationWords(up.durationMs)}`;
  return [
    SIGNS[signOfStep(up)] + time,
    `${SIGNS[signOfDown(down.verdict, policy)]} ${down.verdict}`,
    SIGNS[signOfStep(upAgain)],
  ];
}

function lockCell(migration: ReviewedMigration): string {
  const lock = strongestLock(migration);
  return lock === undefined ? "" : `${code(lock.object, 80)} ${inline(lock.mode, 40)}`;
}

/** The strongest lock that a migration's up script was seen to take. */
function strongestLock({ verification }: ReviewedMigration): ObservedLock | undefined {
  let strongest: ObservedLock | undefined;
  for (const { direction, locks } of verification?.statements ?? []) {
    if (direction === "down") continue;
    for (const lock of locks) {
      if (!isLockMode(lock.mode)) continue;
      const than = strongest?.mode;
      if (than === undefined || (isLockMode(than) && isStronger(lock.mode, than))) strongest = lock;
    }
  }
  return strongest;
}
