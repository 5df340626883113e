// The data directory that every PGlite database starts from, so that no run has to wait for initdb.
import { promisify } from "node:util";
import { brotliCompress, constants } from "node:zlib";
import { PGlite } from "@electric-sql/pglite";

/**
 * Makes the data directory with initdb, and packs it. No two runs give the same bytes, as the
 * cluster's identifier and its times differ.
 */
export async function makeBaseArchive() {
  const database = await PGlite.create({ initDbStartParams: ["--wal-segsize=1"] });
  // What is in the files needs no replay when a database starts from them.
  await database.exec("CHECKPOINT");
  const [{ current }] = (
    await database.query("SELECT pg_walfile_name(pg_current_wal_insert_lsn()) AS current")
  ).rows;
  const files = database.Module.FS;
  const wal = `${PGlite.paths.PGDATA}/pg_wal`;
  for (const name of files.readdir(wal)) {
    // Segments that are over or not begun yet: the server makes new ones.
    if (/^[0-9A-F]{24}$/.test(name) && name !== current) files.unlink(`${wal}/${name}`);
  }
  const archive = await database.dumpDataDir("none");
  await database.close();
  return promisify(brotliCompress)(Buffer.from(await archive.arrayBuffer()), {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
      [constants.BROTLI_PARAM_LGWIN]: constants.BROTLI_MAX_WINDOW_BITS,
    },
  });
}
