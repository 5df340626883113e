import type { Memos } from "../core/memos.ts";
import type { Project } from "../core/migration.ts";
import type { DjangoLayout } from "../sources/django-layout.ts";
import { ProjectDraft } from "../sources/draft.ts";
import type { FileChanges } from "../sources/files.ts";
import type { Folder } from "../sources/folder.ts";
import type { Drift } from "../core/drift.ts";
import { DjangoMigration } from "./compiled-migration.ts";
import { CompiledHistory } from "./compiled-history.ts";
import type { CompilerState } from "./compiler/compile-migration.ts";
import { findDrift } from "./drift/find-drift.ts";
import { modelModules, modelPaths } from "./drift/model-modules.ts";
import { appLabel } from "./project/app-label.ts";
import type { DjangoSettings } from "./project/django-settings.ts";
import { dependencyFaults } from "./project/dependency-faults.ts";
import { type DjangoVersion, djangoVersion } from "./project/django-version.ts";
import { graphFaults } from "./project/graph-faults.ts";
import { type MigrationFile, type Reading, readMigrationFiles } from "./project/migration-files.ts";
import { planMigrations } from "./project/migration-graph.ts";
import { projectSettings } from "./project/project-settings.ts";
import { newLast } from "./project/new-last.ts";
import { KeptProject } from "./project/project-memo.ts";
import { digest, moduleName, PythonModules } from "./project/python-modules.ts";

/** What is known of a Django project from outside of its files. */
export interface ProjectOptions {
  /** What the configuration says of field classes. */
  readonly fields: Readonly<Record<string, string>>;
  readonly memos?: Memos;
  /** The change under review. */
  readonly changes?: FileChanges;
}

/** Reads a Django project: its migrations in the order of their graph, compiled to SQL. Never throws for what its files hold. */
export function readDjangoProject(
  layout: DjangoLayout,
  repository: Folder,
  settings: DjangoSettings,
  { fields, memos: given, changes }: ProjectOptions,
): Project {
  const draft = new ProjectDraft("django", layout.root);
  const version = djangoVersion(layout.base);
  // Where no change is known, neither is where its history ends.
  const memos = changes === undefined ? undefined : given;
  const reading = readingOf(layout, repository, settings, { version, memos });
  const { modules, kept } = reading;
  for (const sentence of takenForGranted(settings, version)) draft.note(sentence);
  const files = readMigrationFiles(layout, reading, draft);
  const plan = planMigrations(files);
  for (const fault of graphFaults(plan.faults)) draft.fault(fault);
  for (const file of plan.replaced) {
    draft.passOver(file.path, "a squashed migration stands for it, and was read in its place");
  }
  const history = new CompiledHistory(newLast(plan.order, layout.root.path, changes ?? new Map()), {
    settings: projectSettings(settings, version, files, { base: layout.base, modules, fields }),
    fields,
    modules,
    kept,
    all: files,
  });
  const migrations = history.files.map((file, index) => {
    const replaces = file.replaces.map((one) => pathOf(one, file, files));
    const dependencies = dependencyFaults(file, plan, settings);
    return new DjangoMigration(file, () => history.compiled(index), { replaces, dependencies });
  });
  const { absent } = history;
  if (absent !== undefined) draft.add(absent);
  for (const migration of migrations) draft.add(migration);
  if (memos !== undefined) draft.nameHistory((count) => history.key(count));
  const models = layout.apps.flatMap(modelPaths);
  if (models.length > 0) {
    const compare = (): Drift => driftOf(layout, modules, settings, history.end);
    draft.compare({ paths: models, compare });
  }
  return draft.finish();
}

function readingOf(
  { base, root }: DjangoLayout,
  repository: Folder,
  settings: DjangoSettings,
  {
    version,
    memos,
  }: { readonly version: DjangoVersion | undefined; readonly memos: Memos | undefined },
): Reading {
  const bases = [...new Set([base, root, repository])];
  const modules = new PythonModules(repository, bases, settings, version?.numbers);
  const paths = bases.map(({ path }) => path);
  const key = digest(JSON.stringify([settings.texts, version?.numbers ?? [], paths]));
  return { modules, settings, key, kept: new KeptProject(memos, root.path, modules) };
}

function driftOf(
  layout: DjangoLayout,
  python: PythonModules,
  settings: DjangoSettings,
  state: CompilerState,
): Drift {
  const apps = layout.apps.map((folder) => ({ folder, label: appLabel(folder) }));
  const found = apps.flatMap(({ folder, label }) => modelModules(folder, label, python));
  const packages = apps.map(
    ({ folder, label }) => [moduleName(folder.app, "models"), label] as const,
  );
  return findDrift({
    modules: found,
    state,
    python,
    appOf: (name) => packages.find(([own]) => name === own || name.startsWith(`${own}.`))?.[1],
    userModel: settings.authUserModel ?? "auth.User",
  });
}

function takenForGranted(
  { routed, defaultAutoField }: DjangoSettings,
  version: DjangoVersion | undefined,
): string[] {
  const keys = defaultAutoField === undefined ? ", and its class of implicit keys" : "";
  return [
    ...(routed
      ? [
          "The settings name DATABASE_ROUTERS, which are not run: every app is taken to be in one database.",
        ]
      : []),
    ...(version === undefined
      ? [`Which Django the project uses is not stated: 5.2 is taken${keys}.`]
      : []),
  ];
}

/** The path of a migration that another replaces, also when its file is gone. */
function pathOf(
  { app, name }: { readonly app: string; readonly name: string },
  file: MigrationFile,
  files: readonly MigrationFile[],
): string {
  const known = files.find((one) => one.app === app && one.name === name);
  return known?.path ?? `${file.path.slice(0, file.path.lastIndexOf("/"))}/${name}.py`;
}
