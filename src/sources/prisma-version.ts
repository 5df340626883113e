import type { Folder } from "./folder.ts";
import { nearestManifest } from "./manifest.ts";
import { compareDotted } from "./version.ts";

const LOCKS = ["package-lock.json", "pnpm-lock.yaml", "yarn.lock", "bun.lock"] as const;

/** `node_modules/prisma` with its version (npm), `prisma@7.4.0` (pnpm, bun), `prisma@^7.4.0` and the line under it (yarn). */
const LOCKED =
  /node_modules\/prisma": ?\{\s*"version": ?"(\d+\.\d+\.\d+)|(?:^|[\s"'/])prisma@(\d+\.\d+\.\d+)|^"?prisma@[^\n]*:\r?\n\s+version:? "?(\d+\.\d+\.\d+)/gm;

/**
 * The lowest version of Prisma that may run the migrations of a folder, as its three numbers: from
 * the nearest `package.json` that names Prisma and, where that is a range, the lock file beside or
 * above it. Undefined where nothing tells.
 */
export function prismaVersion(folder: Folder): readonly string[] | undefined {
  const manifest = nearestManifest(folder, "package.json", (text) => rangeOf(text) !== undefined);
  if (manifest === undefined) return undefined;
  const range = rangeOf(manifest.text) ?? "";
  if (/^v?\d+\.\d+\.\d+$/.test(range)) return range.replace("v", "").split(".");
  return lockedVersion(manifest.folder) ?? lowestOf(range);
}

/** What a manifest asks for: `prisma` runs the migrations, `@prisma/client` has the same version. */
function rangeOf(manifest: string): string | undefined {
  const { dependencies, devDependencies } = parsed(manifest);
  const all = { ...devDependencies, ...dependencies };
  const range = all["prisma"] ?? all["@prisma/client"];
  return typeof range === "string" ? range : undefined;
}

interface Manifest {
  readonly dependencies?: Readonly<Record<string, unknown>>;
  readonly devDependencies?: Readonly<Record<string, unknown>>;
}

function parsed(manifest: string): Manifest {
  try {
    const value: unknown = JSON.parse(manifest);
    return typeof value === "object" && value !== null ? value : {};
  } catch {
    // Not JSON: it tells nothing, and the version stays unknown.
    return {};
  }
}

/** The nearest lock file decides; of several locked versions the lowest. */
function lockedVersion(folder: Folder): readonly string[] | undefined {
  for (const above of folder.upwards()) {
    for (const lock of LOCKS) {
      const text = above.textIfAny(lock);
      if (text === undefined) continue;
      const versions = [...text.matchAll(LOCKED)].map((match) =>
        (match[1] ?? match[2] ?? match[3] ?? "").split("."),
      );
      return versions.toSorted(compareDotted)[0];
    }
  }
  return undefined;
}

/** The lowest version of `^7.2.0`, `~7.2`, `>=7` or `7.x`; undefined for `latest`, `workspace:*` and the like. */
function lowestOf(range: string): readonly string[] | undefined {
  const match = /^(?:\^|~|>=|=|v)?\s*(\d+)(?:\.(\d+|[x*]))?(?:\.(\d+|[x*]))?/.exec(range);
  if (match === null) return undefined;
  return [match[1], match[2], match[3]].map(
    (part) => (/^\d+$/.test(part ?? "") ? part : "0") ?? "0",
  );
}
