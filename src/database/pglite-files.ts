import { read, readdirSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { brotliDecompress, crc32, gunzip } from "node:zlib";

import { MemoryFS, PGlite } from "@electric-sql/pglite";
import type { PGlite as Instance } from "@electric-sql/pglite";

import { ARCHIVE_DESCRIPTOR, type ChildArgument } from "./messages.ts";
import { SERVER_PAGES } from "./pglite-limits.ts";
import { readTar } from "./tar.ts";
import { webAssembly } from "./web-assembly.ts";

/** The data directory as `initdb` leaves it; the build makes it, for exactly this PGlite. */
const BASE_ARCHIVE = /^pglite-base-.*\.tar\.br$/;

/** The archives that a new database is filled from, unpacked. */
export interface Archives {
  /** The data directory; its entries begin with `/`. */
  readonly base: Buffer;
  /** Extensions: control files, scripts and modules, from the root of the installation. */
  readonly extensions: readonly Buffer[];
}

/** Reads and unpacks the archives on Node's thread pool, while the caller compiles. */
export async function readArchives({
  assets,
  archive,
}: Pick<ChildArgument, "assets" | "archive">): Promise<Archives> {
  const folder = join(assets, "extensions");
  const [unpacked, ...extensions] = await Promise.all([
    archive === undefined ? readBase(assets) : readKept(archive),
    ...readdirSync(folder).map(async (name) => unzip(await readFile(join(folder, name)))),
  ]);
  return { base: unpacked, extensions };
}

async function readBase(assets: string): Promise<Buffer> {
  const base = readdirSync(assets).find((name) => BASE_ARCHIVE.test(name));
  if (base === undefined) throw new Error(`${assets} holds no data directory`);
  return unbrotli(await readFile(join(assets, base)), { chunkSize: ROOM });
}

/** Throws an Error when it is not what was kept. */
async function readKept({ bytes, crc }: NonNullable<ChildArgument["archive"]>): Promise<Buffer> {
  const archive = Buffer.allocUnsafeSlow(bytes);
  const readInto = promisify(read);
  for (let at = 0; at < bytes;) {
    const { bytesRead } = await readInto(ARCHIVE_DESCRIPTOR, archive, at, bytes - at, at);
    if (bytesRead === 0) throw new Error("the snapshot is shorter than it says");
    at += bytesRead;
  }
  if (crc32(archive) !== crc) throw new Error("the snapshot is damaged");
  return archive;
}

/** Pages of memory that PGlite's module asks for at least. */
const FIRST_PAGES = 2048;

/** More than the data directory takes, 26 MB, so that it is unpacked in one piece and not copied. */
const ROOM = 32 * 1024 * 1024;

const unbrotli = promisify(brotliDecompress);
const unzip = promisify(gunzip);

/**
 * PGlite's file system in memory, filled from archives before the server starts. PGlite's own way
 * (`loadDataDir`, `extensions`) copies every file and compiles the module of every extension, named
 * or not; here files are views into the archives and a module is compiled when SQL asks for it.
 */
export class ArchiveFiles extends MemoryFS {
  readonly #archives: Promise<Archives>;

  constructor(archives: Promise<Archives>) {
    super();
    this.#archives = archives;
  }

  /** The one place where PGlite lets its memory be replaced by one that ends earlier than at 2 GB. */
  override async init(...start: Parameters<MemoryFS["init"]>): ReturnType<MemoryFS["init"]> {
    const { emscriptenOpts } = await super.init(...start);
    const wasmMemory = new webAssembly.Memory({ initial: FIRST_PAGES, maximum: SERVER_PAGES });
    return { emscriptenOpts: { ...emscriptenOpts, wasmMemory } };
  }

  override async initialSyncFs(): Promise<void> {
    const { base, extensions } = await this.#archives;
    for (const archive of extensions) this.#unpack(archive, PGlite.paths.PG_ROOT);
    this.#unpack(base, PGlite.paths.PGDATA);
  }

  #unpack(archive: Buffer, root: string): void {
    const { FS: files } = (this.pg as Instance).Module;
    const folders = new Set<string>();
    const makeFolder = (path: string): void => {
      if (folders.has(path)) return;
      files.mkdirTree(path);
      folders.add(path);
    };
    makeFolder(root);
    for (const { name, kind, content } of readTar(archive)) {
      const path = `${root}/${name}`;
      makeFolder(kind === "folder" ? path : path.slice(0, path.lastIndexOf("/")));
      if (kind === "file") files.writeFile(path, content, { canOwn: true });
    }
  }
}
