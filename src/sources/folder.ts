import type { FileText, RepositoryFiles } from "./files.ts";

/** Folders of other people's code: never looked into. */
const FOREIGN = new Set(["node_modules", "vendor", ".git"]);

/** A folder of the repository: the files in it that a source may ask about, and how to read them. */
export class Folder {
  /** From the repository's root, with `/`; `.` for the root. */
  readonly path: string;
  readonly parent: Folder | undefined;
  /** Names of the files directly in it, sorted by code unit. */
  readonly files: string[] = [];
  readonly folders = new Map<string, Folder>();
  readonly #repository: RepositoryFiles;

  constructor(repository: RepositoryFiles, path: string, parent?: Folder) {
    this.#repository = repository;
    this.path = path;
    this.parent = parent;
  }

  get name(): string {
    return this.path.slice(this.path.lastIndexOf("/") + 1);
  }

  /** Path of one of its files from the repository's root. */
  pathOf(file: string): string {
    return this.path === "." ? file : `${this.path}/${file}`;
  }

  text(file: string): FileText {
    return this.#repository.text(this.pathOf(file));
  }

  /** A name for what one of its files holds, where it is known without reading it. */
  id(file: string): string | undefined {
    return this.#repository.id?.(this.pathOf(file));
  }

  /** The text of a file that may tell something; undefined when it is not there or cannot be read. */
  textIfAny(file: string): string | undefined {
    if (!this.files.includes(file)) return undefined;
    const read = this.text(file);
    return "text" in read ? read.text : undefined;
  }

  /** It and every folder under it, parents first. */
  *tree(): Generator<Folder> {
    yield this;
    for (const folder of this.folders.values()) yield* folder.tree();
  }

  /** It and the folders that it lies in, nearest first. */
  *upwards(): Generator<Folder> {
    yield this;
    if (this.parent !== undefined) yield* this.parent.upwards();
  }

  /** The folder at a path under this one. */
  at(path: string): Folder | undefined {
    const names = path === "." ? [] : path.split("/");
    return names.reduce<Folder | undefined>((folder, name) => folder?.folders.get(name), this);
  }
}

/** The repository's root folder, with all folders that hold a file of interest. */
export function folderTree(repository: RepositoryFiles): Folder {
  const root = new Folder(repository, ".");
  const known = new Map<string, Folder | undefined>([[".", root]]);
  for (const path of repository.paths) {
    const slash = path.lastIndexOf("/");
    const name = path.slice(slash + 1);
    if (!isOfInterest(name)) continue;
    folderAt(repository, known, slash === -1 ? "." : path.slice(0, slash))?.files.push(name);
  }
  return root;
}

function folderAt(
  repository: RepositoryFiles,
  known: Map<string, Folder | undefined>,
  path: string,
): Folder | undefined {
  if (known.has(path)) return known.get(path);
  const slash = path.lastIndexOf("/");
  const name = path.slice(slash + 1);
  const parent = folderAt(repository, known, slash === -1 ? "." : path.slice(0, slash));
  const folder =
    parent === undefined || FOREIGN.has(name) ? undefined : new Folder(repository, path, parent);
  if (folder !== undefined) parent?.folders.set(name, folder);
  known.set(path, folder);
  return folder;
}

/** Files that tell which framework, which version of it, or which database. */
const TELLING = new Set([
  "migration_lock.toml",
  "metadata.toml",
  "Cargo.toml",
  "go.mod",
  "package.json",
  "package-lock.json",
  "pnpm-lock.yaml",
  "yarn.lock",
  "bun.lock",
  "_journal.json",
  "snapshot.json",
  "flyway.conf",
  "flyway.toml",
  "application.properties",
]);
const TELLING_ENDING = /\.(?:sql(?:\.conf)?|prisma)$/i;

/** Migrations that are programs: `003_backfill.go`, `migration.ts`, `V3__Backfill.java`, Alembic's `1975ea83b712_add.py`, SeaORM's `m20240101_000001_a.rs`. They are named, not read. */
const PROGRAM =
  /^(?:\d[^/]*\.(?:go|[cm]?[jt]s|py|rb|rs|php|cs|exs|kts?|java)|[\da-f]{12}_[^/]*\.py|m\d{8}_\d{6}_[^/]*\.rs|migration\.[cm]?[jt]s|[VRB][^/]*__[^/]*\.(?:java|kt))$/;

/** Where a Python project states its requirements, and what was locked. */
const PYTHON_MANIFEST =
  /^(?:requirements[^/]*\.(?:txt|in)|pyproject\.toml|poetry\.lock|uv\.lock|pdm\.lock|Pipfile(?:\.lock)?|setup\.(?:cfg|py)|(?:base|common|prod|production|main|default|core)\.(?:txt|in))$/;

/** Liquibase's changelogs in another language than SQL. */
const CHANGELOG = /changelog[^/]*\.(?:xml|ya?ml)$/i;

/** Whether a source may ask for the text of a file of this name. */
export function isTelling(name: string): boolean {
  return TELLING.has(name) || TELLING_ENDING.test(name);
}

/** Whether a file of this name is a migration that is a program in another language than SQL. */
export function isProgram(name: string): boolean {
  return (
    PROGRAM.test(name) && !/_test\.go$|\.(?:(?:test|spec|d)\.[cm]?[jt]s|Designer\.cs)$/.test(name)
  );
}

/** Whether a file of this name is a changelog of Liquibase. */
export function isChangelog(name: string): boolean {
  return CHANGELOG.test(name);
}

/** Whether a file of this name states what a Python project needs. */
export function isPythonManifest(name: string): boolean {
  return PYTHON_MANIFEST.test(name);
}

function isOfInterest(name: string): boolean {
  return (
    isTelling(name) ||
    name.endsWith(".py") ||
    isProgram(name) ||
    isChangelog(name) ||
    isPythonManifest(name)
  );
}
