import type { Folder } from "../../sources/folder.ts";
import { isPythonManifest } from "../../sources/folder.ts";

/** A version of Django as its two numbers, and the file that tells it. */
export interface DjangoVersion {
  readonly numbers: readonly [major: number, minor: number];
  readonly path: string;
}

const LOCK = /^(?:uv\.lock|poetry\.lock|pdm\.lock|Pipfile\.lock)$/;

/** `name = "django"` and the line under it (uv, Poetry, PDM); `"django": { … "version": "==5.2.1" }` (Pipenv). */
const LOCKED =
  /name = "django"\r?\nversion = "(\d+)\.(\d+)|"django":\s*\{[^}]{0,4000}?"version":\s*"==(\d+)\.(\d+)/i;

/** `Django==5.2.1`, `"django[argon2]>=5.1,<6"`, `django = "^5.1"`, `django = { version = "~5.1" }`; not `django-filter`. */
const STATED =
  /(?:^|["'\s])django(?:\[[\w,\s-]*\])?\s*(?:=\s*(?:\{[^}\n]*version\s*=\s*)?["']\s*)?(?:[=~^>(]=*\s*)v?(\d+)(?:\.(\d+))?/im;

/**
 * The lowest version of Django that may run the migrations: of the lock file nearest to the project,
 * else of what its requirements state. Undefined where nothing tells.
 */
export function djangoVersion(base: Folder): DjangoVersion | undefined {
  return (
    search(base, (file) => LOCK.test(file), LOCKED) ??
    search(base, (file) => isPythonManifest(file) && !LOCK.test(file), STATED)
  );
}

function search(
  base: Folder,
  isManifest: (file: string) => boolean,
  pattern: RegExp,
): DjangoVersion | undefined {
  for (const above of base.upwards()) {
    const found = [above, ...requirementFolders(above)].flatMap((folder) =>
      folder.files.filter(isManifest).flatMap((file) => read(folder, file, pattern) ?? []),
    );
    const lowest = found.toSorted(
      (a, b) => a.numbers[0] - b.numbers[0] || a.numbers[1] - b.numbers[1],
    )[0];
    if (lowest !== undefined) return lowest;
  }
  return undefined;
}

function requirementFolders(folder: Folder): Folder[] {
  return ["requirements", "requirement", "deps"].flatMap((name) => folder.folders.get(name) ?? []);
}

function read(folder: Folder, file: string, pattern: RegExp): DjangoVersion | undefined {
  const match = pattern.exec(folder.textIfAny(file) ?? "");
  const major = match?.[1] ?? match?.[3];
  if (match === null || major === undefined) return undefined;
  const minor = Number(match[2] ?? match[4] ?? "0");
  return { numbers: [Number(major), minor], path: folder.pathOf(file) };
}
