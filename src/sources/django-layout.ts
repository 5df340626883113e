import type { Folder } from "./folder.ts";
import { sampleTexts } from "./manifest.ts";
import {
  dottedName,
  isMigrationModule,
  isNameOfTests,
  isPackage,
  pythonTree,
} from "./python-files.ts";

/** The migrations of one Django app, by the names of files alone. */
export interface AppFolder {
  /** The folder of its migrations. */
  readonly migrations: Folder;
  /** The package of the app; the folder around the migrations where no setting says otherwise. */
  readonly app: Folder;
  /** What `MIGRATION_MODULES` calls it. */
  readonly label?: string;
}

/** A Django project as its files tell. */
export interface DjangoLayout {
  /** The nearest folder that holds all of it. */
  readonly root: Folder;
  /** The folder of `manage.py`: what its imports are relative to. */
  readonly base: Folder;
  readonly apps: readonly AppFolder[];
}

/**
 * The Django projects under a folder: one for each `manage.py` that is no test's, with the apps under
 * it; where there is none, or apps lie beside several, one for what is left. The apps of tests are
 * left out: no database of a team's has them.
 */
export function djangoLayouts(root: Folder): DjangoLayout[] {
  const bases: Folder[] = [];
  const candidates: Folder[] = [];
  for (const folder of pythonTree(root)) {
    if (folder.files.includes("manage.py") && !isOfTests(folder, root)) bases.push(folder);
    if (mayHoldMigrations(folder)) candidates.push(folder);
  }
  if (candidates.length === 0) return [];
  const outer = bases.filter((base) => !isInside(base, bases));
  const modules = migrationModules(root, candidates);
  const groups = new Map<Folder, AppFolder[]>();
  for (const migrations of candidates) {
    const base = baseOf(migrations, outer) ?? (outer.length === 1 ? outer[0] : undefined) ?? root;
    const app = appOf(migrations, modules, base);
    if (app !== undefined) groups.set(base, [...(groups.get(base) ?? []), app]);
  }
  return [...groups].map(([base, apps]) => ({
    root: commonRoot([base, ...apps.map(({ migrations }) => migrations)]),
    base,
    apps,
  }));
}

/** Whether a folder has the looks of Django's migrations: the base of their class decides. */
function mayHoldMigrations(folder: Folder): boolean {
  const files = folder.files.filter(isMigrationModule);
  if (files.length === 0) return false;
  if (folder.name !== "migrations" && !files.some((file) => /^\d{4}_/.test(file))) return false;
  const texts = sampleTexts(folder, files);
  return texts.some((text) => DJANGO.test(text)) && !texts.every((text) => SOUTH.test(text));
}

const DJANGO = /^class\s+Migration\b/m;
/** What Django had before version 1.7 (https://south.readthedocs.io/en/latest/). */
const SOUTH = /^from south\b|\bSchemaMigration\b|\bDataMigration\b/m;

function appOf(
  migrations: Folder,
  modules: ReadonlyMap<Folder, string>,
  base: Folder,
): AppFolder | undefined {
  const label = modules.get(migrations);
  const app = migrations.parent;
  if (app === undefined || isOfTests(migrations, base)) return undefined;
  if (label !== undefined) return { migrations, app, label };
  return migrations.name === "migrations" && isPackage(migrations)
    ? { migrations, app }
    : undefined;
}

/** Whether a folder between a project's own and this one is called like those of tests. */
function isOfTests(folder: Folder, base: Folder): boolean {
  for (const above of folder.upwards()) {
    if (above === base) return false;
    if (isNameOfTests(above.name)) return true;
  }
  return false;
}

const EXAMPLES = /^(?:examples?|demos?|sandbox|docs?)$/i;

/** Whether a `manage.py` lies in the project of another: an example has one of its own. */
function isInside(base: Folder, bases: readonly Folder[]): boolean {
  for (const above of base.upwards()) {
    if (above !== base && bases.includes(above)) return true;
    if (EXAMPLES.test(above.name)) return false;
  }
  return false;
}

/** The nearest folder with a `manage.py` around another. */
function baseOf(folder: Folder, bases: readonly Folder[]): Folder | undefined {
  for (const above of folder.upwards()) if (bases.includes(above)) return above;
  return undefined;
}

function commonRoot(folders: readonly Folder[]): Folder {
  const [first, ...rest] = folders.map((folder) => [...folder.upwards()]);
  const shared = first?.find((folder) => rest.every((others) => others.includes(folder)));
  if (shared === undefined) throw new Error("folders of one tree share no root");
  return shared;
}

const MODULES = /^MIGRATION_MODULES\s*(?::[^=\n]+)?=\s*\{([^}]*)\}/m;

/** The folders that settings name as those of an app's migrations, with its label (https://docs.djangoproject.com/en/5.2/ref/settings/#migration-modules). */
function migrationModules(root: Folder, candidates: readonly Folder[]): Map<Folder, string> {
  const named = new Map<Folder, string>();
  if (candidates.every(({ name }) => name === "migrations")) return named;
  const dotted = new Map(candidates.map((folder) => [dottedName(folder), folder]));
  for (const text of settingsTexts(root)) {
    const body = MODULES.exec(text)?.[1] ?? "";
    for (const [, label = "", module = ""] of body.matchAll(
      /["'](\w+)["']\s*:\s*["']([\w.]+)["']/g,
    )) {
      const folder = dotted.get(module);
      if (folder !== undefined && !named.has(folder)) named.set(folder, label);
    }
  }
  return named;
}

const SETTINGS = /^(?:settings\w*|\w+_settings)\.py$/;
const IN_SETTINGS = /^(?:settings|conf|config)$/;

/** Texts of the files that hold settings, those of tests last. */
export function settingsTexts(root: Folder): string[] {
  const files = [...pythonTree(root)].flatMap((folder) =>
    folder.files
      .filter(
        (file) =>
          SETTINGS.test(file) || (IN_SETTINGS.test(folder.name) && /^[a-z]\w*\.py$/.test(file)),
      )
      .map((file) => ({ folder, file, isTests: isOfTests(folder, root) || /test/.test(file) })),
  );
  return files
    .toSorted((a, b) => Number(a.isTests) - Number(b.isTests))
    .flatMap(({ folder, file }) => folder.textIfAny(file) ?? []);
}
