import { homedir } from "node:os";
import { isAbsolute, join } from "node:path";

/** Where this program keeps what it can make again, as the environment says: https://specifications.freedesktop.org/basedir-spec/latest/ */
export function cacheFolder(env: Readonly<Record<string, string | undefined>>): string {
  const stated = env["XDG_CACHE_HOME"] ?? "";
  const caches = isAbsolute(stated) ? stated : join(homedir(), ".cache");
  return join(caches, "migrate-verify");
}
