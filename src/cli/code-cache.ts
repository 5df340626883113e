import nodeModule from "node:module";
import { join } from "node:path";
import { cacheFolder } from "../database/cache-folder.ts";
import { makeFolder } from "../database/make-folder.ts";
import { cacheScripts } from "./script-cache.ts";

/**
 * Keeps the compiled code of every file that is loaded from here on, so that the next start is
 * shorter: Node's own way where it has one (from 22.8 on,
 * https://nodejs.org/api/module.html#module-compile-cache), and ours on Node 20. Kept in the user's
 * own folder, not in a temporary one that others may write: what lies there is run. A folder that
 * cannot be written is no fault, and the code is compiled each time.
 */
export function cacheCompiledCode(env: Readonly<Record<string, string | undefined>>): void {
  const { enableCompileCache } = nodeModule;
  const folder = cacheFolder(env);
  if (typeof enableCompileCache !== "function") {
    cacheScripts(import.meta.dirname, join(folder, `code-${process.version}-${process.arch}`));
  } else if (env["NODE_COMPILE_CACHE"] === undefined && isMade(folder)) enableCompileCache(folder);
}

function isMade(folder: string): boolean {
  try {
    makeFolder(folder);
    return true;
  } catch {
    return false;
  }
}
