import { existsSync, mkdirSync } from "node:fs";
import { dirname } from "node:path";

/**
 * Makes a folder and those that it lies in. Not as Node does it: where making one fails with ENOENT, as
 * in /proc, Node 20, 22 and 24 were seen to try for ever. Throws what the system says.
 */
export function makeFolder(path: string): void {
  if (existsSync(path)) return;
  makeFolder(dirname(path));
  mkdirSync(path);
}
