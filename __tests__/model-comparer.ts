import { join } from "node:path";

import { prismaDrift } from "../src/drift/prisma-drift.ts";
import type { ModelComparer } from "../src/verify/model-comparer.ts";
import { builtOnce, ROOT } from "./build-cache.ts";

/** Compares models with the worker of the sources as they are now. */
export const compareModels: ModelComparer = (database, files) => {
  const folder = builtOnce("worker", "scripts/build-worker.mjs", [
    "src/drift",
    "src/main/drift-worker.ts",
  ]);
  const engine = join(ROOT, "node_modules/@prisma/schema-engine-wasm/schema_engine_bg.wasm");
  return prismaDrift(database, files, { worker: join(folder, "drift-worker.js"), engine });
};
