// How the bundles of dist/ are made; the tests bundle the database's child the same way.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { build } from "esbuild";
import { fewFiles } from "./few-files.mjs";

/** Packages that were CommonJS, or compiled from C, expect these; a file that names none of them does without. */
const BANNER = `import { createRequire as $createRequire } from "node:module";
import { fileURLToPath as $fileURLToPath } from "node:url";
import { dirname as $dirname } from "node:path";
const require = $createRequire(import.meta.url);
const __filename = $fileURLToPath(import.meta.url);
const __dirname = $dirname(__filename);
`;
const NEEDS_BANNER = /\brequire\b(?!-)\s*[(.]|\b__(?:filename|dirname)\b/;

/** pg tries whether it runs on Cloudflare in a way that has Node 20 load all of its `fetch`: 40 ms. */
const ONLY_NODE = {
  name: "only-node",
  setup: ({ onLoad }) =>
    onLoad({ filter: /[\\/]pg[\\/]lib[\\/]stream\.js$/ }, ({ path }) => {
      const guess = "if (isCloudflareRuntime())";
      const text = readFileSync(path, "utf8");
      if (!text.includes(guess)) throw new Error(`${path} no longer holds \`${guess}\``);
      return { contents: text.replace(guess, "if (false)"), loader: "js" };
    }),
};

/**
 * Bundles entry points into files that run without node_modules. With `splitting`, what is imported
 * dynamically or shared becomes a chunk that is named after its content: equal sources give equal
 * files. Answers the paths of the sources that were bundled, packages' included.
 */
export async function bundle({ entryPoints, outdir, splitting }) {
  const { metafile, outputFiles } = await build({
    entryPoints,
    outdir,
    splitting,
    bundle: true,
    format: "esm",
    platform: "node",
    // A package's CommonJS build has no named exports when it is imported dynamically.
    plugins: [ONLY_NODE],
    mainFields: ["module", "main"],
    target: "node20",
    minifySyntax: true,
    minifyWhitespace: true,
    legalComments: "none",
    metafile: true,
    logLevel: "warning",
    chunkNames: "[name]-[hash]",
    write: false,
  });
  const texts = new Map(outputFiles.map(({ path, text }) => [basename(path), text]));
  const files = splitting
    ? await fewFiles(texts, byName(metafile.outputs))
    : [...texts].map(([name, text]) => ({ name, text }));
  mkdirSync(outdir, { recursive: true });
  for (const { name, text } of files) {
    const shebang = /^#!.*\n/.exec(text)?.[0] ?? "";
    const body = text.slice(shebang.length);
    const banner = name.endsWith(".js") && NEEDS_BANNER.test(body) ? BANNER : "";
    writeFileSync(join(outdir, name), shebang + banner + body, {
      mode: shebang === "" ? 0o644 : 0o755,
    });
  }
  return Object.keys(metafile.inputs);
}

/** The outputs of a metafile, by their names alone instead of their paths. */
function byName(outputs) {
  return Object.fromEntries(
    Object.entries(outputs).map(([path, { imports, entryPoint }]) => [
      basename(path),
      {
        entryPoint,
        imports: imports.map((one) => ({ ...one, path: basename(one.path) })),
      },
    ]),
  );
}
