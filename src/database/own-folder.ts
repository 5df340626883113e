import { spawn } from "node:child_process";
import { once } from "node:events";
import {
  lstatSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmdirSync,
} from "node:fs";
import { join } from "node:path";

import type { ServerUser } from "./server-user.ts";

/**
 * Shell that ends what a server left in the folder `$folder` and removes it. One that was killed
 * leaves its sessions, and its segment of shared memory, which the seventh line of postmaster.pid
 * names: https://www.postgresql.org/docs/current/storage-file-layout.html. A sandbox takes both with
 * it, and what the file names means another's there; `plain` marks that there was none.
 */
export const REMOVE_FOLDER = `
if [ -e "$folder/plain" ] && [ -e "$folder/data/postmaster.pid" ]; then
  for working in /proc/[0-9]*/cwd; do
    if [ "$(readlink "$working")" = "$folder/data" ]; then
      process=\${working%/cwd}
      kill -KILL "\${process#/proc/}"
    fi
  done
  segment=$(sed -n 7p "$folder/data/postmaster.pid")
  if [ -n "$segment" ]; then ipcrm -m "\${segment##* }"; fi
fi
rm -rf "$folder" || { sleep 1; rm -rf "$folder"; }
`;

const NAME = /^migrate-verify-([0-9a-z]+)-(\d+)-/;

/** Makes a folder for one server, or for a program beside it. Its name says which process of which machine or container made it. */
export function makeOwnFolder(storage: string): string {
  return mkdtempSync(join(storage, `migrate-verify-${processSpace()}-${process.pid}-`));
}

/**
 * Removes the folders of processes that ended without doing so: a runner that ends a job kills
 * everything that it started at once, the keepers of servers included. Only folders that `user` or
 * who runs this program owns are looked at, and those of another container's processes are left.
 */
export async function removeAbandonedFolders(
  storage: string,
  user: ServerUser | undefined,
): Promise<void> {
  await Promise.all(abandonedFolders(storage, user).map((folder) => removeFolder(folder, user)));
}

/** Of processes that are gone; what somebody else owns is no folder of ours. */
export function abandonedFolders(storage: string, user: ServerUser | undefined): string[] {
  return readdirSync(storage)
    .filter((name) => isAbandoned(storage, name, user))
    .map((name) => join(storage, name));
}

function isAbandoned(storage: string, name: string, user: ServerUser | undefined): boolean {
  const [, space, pid] = NAME.exec(name) ?? [];
  if (space !== processSpace() || isAlive(Number(pid))) return false;
  try {
    const entry = lstatSync(join(storage, name));
    // On Windows nobody else writes to the folder of a user's temporary files.
    const isOwn = process.getuid === undefined || [user?.uid, process.getuid()].includes(entry.uid);
    return entry.isDirectory() && isOwn;
  } catch {
    // Its keeper removed it meanwhile.
    return false;
  }
}

/**
 * Ends what a server left in its folder and removes it: as the folder's user, so that nothing in it
 * leads who runs this program to what is theirs.
 */
export async function removeFolder(folder: string, user: ServerUser | undefined): Promise<void> {
  try {
    // One that was just made is still of who made it, and empty.
    rmdirSync(folder);
    return;
  } catch {
    // It holds something.
  }
  const child = spawn("/bin/sh", ["-c", REMOVE_FOLDER], {
    cwd: "/",
    env: { folder },
    stdio: "ignore",
    ...(user === undefined ? {} : { uid: user.uid, gid: user.gid }),
  });
  await once(child, "close").catch(() => undefined);
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== "ESRCH";
  }
}

let space: string | undefined;

/** Where the numbers of processes are the same: this start of this machine, and this container. */
function processSpace(): string {
  space ??= readProcessSpace();
  return space;
}

function readProcessSpace(): string {
  if (process.platform !== "linux") return "0";
  try {
    const [container = ""] = /\d+/.exec(readlinkSync("/proc/self/ns/pid")) ?? [];
    const boot = readFileSync("/proc/sys/kernel/random/boot_id", "utf8").slice(0, 4);
    return `${boot}${Number(container).toString(36)}`;
  } catch {
    // Without /proc, every number counts alike.
    return "0";
  }
}
