// Bundles the worker that compares models alone, into the folder named by the argument. The tests use it.
import { bundle } from "./bundle.mjs";

await bundle({
  entryPoints: ["src/main/drift-worker.ts"],
  outdir: process.argv[2],
  splitting: false,
});
