const BLOCK_BYTES = 512;

export interface TarEntry {
  /** As it stands in the archive, with `/`. */
  readonly name: string;
  readonly kind: "file" | "folder";
  /** A view into the archive, not a copy. */
  readonly content: Uint8Array;
}

/** Reads a tar archive of our own making or PGlite's: plain files and folders, names up to 255 bytes. */
export function* readTar(archive: Buffer): Generator<TarEntry> {
  let at = 0;
  while (at + BLOCK_BYTES <= archive.length && archive[at] !== 0) {
    const size = Number.parseInt(text(archive, at + 124, 12), 8);
    const prefix = text(archive, at + 345, 155);
    const name = text(archive, at, 100);
    const type = text(archive, at + 156, 1);
    const start = at + BLOCK_BYTES;
    yield {
      name: prefix === "" ? name : `${prefix}/${name}`,
      kind: type === "5" ? "folder" : "file",
      content: archive.subarray(start, start + size),
    };
    at = start + Math.ceil(size / BLOCK_BYTES) * BLOCK_BYTES;
  }
}

function text(archive: Buffer, start: number, length: number): string {
  const zero = archive.indexOf(0, start);
  const end = zero < 0 ? start + length : Math.min(zero, start + length);
  return archive.toString("utf8", start, end);
}
