import type { PGlite } from "@electric-sql/pglite";

/** A file or folder of Emscripten's file system in memory. */
interface Node {
  /** A file's bytes, longer than the file where room was made ahead; or what a folder holds, by name. */
  contents?: ArrayBufferView | Record<string, Node>;
}

/** What of that file system is used here; its own types come with a package that is not installed. */
interface MemoryFileSystem {
  readonly ops_table: { readonly file: { readonly stream: { write: Write } } };
  resizeFileStorage: (node: Node, size: number) => void;
}

type Write = (
  stream: { readonly node: Node },
  buffer: Uint8Array,
  offset: number,
  length: number,
  position: number,
  canOwn?: boolean,
) => number;

/** Emscripten's number of the error "no space left on device". */
const ENOSPC = 51;

/**
 * Limits what the database's files hold together, in bytes. They live in JavaScript's memory outside
 * of the heap, where no limit of Node's applies. Past the limit the server reports 53100, no space
 * left on device.
 */
export function limitFiles(database: PGlite, limit: number): void {
  const { FS: files, MEMFS } = database.Module;
  const memory: MemoryFileSystem = MEMFS;
  const root: Node = files.root;
  let used = bytesOf(root);

  /** Lets a file grow to `size`, or does not. */
  const grow = <T>(node: Node, size: number, change: () => T): T => {
    const before = roomOf(node);
    if (size > before && used + size - before > limit) {
      // Only growth is counted as it happens; what was freed meanwhile shows when it matters.
      used = bytesOf(root);
      if (used + size - before > limit) throw new files.ErrnoError(ENOSPC);
    }
    const result = change();
    used += roomOf(node) - before;
    return result;
  };

  const operations = memory.ops_table.file.stream;
  const { write } = operations;
  operations.write = (stream, buffer, offset, length, position, canOwn) =>
    grow(stream.node, position + length, () =>
      write(stream, buffer, offset, length, position, canOwn),
    );
  const resize = memory.resizeFileStorage;
  memory.resizeFileStorage = (node, size) => grow(node, size, () => resize(node, size));
}

function bytesOf(node: Node): number {
  const { contents } = node;
  if (contents === undefined || ArrayBuffer.isView(contents)) return roomOf(node);
  return Object.values(contents).reduce((total, child) => total + bytesOf(child), 0);
}

function roomOf(node: Node): number {
  // A file that was written once holds signed bytes.
  return ArrayBuffer.isView(node.contents) ? node.contents.byteLength : 0;
}
