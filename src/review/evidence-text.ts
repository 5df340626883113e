import type { Finding } from "../core/finding.ts";
import { isStronger, type LockMode } from "../core/lock.ts";
import { PROBES, type Waiting } from "../core/observation.ts";
import type { StatementRun } from "../core/verification.ts";

/** The strongest lock on a table that was seen. */
export interface SeenLock {
  readonly mode: LockMode;
  readonly heldMs: number;
  /** 1-based, of the statement that took it. */
  readonly line: number;
}

interface Seen {
  /** `PostgreSQL 16.15` */
  readonly server: string;
  readonly table: string;
  readonly seen: SeenLock;
  /** The statements at the finding's place. */
  readonly runs: readonly StatementRun[];
  readonly prediction: NonNullable<Finding["prediction"]>;
}

/** What was seen, in a sentence or three; names are marked as code. */
export function evidenceText(input: Seen): string {
  const { server, table, seen, prediction } = input;
  const isEarlier = !input.runs.some(({ line }) => line === seen.line);
  const since = isEarlier ? `, since line ${seen.line}` : "";
  const expected = isStronger(prediction.mode, seen.mode)
    ? `, where ${prediction.mode} was expected`
    : "";
  const sentences = [
    `${server} held ${seen.mode} on \`${table}\`${since}${expected}, for ${milliseconds(seen.heldMs)}${workText(input)}.`,
    ...waitingText(input),
  ];
  return sentences.join(" ");
}

function workText({ table, runs, prediction }: Seen): string {
  const isRewritten = runs.some(({ rewrites }) => rewrites.includes(table));
  const rows = runs
    .flatMap(({ scans = [] }) => scans)
    .filter((scan) => scan.table === table)
    .reduce((sum, scan) => sum + scan.rows, 0);
  const changed = runs.reduce((sum, { rowsChanged = 0 }) => sum + rowsChanged, 0);
  return [
    ...(isRewritten ? [", wrote it anew"] : []),
    ...(prediction.rewrites && !isRewritten ? [", and did not write it anew"] : []),
    ...(rows > 0 ? [`, read ${rows} rows of it`] : []),
    ...(prediction.scans && rows === 0 ? [" (no row of it was read: it may have held none)"] : []),
    ...(changed > 0 ? [`, changed ${changed} rows`] : []),
  ].join("");
}

function waitingText({ table, runs }: Seen): string[] {
  const tried = runs.flatMap(({ waiting = [] }) => waiting).filter((one) => one.table === table);
  const queued = runs.flatMap(({ queue = [] }) => queue).filter((one) => one.table === table);
  return [
    ...tried.map((one) => `Of a second session ${listed(one)} waited meanwhile.`),
    ...queued
      .filter(({ blocked }) => blocked.length > 0)
      .map((one) => `While it waited for one reader, ${listed(one)} waited behind it.`),
  ];
}

function listed({ blocked }: Waiting): string {
  if (blocked.length === 0) return "nothing";
  if (blocked.length === PROBES.length) return "every read and write";
  return blocked.length === 1
    ? (blocked[0] ?? "")
    : `${blocked.slice(0, -1).join(", ")} and ${blocked.at(-1) ?? ""}`;
}

function milliseconds(ms: number): string {
  return `${Math.max(1, Math.round(ms))} ms`;
}
