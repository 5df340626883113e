import { closeSync, fstatSync, openSync, readFileSync, realpathSync } from "node:fs";
import { sep } from "node:path";
import type { FileText } from "../sources/files.ts";

/** A larger file is not loaded at all. In bytes. */
const MOST_BYTES = 10 * 1024 * 1024;

/**
 * Reads a text file strictly: UTF-8, no NUL byte, of bounded size, a byte order mark taken off.
 * A link is followed only within `root`. Never throws for what the file is.
 */
export function readText(root: string, path: string): FileText {
  try {
    const real = realpathSync(path);
    if (real !== root && !real.startsWith(root.endsWith(sep) ? root : root + sep)) {
      return { unreadable: "denied", reason: "it is a link that leaves the repository" };
    }
    return decode(readBounded(real));
  } catch (error) {
    return unreadable(error);
  }
}

class TooLarge extends Error {}

function readBounded(path: string): Buffer {
  const descriptor = openSync(path, "r");
  try {
    if (fstatSync(descriptor).size > MOST_BYTES) throw new TooLarge();
    return readFileSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

function decode(bytes: Buffer): FileText {
  if (bytes.includes(0)) {
    return { unreadable: "nul-byte", reason: "it holds a NUL byte, so it is not text" };
  }
  try {
    return { text: new TextDecoder("utf-8", { fatal: true }).decode(bytes) };
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    return { unreadable: "not-utf8", reason: "it is not UTF-8" };
  }
}

function unreadable(error: unknown): FileText {
  if (error instanceof TooLarge) {
    const limit = MOST_BYTES / 1024 / 1024;
    return { unreadable: "too-large", reason: `it is larger than ${limit} MB` };
  }
  const code = error instanceof Error && "code" in error ? String(error.code) : undefined;
  if (code === undefined) throw error;
  if (code === "ENOENT") return { unreadable: "missing", reason: "it does not exist" };
  return { unreadable: "denied", reason: `it cannot be read (${code})` };
}
