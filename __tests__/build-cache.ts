import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from "node:fs";
import { readdirSync } from "node:fs";
import { join } from "node:path";

export const ROOT = join(import.meta.dirname, "..");
const CACHE = join(ROOT, "node_modules", ".cache", "migrate-verify");

/**
 * A folder that a script filled, once for each state of the files that it depends on. The script gets
 * the folder as its argument. Test files run at the same time: whoever is first puts it in place, whole.
 */
export function builtOnce(name: string, script: string, dependsOn: readonly string[]): string {
  const hash = createHash("sha256");
  for (const path of ["scripts", "package-lock.json", ...dependsOn]) hashInto(hash, path);
  const folder = join(CACHE, `${name}-${hash.digest("hex").slice(0, 16)}`);
  if (existsSync(folder)) return folder;
  mkdirSync(CACHE, { recursive: true });
  const draft = mkdtempSync(join(CACHE, "draft-"));
  execFileSync(process.execPath, [script, draft], { cwd: ROOT });
  try {
    renameSync(draft, folder);
  } catch (error) {
    if (!existsSync(folder)) throw error;
    rmSync(draft, { recursive: true });
  }
  return folder;
}

function hashInto(hash: ReturnType<typeof createHash>, path: string): void {
  const files = /\.\w+$/.test(path)
    ? [path]
    : readdirSync(join(ROOT, path), { recursive: true, encoding: "utf8" })
        .filter((file) => /\.(?:ts|mjs|json|py)$/.test(file))
        .toSorted()
        .map((file) => join(path, file));
  for (const file of files) hash.update(file).update(readFileSync(join(ROOT, file)));
}
