// Builds dist/: the bundles, and beside them the files that they read. It runs as it is, without
// node_modules, and is committed.
import { copyFileSync, existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { makeBaseArchive } from "./base-archive.mjs";
import { bundle } from "./bundle.mjs";
import { notice } from "./notice.mjs";
import { baseArchiveName, pgliteFiles } from "./pglite-files.mjs";

const root = join(import.meta.dirname, "..");
const dist = join(root, "dist");
process.chdir(root);
mkdirSync(dist, { recursive: true });

const base = baseArchiveName();
for (const name of readdirSync(dist)) {
  if (name !== base) rmSync(join(dist, name), { recursive: true });
}

const sources = [
  ...(await bundle({
    entryPoints: ["src/main/cli.ts"].filter((path) => existsSync(path)),
    outdir: dist,
    splitting: true,
  })),
  ...(await bundle({
    entryPoints: ["src/main/pglite-child.ts"],
    outdir: dist,
    splitting: false,
  })),
];

copyFileSync("node_modules/libpg-query/wasm/libpg-query.wasm", join(dist, "libpg-query.wasm"));
for (const { from, to } of pgliteFiles()) {
  mkdirSync(dirname(join(dist, to)), { recursive: true });
  copyFileSync(from, join(dist, to));
}
writeFileSync(join(dist, "NOTICE"), notice(sources));
// Made once for each version of PGlite, because no two are equal.
if (!existsSync(join(dist, base))) writeFileSync(join(dist, base), await makeBaseArchive());
