import nodeModule from "node:module";
import { homedir } from "node:os";
import { isAbsolute, join } from "node:path";

/**
 * Has Node keep the compiled code of every module that is loaded from here on, where it can (from
 * 22.8 on, https://nodejs.org/api/module.html#module-compile-cache), so that the next start is
 * shorter. Kept in the user's own folder, not in a temporary one that others may write: what lies
 * there is run. A folder that cannot be written is no fault, and the code is compiled each time.
 */
export function cacheCompiledCode(env: Readonly<Record<string, string | undefined>>): void {
  const { enableCompileCache } = nodeModule;
  if (typeof enableCompileCache !== "function" || env["NODE_COMPILE_CACHE"] !== undefined) return;
  const stated = env["XDG_CACHE_HOME"] ?? "";
  const caches = isAbsolute(stated) ? stated : join(homedir(), ".cache");
  enableCompileCache(join(caches, "migrate-verify"));
}
