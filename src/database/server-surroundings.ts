import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { chownSync, mkdirSync, readFileSync, rmSync, statfsSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, delimiter, join } from "node:path";

import { makeOwnFolder } from "./own-folder.ts";
import type { ServerBinaries } from "./postgres-binaries.ts";
import type { Sandbox } from "./sandbox.ts";
import { serverUser, type ServerUser } from "./server-user.ts";

/** Where, as whom and with which environment the programs of one server run. */
export interface Surroundings {
  readonly binaries: ServerBinaries;
  /** The folder that `folder` is in. */
  readonly storage: string;
  /** Holds everything of the server; to be removed. */
  readonly folder: string;
  readonly data: string;
  /** Undefined: as who runs this program. */
  readonly user: ServerUser | undefined;
  readonly environment: Readonly<Record<string, string>>;
}

/** With what keeps the programs from the machine. */
export interface SandboxedSurroundings extends Surroundings {
  readonly sandbox: Sandbox;
  /** What runs then is ended. */
  readonly unwanted?: AbortSignal | undefined;
}

/** What tar writes at once: by default a sixth of what a pipe takes. https://www.gnu.org/software/tar/manual/html_node/Blocking-Factor.html */
export const RECORD = ["-b", "128"];

const MEMORY = "/dev/shm";
/** Of Linux' file system in memory: https://man7.org/linux/man-pages/man2/statfs.2.html */
const TMPFS_MAGIC = 0x01021994;
/** Bytes that have to be free in memory; containers often grant 64 MB, which no server fits into. */
const LEAST_MEMORY = 1024 ** 3;
/** The shortest length of `sun_path` less its end, on macOS; Linux has 107. */
const LONGEST_SOCKET_PATH = 103;
const MOST_STDERR = 4_000;

/** Makes the folder of a server that is to be started. Throws an Error when that cannot be done here. */
export function makeSurroundings(
  binaries: ServerBinaries,
  storage: string = hasMemory() ? MEMORY : tmpdir(),
): Surroundings {
  const user = serverUser();
  const folder = makeOwnFolder(storage);
  // The server's user removes it in the end.
  give(folder, user);
  const environment = linkLibraries(binaries, join(folder, "lib"), user);
  return { binaries, storage, folder, data: join(folder, "data"), user, environment };
}

/** Throws an Error, and removes the folder, where its path is too long for the server's socket. */
export function refuseLongPath({ folder }: Surroundings): void {
  if (`${folder}/.s.PGSQL.5432`.length <= LONGEST_SOCKET_PATH) return;
  rmSync(folder, { recursive: true });
  throw new Error(`the path ${folder} is too long for a socket`);
}

function give(path: string, user: ServerUser | undefined): void {
  if (user !== undefined) chownSync(path, user.uid, user.gid);
}

function hasMemory(): boolean {
  if (process.platform !== "linux") return false;
  const { type, bavail, bsize } = statfsSync(MEMORY);
  return type === TMPFS_MAGIC && bavail * bsize >= LEAST_MEMORY;
}

/** Where libraries have links, a package of npm cannot carry them, and its own script for them is often forbidden. */
function linkLibraries(
  binaries: ServerBinaries,
  libraries: string,
  user: ServerUser | undefined,
): Record<string, string> {
  if (binaries.package === undefined || process.platform === "win32") return {};
  const links = JSON.parse(
    readFileSync(join(binaries.package, "native", "pg-symlinks.json"), "utf8"),
  ) as readonly { readonly source: string; readonly target: string }[];
  mkdirSync(libraries);
  give(libraries, user);
  for (const { source, target } of links) {
    symlinkSync(join(binaries.package, source), join(libraries, basename(target)));
  }
  const path = [libraries, join(binaries.package, "native", "lib")].join(delimiter);
  return { LD_LIBRARY_PATH: path, DYLD_LIBRARY_PATH: path };
}

/** What a program reads, a text or an open file, and who takes what it writes; absent: nothing and nobody. */
export interface ProgramStreams {
  readonly input?: string | number;
  readonly output?: (piece: Buffer) => void;
}

/** Runs a program to its end. Throws an Error with what it complained about when it fails. */
export async function runProgram(
  program: string,
  args: readonly string[],
  surroundings: SandboxedSurroundings,
  { input = "", output = () => undefined }: ProgramStreams = {},
): Promise<void> {
  const words = [...surroundings.sandbox.wrapper, program, ...args];
  const child = start(words, surroundings, typeof input === "number" ? input : "pipe");
  child.stdout?.on("data", output);
  let stderr = "";
  child.stderr?.setEncoding("utf8").on("data", (text: string) => {
    stderr = (stderr + text).slice(-MOST_STDERR);
  });
  child.stdin?.on("error", () => undefined);
  if (typeof input === "string") child.stdin?.end(input);
  const [code, signal] = (await once(child, "close")) as [number | null, string | null];
  if (code === 0) return;
  throw new Error(`${basename(program)} ended with ${signal ?? String(code)}: ${stderr}`);
}

function start(
  [first = "", ...rest]: readonly string[],
  { folder, user, environment, unwanted }: SandboxedSurroundings,
  stdin: number | "pipe",
): ChildProcess {
  return spawn(first, rest, {
    cwd: folder,
    env: environment,
    stdio: [stdin, "pipe", "pipe"],
    killSignal: "SIGKILL",
    windowsHide: true,
    ...(unwanted === undefined ? {} : { signal: unwanted }),
    ...(user === undefined ? {} : { uid: user.uid, gid: user.gid }),
  });
}
