import type { FileText } from "./files.ts";

/** A larger file is not loaded at all. In bytes. */
export const MOST_BYTES = 10 * 1024 * 1024;

export const TOO_LARGE: FileText = {
  unreadable: "too-large",
  reason: `it is larger than ${MOST_BYTES / 1024 / 1024} MB`,
};

const UTF8 = new TextDecoder("utf-8", { fatal: true });

/** Reads a file's bytes strictly: UTF-8, no NUL byte, a byte order mark taken off. Never throws for what they are. */
export function decodeText(bytes: Uint8Array): FileText {
  if (bytes.includes(0)) {
    const [first, second] = bytes;
    const utf16 = (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff);
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
