import { lstatSync, readFileSync, realpathSync, statSync, type Stats } from "node:fs";
import { sep } from "node:path";
import { errorCode } from "./error-code.ts";
import type { FileText } from "../sources/files.ts";

/** A larger file is not loaded at all. In bytes. */
const MOST_BYTES = 10 * 1024 * 1024;

const UTF8 = new TextDecoder("utf-8", { fatal: true });

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
    if (stats.size > MOST_BYTES) {
      const limit = MOST_BYTES / 1024 / 1024;
      return { unreadable: "too-large", reason: `it is larger than ${limit} MB` };
    }
    return decode(readFileSync(path));
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

function decode(bytes: Buffer): FileText {
  if (bytes.includes(0)) {
    const utf16 = /^(?:\xff\xfe|\xfe\xff)/.test(bytes.toString("latin1", 0, 2));
    return utf16
      ? { unreadable: "not-utf8", reason: "it is UTF-16, not UTF-8" }
      : { unreadable: "nul-byte", reason: "it holds a NUL byte, so it is not text" };
  }
  try {
    return { text: UTF8.decode(bytes) };
  } catch {
    // A fatal decoder throws for nothing else.
    return { unreadable: "not-utf8", reason: "it is not UTF-8" };
  }
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
