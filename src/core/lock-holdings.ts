import { isStronger, LOCK_MODES, type LockMode } from "./lock.ts";
import type { Direction } from "./migration.ts";
import type { StatementRun } from "./verification.ts";

/** A lock from the statement that took it to the end of the transaction. */
export interface LockHolding {
  readonly object: string;
  readonly mode: LockMode;
  /** 1-based, of the statement that took it. */
  readonly line: number;
  /** ms since the beginning of the script, our own looking left out. */
  readonly startMs: number;
  readonly heldMs: number;
  /** Statements that ran meanwhile, the one that took it included. */
  readonly statements: number;
}

/** The locks of one script of a migration on tables, in the order in which they were taken. */
export function lockHoldings(
  runs: readonly StatementRun[],
  direction: Direction,
): readonly LockHolding[] {
  const holdings: LockHolding[] = [];
  const own = runs.filter((run) => run.direction === direction);
  let startMs = 0;
  for (const [index, run] of own.entries()) {
    for (const { object, mode, heldMs, index: isIndex } of run.locks) {
      if (heldMs === undefined || isIndex === true || !isLockMode(mode)) continue;
      const statements = statementsWithin(own.slice(index), heldMs);
      holdings.push({ object, mode, line: run.line, startMs, heldMs, statements });
    }
    startMs += run.durationMs;
  }
  return holdings;
}

/** How many of these statements, which ran one after the other, began within so many ms. */
function statementsWithin(runs: readonly StatementRun[], ms: number): number {
  let elapsed = 0;
  const end = runs.findIndex(({ durationMs }) => {
    if (elapsed >= ms && elapsed > 0) return true;
    elapsed += durationMs;
    return false;
  });
  return end < 0 ? runs.length : end;
}

/** What one object was locked for in all, at the strongest mode that it came to. */
export interface LockSum {
  readonly object: string;
  readonly mode: LockMode;
  /** ms during which some lock of the object was held. */
  readonly heldMs: number;
}

/** The holdings by object; of several that overlap the time counts once. */
export function lockSums(holdings: readonly LockHolding[]): readonly LockSum[] {
  const sums = new Map<string, LockSum & { readonly until: number }>();
  for (const { object, mode, startMs, heldMs } of holdings) {
    const before = sums.get(object);
    const end = startMs + heldMs;
    const from = Math.max(startMs, before?.until ?? 0);
    sums.set(object, {
      object,
      mode: before === undefined || isStronger(mode, before.mode) ? mode : before.mode,
      heldMs: (before?.heldMs ?? 0) + Math.max(0, end - from),
      until: Math.max(end, before?.until ?? 0),
    });
  }
  return [...sums.values()].map(({ object, mode, heldMs }) => ({ object, mode, heldMs }));
}

/** Whether a text is one of PostgreSQL's names of a table lock. */
export function isLockMode(mode: string): mode is LockMode {
  return LOCK_MODES.some((one) => one === mode);
}
