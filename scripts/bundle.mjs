// How the bundles of dist/ are made; the tests bundle the database's child the same way.
import { build } from "esbuild";

/** Packages that were CommonJS, or compiled from C, expect these in every file. */
const BANNER = `import { createRequire as $createRequire } from "node:module";
import { fileURLToPath as $fileURLToPath } from "node:url";
import { dirname as $dirname } from "node:path";
const require = $createRequire(import.meta.url);
const __filename = $fileURLToPath(import.meta.url);
const __dirname = $dirname(__filename);`;

/**
 * Bundles entry points into files that run without node_modules. With `splitting`, what is imported
 * dynamically or shared becomes a chunk that is named after its content: equal sources give equal
 * files. Answers the paths of the sources that were bundled, packages' included.
 */
export async function bundle({ entryPoints, outdir, splitting }) {
  const { metafile } = await build({
    entryPoints,
    outdir,
    splitting,
    bundle: true,
    format: "esm",
    platform: "node",
    // A package's CommonJS build has no named exports when it is imported dynamically.
    mainFields: ["module", "main"],
    target: "node20",
    minifySyntax: true,
    minifyWhitespace: true,
    legalComments: "none",
    metafile: true,
    logLevel: "warning",
    chunkNames: "[name]-[hash]",
    banner: { js: BANNER },
  });
  return Object.keys(metafile.inputs);
}
