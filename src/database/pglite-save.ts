import { PGlite } from "@electric-sql/pglite";

import { tarHeader, tarPadding, TAR_END } from "./tar.ts";

/** A file or folder of Emscripten's file system in memory. */
interface Node {
  readonly contents?: ArrayBufferView | Record<string, Node>;
  /** Bytes of a file; what it has room for may be more. */
  readonly usedBytes?: number;
}

/** What a data directory has that only its own server needs, and what is made anew. */
const OWN = /^(?:postmaster\.(?:pid|opts)|base\/pgsql_tmp\/.*|pg_stat_tmp\/.*|pg_replslot\/.*)$/;
const LOG_SEGMENT = /^pg_wal\/[0-9A-F]{24}$/;
/** The segment of the last checkpoint, and the one that may be begun; later ones are there to be used. */
const NEEDED_SEGMENTS = 2;

/**
 * The data directory as a tar archive, piece by piece. A checkpoint has to have been just before: a
 * start from the archive then recovers next to nothing. Nothing may run until the last piece was taken.
 */
export function* archiveOf(database: PGlite): Generator<Uint8Array> {
  const root = database.Module.FS.lookupPath(PGlite.paths.PGDATA).node as Node;
  const entries = [...walk(root, "")].filter(({ path }) => !OWN.test(path));
  const needed = new Set(
    entries
      .map(({ path }) => path)
      .filter((path) => LOG_SEGMENT.test(path))
      .toSorted()
      .slice(0, NEEDED_SEGMENTS),
  );
  for (const { path, content } of entries) {
    if (LOG_SEGMENT.test(path) && !needed.has(path)) continue;
    yield tarHeader(path, content?.length);
    if (content === undefined) continue;
    yield content;
    yield tarPadding(content.length);
  }
  yield TAR_END;
}

function* walk(
  { contents = {} }: Node,
  path: string,
): Generator<{ readonly path: string; readonly content?: Uint8Array }> {
  if (ArrayBuffer.isView(contents)) return;
  for (const [name, node] of Object.entries(contents)) {
    const inner = path === "" ? name : `${path}/${name}`;
    const { contents: held, usedBytes = 0 } = node;
    if (held === undefined) {
      yield { path: inner, content: new Uint8Array() };
    } else if (ArrayBuffer.isView(held)) {
      // A file that was written once is a piece of the server's memory, of signed bytes.
      yield { path: inner, content: new Uint8Array(held.buffer, held.byteOffset, usedBytes) };
    } else {
      yield { path: inner };
      yield* walk(node, inner);
    }
  }
}
