// Bundles the command line into the folder that is named, for the tests: with links to the files of
// dist/ that it reads.
import { copyFileSync, readdirSync, symlinkSync } from "node:fs";
import { join, resolve } from "node:path";
import { bundle } from "./bundle.mjs";

const outdir = resolve(process.argv[2]);
const dist = join(import.meta.dirname, "..", "dist");
await bundle({ entryPoints: ["src/main/cli.ts", "src/main/action.ts"], outdir, splitting: true });
await bundle({ entryPoints: ["src/main/pglite-child.ts"], outdir, splitting: false });
// As it is now, and not as it was built.
const own = "django-runner.py";
copyFileSync(join("src/database/programs", own), join(outdir, own));
for (const name of readdirSync(dist)) {
  if (name !== own && !name.endsWith(".js")) symlinkSync(join(dist, name), join(outdir, name));
}
