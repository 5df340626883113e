import type { Direction } from "../core/migration.ts";

/** What the name of a plain SQL file says. */
export interface SqlName {
  /** Without the direction and the ending: both directions of one migration share it. */
  readonly id: string;
  /** Numbers of its place in the order, for example `["2024", "01", "15"]`; absent: it has none. */
  readonly order?: readonly string[];
  /** Absent: the name does not say, and it is an up script. */
  readonly direction?: Direction;
}

const DIRECTION = /[._-](up|do|down|undo|rollback|revert)$/i;
/** Postgrator has the direction in the middle: `003.undo.add_users.sql`. */
const INNER = /^(\d+)\.(do|undo)\.(.+)$/i;
/** A date, `2024-01-15`, `2024_01_15_101500`; or a number, `0007`, `1.2.3`, `20240115101500`. */
const ORDER =
  /^v?(\d{4}[-_]\d{2}[-_]\d{2}(?:[-_T]\d{2,6}(?:[-_]\d{2}){0,2})?|\d+(?:\.\d+)*)(?=[-_. ]|$)/i;

/** Reads the name of an SQL file. */
export function readSqlName(file: string): SqlName {
  const base = file.replace(/\.sql$/, "").replace(INNER, "$1.$3.$2");
  const word = DIRECTION.exec(base)?.[1]?.toLowerCase();
  const id = word === undefined ? base : base.slice(0, -word.length - 1);
  const order = ORDER.exec(id)?.[1]?.split(/[^\d]+/);
  return {
    id,
    ...(order === undefined ? {} : { order }),
    ...(word === undefined ? {} : { direction: word === "up" || word === "do" ? "up" : "down" }),
  };
}
