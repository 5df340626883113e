import nodeModule from "node:module";
import { cacheFolder } from "../database/cache-folder.ts";

/**
 * Has Node keep the compiled code of every module that is loaded from here on, where it can (from
 * 22.8 on, https://nodejs.org/api/module.html#module-compile-cache), so that the next start is
 * shorter. Kept in the user's own folder, not in a temporary one that others may write: what lies
 * there is run. A folder that cannot be written is no fault, and the code is compiled each time.
 */
export function cacheCompiledCode(env: Readonly<Record<string, string | undefined>>): void {
  const { enableCompileCache } = nodeModule;
  if (typeof enableCompileCache !== "function" || env["NODE_COMPILE_CACHE"] !== undefined) return;
  enableCompileCache(cacheFolder(env));
}
