import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdtempSync, mkdirSync, readdirSync, readFileSync, renameSync } from "node:fs";
import { rmSync } from "node:fs";
import { join } from "node:path";

import { pgliteEngine, type PgliteOptions } from "../src/database/pglite.ts";
import type { Engine } from "../src/verify/database.ts";

const ROOT = join(import.meta.dirname, "..");
const CACHE = join(ROOT, "node_modules", ".cache", "migrate-verify");

/**
 * The PGlite engine with the child program of the sources as they are now, and the files of dist/.
 * A database opens in about half a second: share one in a test file where you can.
 */
export function testEngine(options: PgliteOptions = {}): Engine {
  return pgliteEngine({ childPath: builtChild(), assets: join(ROOT, "dist"), ...options });
}

/** Path of the bundled child program; it is bundled once for each state of the sources. */
export function builtChild(): string {
  const folder = join(CACHE, `child-${sourcesHash()}`);
  const program = join(folder, "pglite-child.js");
  if (!existsSync(program)) {
    mkdirSync(CACHE, { recursive: true });
    const draft = mkdtempSync(join(CACHE, "draft-"));
    execFileSync(process.execPath, ["scripts/build-child.mjs", draft], { cwd: ROOT });
    // Test files run at the same time: whoever is first puts the folder in place, whole.
    try {
      renameSync(draft, folder);
    } catch (error) {
      if (!existsSync(program)) throw error;
      rmSync(draft, { recursive: true });
    }
  }
  return program;
}

function sourcesHash(): string {
  const hash = createHash("sha256");
  const files = [
    ...readdirSync(join(ROOT, "src", "database")).map((name) => join("src", "database", name)),
    "src/main/pglite-child.ts",
    "scripts/bundle.mjs",
    "package-lock.json",
  ];
  for (const file of files) hash.update(readFileSync(join(ROOT, file)));
  return hash.digest("hex").slice(0, 16);
}
