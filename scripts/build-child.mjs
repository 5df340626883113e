// Bundles the database's child alone, into the folder named by the argument. The tests use it.
import { bundle } from "./bundle.mjs";

await bundle({
  entryPoints: ["src/main/pglite-child.ts"],
  outdir: process.argv[2],
  splitting: false,
});
