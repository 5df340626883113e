// The data directory that every PGlite database starts from, so that no run has to wait for initdb.
import { promisify } from "node:util";
import { brotliCompress, constants } from "node:zlib";
import { MemoryFS, PGlite } from "@electric-sql/pglite";

/** Keeps the files as they are when the server has shut down: a start from them has nothing to recover. */
class KeptFiles extends MemoryFS {
  async closeFs() {
    const files = this.pg.Module.FS;
    const wal = `${PGlite.paths.PGDATA}/pg_wal`;
    const [, ...unused] = files
      .readdir(wal)
      .filter((name) => /^[0-9A-F]{24}$/.test(name))
      .toSorted();
    // Segments after the first are not begun yet; the server makes them when it needs them.
    for (const name of unused) files.unlink(`${wal}/${name}`);
    this.archive = await this.dumpTar("base", "none");
    await super.closeFs();
  }
}

/**
 * Makes the data directory with initdb, and packs it. No two runs give the same bytes, as the
 * cluster's identifier and its times differ.
 */
export async function makeBaseArchive() {
  const files = new KeptFiles();
  const database = await PGlite.create({ fs: files, initDbStartParams: ["--wal-segsize=1"] });
  await database.close();
  return promisify(brotliCompress)(Buffer.from(await files.archive.arrayBuffer()), {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
      [constants.BROTLI_PARAM_LGWIN]: constants.BROTLI_MAX_WINDOW_BITS,
    },
  });
}
