import { PROBES, type Waiting } from "../core/observation.ts";
import type { StatementRun } from "../core/verification.ts";
import { grouped } from "./grouped.ts";

/** What was seen to wait on one table, in words without the table's name; `nothing` where all went through. */
export function waitingWords({ blocked }: Waiting): string {
  if (blocked.length === 0) return "nothing";
  if (blocked.length === PROBES.length) return "every read and write";
  const writes = ["INSERT", "UPDATE", "DELETE"] as const;
  const isWrites = blocked.length === writes.length && writes.every((one) => blocked.includes(one));
  return isWrites ? "every write" : blocked.join(", ");
}

/** What a statement did besides locking, a few words each; names in it are untrusted. */
export function workWords(run: StatementRun): string[] {
  const { rewrites, indexBuilds = [], scans = [], rowsChanged = 0, walBytes = 0 } = run;
  return [
    ...rewrites.filter((name) => !indexBuilds.includes(name)).map((name) => `writes ${name} anew`),
    ...indexBuilds.map((name) => `builds ${name}`),
    ...scans.map(({ table, rows }) => `reads ${grouped(rows)} rows of ${table}`),
    ...(rowsChanged === 0 ? [] : [`changes ${grouped(rowsChanged)} rows`]),
    ...(walBytes < LEAST_WAL ? [] : [`${bytesWords(walBytes)} of WAL`]),
    ...(run.waitsForReaders === true ? ["waits for older transactions to end"] : []),
  ];
}

/** Every statement writes some of the log, if only for the catalog; in bytes. */
const LEAST_WAL = 64 * 1024;

/** `12 kB`, `3.4 MB`. */
function bytesWords(bytes: number): string {
  return bytes < 1024 * 1024
    ? `${Math.round(bytes / 1024)} kB`
    : `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}
