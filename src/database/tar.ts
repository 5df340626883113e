/** A header, and what contents are counted in. */
export const BLOCK_BYTES = 512;

export interface TarEntry {
  /** As it stands in the archive, with `/`. */
  readonly name: string;
  readonly kind: "file" | "folder";
  /** A view into the archive, not a copy. */
  readonly content: Uint8Array;
}

/** What the block before a file's content says. */
export interface TarHeader extends Pick<TarEntry, "name" | "kind"> {
  /** Of the content that follows, in bytes; it fills whole blocks. */
  readonly size: number;
}

/** Reads a tar archive of our own making or PGlite's: plain files and folders, names up to 255 bytes. */
export function* readTar(archive: Buffer): Generator<TarEntry> {
  let at = 0;
  while (at + BLOCK_BYTES <= archive.length) {
    const header = readTarHeader(archive, at);
    if (header === undefined) return;
    const { name, kind, size } = header;
    const start = at + BLOCK_BYTES;
    yield { name, kind, content: archive.subarray(start, start + size) };
    at = start + paddedSize(size);
  }
}

/** Undefined at the end of an archive. */
export function readTarHeader(archive: Buffer, at: number): TarHeader | undefined {
  if (archive[at] === 0) return undefined;
  const prefix = text(archive, at + 345, 155);
  const name = text(archive, at, 100);
  return {
    name: prefix === "" ? name : `${prefix}/${name}`,
    kind: text(archive, at + 156, 1) === "5" ? "folder" : "file",
    size: Number.parseInt(text(archive, at + 124, 12), 8),
  };
}

/** How much of an archive a content takes. */
export function paddedSize(size: number): number {
  return Math.ceil(size / BLOCK_BYTES) * BLOCK_BYTES;
}

/** Two empty blocks end an archive. */
export const TAR_END = Buffer.alloc(2 * BLOCK_BYTES);

/** The block before a file's content, or that is a folder, where `size` is undefined. Names up to 100 bytes. */
export function tarHeader(name: string, size: number | undefined): Buffer {
  const header = Buffer.alloc(BLOCK_BYTES);
  if (header.write(name) < Buffer.byteLength(name) || Buffer.byteLength(name) > 100) {
    throw new Error(`the name ${name} is too long for an archive`);
  }
  header.write(size === undefined ? "0000700\0" : "0000600\0", 100);
  header.write((size ?? 0).toString(8).padStart(11, "0"), 124);
  header.write(size === undefined ? "5" : "0", 156);
  header.write("ustar", 257);
  header.write("00", 263);
  // Its own field counts as spaces.
  header.write(" ".repeat(8), 148);
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.write(`${sum.toString(8).padStart(6, "0")}\0 `, 148);
  return header;
}

/** What fills a file's last block. */
export function tarPadding(size: number): Buffer {
  return Buffer.alloc(paddedSize(size) - size);
}

function text(archive: Buffer, start: number, length: number): string {
  const zero = archive.indexOf(0, start);
  const end = zero < 0 ? start + length : Math.min(zero, start + length);
  return archive.toString("utf8", start, end);
}
