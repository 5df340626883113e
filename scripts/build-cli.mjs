// Bundles the command line into the folder that is named, for the tests: with links to the files of
// dist/ that it reads.
import { copyFileSync, readdirSync, symlinkSync } from "node:fs";
import { join, resolve } from "node:path";
import { bundle } from "./bundle.mjs";
import { SCHEMA_ENGINE } from "./schema-engine.mjs";

const outdir = resolve(process.argv[2]);
const dist = join(import.meta.dirname, "..", "dist");
await bundle({ entryPoints: ["src/main/cli.ts", "src/main/action.ts"], outdir, splitting: true });
await bundle({
  entryPoints: ["src/main/pglite-child.ts", "src/main/drift-worker.ts"],
  outdir,
  splitting: false,
});
// As they are now, and not as they were built.
const runner = "django-runner.py";
copyFileSync(join("src/database/programs", runner), join(outdir, runner));
symlinkSync(resolve(SCHEMA_ENGINE.from), join(outdir, SCHEMA_ENGINE.to));
const own = [runner, SCHEMA_ENGINE.to];
for (const name of readdirSync(dist)) {
  if (!own.includes(name) && !/\.c?js$/.test(name))
    symlinkSync(join(dist, name), join(outdir, name));
}
