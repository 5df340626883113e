import { blocks, isStronger } from "../core/lock.ts";
import { lockHoldings, type LockHolding } from "../core/lock-holdings.ts";
import type { ReviewedMigration } from "../core/review.ts";
import type { Mark } from "./style.ts";
import type { TextPage } from "./text-finding.ts";
import { untrustedLine } from "./untrusted.ts";
import { counted, durationWords } from "./verification-words.ts";
import { fitted, padded } from "./width.ts";

/** Migrations of which the locks are drawn, and locks of one of them. */
const MOST_MIGRATIONS = 5;
const MOST_LOCKS = 8;
const LONGEST_NAME = 28;
const BAR = 24;

type LockPage = Pick<TextPage, "style" | "width">;

/** How long each up script kept others from its tables, drawn to scale. */
export function textLocks(migrations: readonly ReviewedMigration[], page: LockPage): string[] {
  const drawn = migrations.flatMap((migration) => {
    const holdings = strongest(lockHoldings(migration.verification?.statements ?? [], "up"));
    return holdings.length === 0 ? [] : [{ migration, holdings }];
  });
  if (drawn.length === 0) return [];
  const rest = drawn.length - MOST_MIGRATIONS;
  return [
    page.style.bold("Locks while up runs, to scale"),
    `  ${page.style.red("█")} reads and writes wait  ${page.style.yellow("▒")} writes wait`,
    ...drawn
      .slice(0, MOST_MIGRATIONS)
      .flatMap(({ migration, holdings }) => timeline(migration, holdings, page)),
    ...(rest > 0 ? [`  and those of ${counted(rest, "more migration")}`] : []),
    "",
  ];
}

/** Of each object the lock that keeps others from most; only what keeps them from reads or writes. */
function strongest(holdings: readonly LockHolding[]): LockHolding[] {
  const byObject = new Map<string, LockHolding>();
  for (const holding of holdings) {
    if (!blocks(holding.mode).includes("writes")) continue;
    const known = byObject.get(holding.object);
    if (known === undefined || isStronger(holding.mode, known.mode)) {
      byObject.set(holding.object, holding);
    }
  }
  return [...byObject.values()];
}

function timeline(
  { id, verification }: ReviewedMigration,
  holdings: readonly LockHolding[],
  page: LockPage,
): string[] {
  const ups = (verification?.statements ?? []).filter(({ direction }) => direction === "up");
  const ran = ups.reduce((sum, { durationMs }) => sum + durationMs, 0);
  const total = Math.max(ran, ...holdings.map(({ startMs, heldMs }) => startMs + heldMs));
  const shown = holdings.slice(0, MOST_LOCKS);
  const rest = holdings.length - shown.length;
  const name = Math.min(LONGEST_NAME, Math.max(...shown.map(({ object }) => object.length)));
  return [
    `  ${untrustedLine(id, 200)}`,
    ...shown.map((holding) => row(holding, total, name, page)),
    ...(rest > 0 ? [`    and ${counted(rest, "more lock")}`] : []),
  ];
}

function row(
  { object, mode, line, startMs, heldMs }: LockHolding,
  total: number,
  columns: number,
  { style, width }: LockPage,
): string {
  const from = Math.min(BAR - 1, Math.floor((startMs / total) * BAR));
  const length = Math.max(1, Math.min(BAR - from, Math.ceil((heldMs / total) * BAR)));
  const isAll = blocks(mode) === "reads and writes";
  const mark: Mark = isAll ? style.red : style.yellow;
  const bar = mark((isAll ? "█" : "▒").repeat(length));
  const after = " ".repeat(BAR - from - length);
  const text = `${durationWords(heldMs)} ${mode}, line ${line}`;
  const room = Math.max(20, width - columns - BAR - 8);
  const label = padded(fitted(untrustedLine(object, 200), columns), columns);
  return `    ${label} ${style.dim("│")}${" ".repeat(from)}${bar}${after}${style.dim("│")} ${fitted(text, room)}`;
}
