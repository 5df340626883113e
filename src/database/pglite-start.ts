import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { setFlagsFromString } from "node:v8";

import { PGlite } from "@electric-sql/pglite";

import type { ChildArgument } from "./messages.ts";
import { ArchiveFiles, readArchives } from "./pglite-files.ts";
import { LIMIT_SETTINGS } from "./pglite-limits.ts";
import { webAssembly } from "./web-assembly.ts";

/**
 * How the server is started: PGlite's own parameters, without its `-O` (which would let a migration
 * change system catalogs, as no real server does) and without its fixed search_path.
 */
const START_PARAMETERS = [
  "exit_on_error=false",
  // Nobody reads the log but when the start fails, and SQL could fill it with lines of any length.
  "log_min_messages=fatal",
  "max_worker_processes=0",
  "max_parallel_workers=0",
  "max_parallel_workers_per_gather=0",
  "max_parallel_maintenance_workers=0",
  "io_method=sync",
  "shared_buffers=8MB",
];

/**
 * A database lives for seconds. V8's optimizing compiler would double the processor time of three
 * hundred statements and take another 500 MB; it pays off only with thousands, or with many rows.
 */
const BASELINE_COMPILER = ["--no-wasm-tier-up", "--no-wasm-dynamic-tiering"];

class QuickPglite extends PGlite {
  /** PGlite asks the catalog for array types in order to parse values; ours stay text. */
  override async _initArrayTypes(): Promise<void> {}
}

/**
 * Starts a database from PGlite's files and the base directory; reading, unpacking and compiling
 * overlap. What the server says meanwhile goes to `log`, line by line.
 */
export async function startPglite(
  { assets, settings, archive }: ChildArgument,
  log: (line: string) => void,
): Promise<PGlite> {
  for (const flag of BASELINE_COMPILER) setFlagsFromString(flag);
  const archives = readArchives({ assets, ...(archive === undefined ? {} : { archive }) });
  const [module, bundle] = await Promise.all([
    readFile(join(assets, "pglite.wasm")).then((bytes) => webAssembly.compile(bytes)),
    readFile(join(assets, "pglite.data")),
  ]);
  let starting = true;
  const database = new QuickPglite({
    // Why a start fails stands in the server's log; later, SQL decides what is in there.
    onStderr: (line) => {
      if (starting) log(line);
      return false;
    },
    pgliteWasmModule: module,
    // initdb is never run, as the files hold a data directory; without a module PGlite would read one.
    initdbWasmModule: module,
    fsBundle: new Blob([bundle]),
    fs: new ArchiveFiles(archives),
    startParams: [
      "--single",
      "-F",
      "-j",
      ...[...START_PARAMETERS, ...LIMIT_SETTINGS, ...settings].flatMap((setting) => [
        "-c",
        setting,
      ]),
    ],
  });
  await database.waitReady;
  starting = false;
  return database;
}
