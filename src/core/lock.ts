import type { ObjectName } from "./name.ts";

/** PostgreSQL's table lock modes, weakest first. https://www.postgresql.org/docs/current/explicit-locking.html#LOCKING-TABLES */
export const LOCK_MODES = [
  "ACCESS SHARE",
  "ROW SHARE",
  "ROW EXCLUSIVE",
  "SHARE UPDATE EXCLUSIVE",
  "SHARE",
  "SHARE ROW EXCLUSIVE",
  "EXCLUSIVE",
  "ACCESS EXCLUSIVE",
] as const;
export type LockMode = (typeof LOCK_MODES)[number];

/** What an operation is predicted to do to one table. */
export interface LockClaim {
  readonly table: ObjectName;
  readonly mode: LockMode;
  /** The table's rows are read while the lock is held. */
  readonly scans: boolean;
  /** The table's storage is written anew while the lock is held. */
  readonly rewrites: boolean;
}

/** What a lock of this mode keeps others from doing. */
export function blocks(
  mode: LockMode,
): "nothing" | "schema changes" | "writes" | "reads and writes" {
  switch (mode) {
    case "ACCESS EXCLUSIVE":
      return "reads and writes";
    case "EXCLUSIVE":
    case "SHARE ROW EXCLUSIVE":
    case "SHARE":
      return "writes";
    case "SHARE UPDATE EXCLUSIVE":
      return "schema changes";
    case "ACCESS SHARE":
    case "ROW SHARE":
    case "ROW EXCLUSIVE":
      return "nothing";
  }
}

export function isStronger(mode: LockMode, than: LockMode): boolean {
  return LOCK_MODES.indexOf(mode) > LOCK_MODES.indexOf(than);
}
