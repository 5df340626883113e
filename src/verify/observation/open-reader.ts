import type { Waiting } from "../../core/observation.ts";
import type { Onlookers } from "./onlookers.ts";
import { tryTables } from "./prober.ts";

/** What came to light while a reader was open. */
export interface BehindReader {
  /** What was tried on the reader's tables while the statement waited. */
  readonly waiting: readonly Waiting[];
  /** The statement waited for a lock, in front of all others; not for transactions to end. */
  readonly isQueue: boolean;
  /** Locks that it held while it waited, and those that it waited for: oid, and mode as pg_locks has it. */
  readonly locks: readonly (readonly [oid: string, mode: string])[];
  /** How long the reader kept it waiting. */
  readonly waitedMs: number;
}

/** The reader leaves after this long, whatever was seen by then. */
const LONGEST_HOLD_MS = 500;
const LONGEST_PAUSE_MS = 50;

/**
 * Runs a statement while another session has read these tables and its transaction is still open, as
 * a slow query or a backup has. The reader leaves as soon as it was seen what waits. `seen` is absent
 * where the statement did not wait, and everything is then as without a reader.
 */
export async function runBehindReader<T>(
  onlookers: Onlookers,
  tables: readonly string[],
  send: () => Promise<T>,
): Promise<{ readonly result: T; readonly seen?: BehindReader }> {
  const { reader } = onlookers;
  if (!(await openReader(onlookers, tables))) return { result: await send() };
  try {
    const sending = send();
    const seen = await watchUntilDone(onlookers, tables, sending);
    const leave = performance.now();
    await reader.ask("COMMIT");
    const result = await sending;
    return seen === undefined
      ? { result }
      : { result, seen: { ...seen, waitedMs: leave - seen.since } };
  } finally {
    await reader.ask("ROLLBACK");
  }
}

/**
 * Ends a statement from outside while it waits behind a reader, as a lost connection or an operator
 * does. False where it did not wait, and ran to its end.
 */
export async function interruptBehindReader(
  onlookers: Onlookers,
  tables: readonly string[],
  send: () => Promise<boolean>,
): Promise<boolean> {
  const { reader, prober, watched } = onlookers;
  if (!(await openReader(onlookers, tables))) return false;
  try {
    const sending = send();
    const seen = await watchUntilDone(onlookers, [], sending);
    if (seen !== undefined) await prober.ask(`SELECT pg_catalog.pg_cancel_backend(${watched})`);
    else await reader.ask("COMMIT");
    return await sending;
  } finally {
    await reader.ask("ROLLBACK");
  }
}

/** Reads the tables, by name, in a transaction that keeps its snapshot. False where that would wait. */
async function openReader(
  { reader, prober }: Onlookers,
  tables: readonly string[],
): Promise<boolean> {
  const names =
    await prober.ask(`SELECT pg_catalog.quote_ident(n.nspname) || '.' || pg_catalog.quote_ident(c.relname)
FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
WHERE c.oid IN (${tables.join(", ")}) AND c.relkind IN ('r', 'p', 'm')`);
  if (names === undefined || !("rows" in names) || names.rows.length === 0) return false;
  const reads = names.rows.map(([name]) => `SELECT FROM ONLY ${name} LIMIT 0`);
  const answer = await reader.ask(["BEGIN ISOLATION LEVEL REPEATABLE READ", ...reads].join("; "));
  if (answer !== undefined && "rows" in answer) return true;
  await reader.ask("ROLLBACK");
  return false;
}

/** Looks again and again until the statement waits or has ended. */
async function watchUntilDone(
  { prober, watched }: Onlookers,
  tables: readonly string[],
  sending: Promise<unknown>,
): Promise<(Omit<BehindReader, "waitedMs"> & { readonly since: number }) | undefined> {
  let isDone = false;
  const ended = (async () => {
    await Promise.allSettled([sending]);
    isDone = true;
  })();
  const start = performance.now();
  for (let pause = 1; performance.now() < start + LONGEST_HOLD_MS; pause *= 2) {
    const answer = await prober.ask(
      `SELECT l.relation::text, l.mode, l.granted FROM pg_catalog.pg_locks l WHERE l.pid = ${watched}`,
    );
    // oxlint-disable-next-line typescript/no-unnecessary-condition -- it changes while we wait
    if (isDone || answer === undefined || !("rows" in answer)) return undefined;
    const waits = answer.rows.filter(([, , granted]) => granted === "f");
    if (waits.length > 0) {
      const since = performance.now();
      const waiting = (await tryTables(prober, tables)) ?? [];
      const locks = answer.rows.flatMap(([oid, mode]): [string, string][] =>
        typeof oid === "string" && typeof mode === "string" ? [[oid, mode]] : [],
      );
      return { waiting, locks, since, isQueue: waits.some(([oid]) => oid !== null) };
    }
    await Promise.race([ended, rest(Math.min(pause, LONGEST_PAUSE_MS))]);
  }
  return undefined;
}

function rest(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms);
  });
}
