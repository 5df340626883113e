// Builds dist/: the bundles, and beside them the files that they read. It runs as it is, without
// node_modules, and is committed.
import { copyFileSync, cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync } from "node:fs";
import { rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { makeBaseArchive } from "./base-archive.mjs";
import { bundle } from "./bundle.mjs";
import { notice } from "./notice.mjs";
import { baseArchiveName, pgliteFiles } from "./pglite-files.mjs";
import { SCHEMA_ENGINE } from "./schema-engine.mjs";
import { pgliteModules } from "./pglite-modules.mjs";

const root = join(import.meta.dirname, "..");
const dist = join(root, "dist");
const base = baseArchiveName();
process.chdir(root);

writeFileSync("src/database/pglite-modules.json", pgliteModules());

// The old dist/ is left alone until the new one is whole.
const draft = mkdtempSync(join(tmpdir(), "migrate-verify-dist-"));
try {
  const sources = await bundle({
    entryPoints: ["src/main/cli.ts", "src/main/action.ts"],
    outdir: draft,
    splitting: true,
  });
  const childSources = await bundle({
    entryPoints: ["src/main/pglite-child.ts", "src/main/drift-worker.ts"],
    outdir: draft,
    splitting: false,
  });
  const files = [
    { from: "node_modules/libpg-query/wasm/libpg-query.wasm", to: "libpg-query.wasm" },
    { from: "src/database/programs/django-runner.py", to: "django-runner.py" },
    SCHEMA_ENGINE,
    ...pgliteFiles(),
  ];
  for (const { from, to } of files) {
    mkdirSync(dirname(join(draft, to)), { recursive: true });
    copyFileSync(from, join(draft, to));
  }
  const copied = files.map(({ from }) => from);
  writeFileSync(join(draft, "NOTICE"), notice([...sources, ...childSources, ...copied]));
  // Made once for each version of PGlite, because no two are equal.
  if (existsSync(join(dist, base))) copyFileSync(join(dist, base), join(draft, base));
  else writeFileSync(join(draft, base), await makeBaseArchive());

  mkdirSync(dist, { recursive: true });
  for (const name of readdirSync(dist)) rmSync(join(dist, name), { recursive: true });
  cpSync(draft, dist, { recursive: true });
} finally {
  rmSync(draft, { recursive: true });
}
