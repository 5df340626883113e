import { existsSync } from "node:fs";
import { join } from "node:path";
import { isScriptName } from "../sources/change.ts";
import { walk } from "./folder-walk.ts";

const MIGRATIONS = /migrat/i;
const SCHEMA = /migrat|(?:^|[/_-])(?:db|database|schemas?|sql)$/i;

/** Whether migrations lie in a submodule. Of one that is not checked out its name has to tell. */
export function holdsMigrations(root: string, path: string): boolean {
  const folder = join(root, path);
  const files = existsSync(folder) ? walk(folder) : [];
  return files.length === 0
    ? SCHEMA.test(path)
    : files.some((file) => MIGRATIONS.test(`${path}/${file}`) && isScriptName(file));
}
