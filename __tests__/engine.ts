import { join } from "node:path";

import { pgliteEngine, type PgliteOptions } from "../src/database/pglite.ts";
import type { Engine } from "../src/verify/database.ts";
import { builtOnce, ROOT } from "./build-cache.ts";

/**
 * The PGlite engine with the child program of the sources as they are now, and the files of dist/.
 * A database opens in about half a second: share one in a test file where you can.
 */
export function testEngine(options: PgliteOptions = {}): Engine {
  return pgliteEngine({ childPath: builtChild(), assets: join(ROOT, "dist"), ...options });
}

/** Path of the bundled child program; it is bundled once for each state of the sources. */
export function builtChild(): string {
  const folder = builtOnce("child", "scripts/build-child.mjs", [
    "src/database",
    "src/main/pglite-child.ts",
  ]);
  return join(folder, "pglite-child.js");
}
