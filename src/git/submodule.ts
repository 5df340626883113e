import { existsSync } from "node:fs";
import { join } from "node:path";
import { isScriptName } from "../sources/change.ts";
import { walk } from "./folder-walk.ts";
import { git } from "./git.ts";
import type { ChangedSubmodule } from "./working-tree.ts";

const MIGRATIONS = /migrat/i;
const SCHEMA = /migrat|(?:^|[/_-])(?:db|database|schemas?|sql)$/i;

/**
 * Whether migrations changed in a submodule that stands at another commit. Of one that came or went, or
 * whose commits are not all there, whether it holds any; of one that is not checked out its name has to
 * tell.
 */
export async function changesMigrations(root: string, one: ChangedSubmodule): Promise<boolean> {
  const folder = join(root, one.path);
  if (!existsSync(join(folder, ".git"))) return SCHEMA.test(one.path);
  const now = isNone(one.after) ? "HEAD" : one.after;
  const { status, stdout } = await git(folder, [
    "diff",
    "--name-only",
    "-z",
    one.before,
    now,
    "--",
  ]);
  const files = status === 0 ? stdout.split("\0") : walk(folder);
  return files.some((file) => MIGRATIONS.test(`${one.path}/${file}`) && isScriptName(file));
}

function isNone(hash: string): boolean {
  return /^0+$/.test(hash);
}
