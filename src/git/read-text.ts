import { lstatSync, readFileSync, realpathSync, statSync, type Stats } from "node:fs";
import { sep } from "node:path";
import { errorCode } from "./error-code.ts";
import { decodeText, MOST_BYTES, TOO_LARGE } from "../sources/decode-text.ts";
import type { FileText } from "../sources/files.ts";

/**
 * Reads a text file strictly: UTF-8, no NUL byte, of bounded size, a byte order mark taken off.
 * A link is followed only within `root`, which is a real path. Never throws for what the file is.
 */
export function readText(root: string, path: string): FileText {
  try {
    const stats = statsWithin(root, path);
    if (stats === undefined) {
      return { unreadable: "denied", reason: "it is a link that leaves the repository" };
    }
    // Opening a pipe would wait for someone to write to it.
    if (!stats.isFile()) return { unreadable: "denied", reason: "it is not a regular file" };
    return stats.size > MOST_BYTES ? TOO_LARGE : decodeText(readFileSync(path));
  } catch (error) {
    return unreadable(error);
  }
}

/** Undefined for a link that leads out of the root. */
function statsWithin(root: string, path: string): Stats | undefined {
  const stats = lstatSync(path);
  if (!stats.isSymbolicLink()) return stats;
  const within = root.endsWith(sep) ? root : root + sep;
  return realpathSync(path).startsWith(within) ? statSync(path) : undefined;
}

function unreadable(error: unknown): FileText {
  const code = errorCode(error);
  if (code === undefined) throw error;
  if (code === "ENOENT" || code === "ENOTDIR") {
    return { unreadable: "missing", reason: "it does not exist" };
  }
  if (code === "EACCES" || code === "EPERM") {
    return { unreadable: "denied", reason: "reading it is not permitted" };
  }
  return { unreadable: "denied", reason: `it cannot be read (${code})` };
}
